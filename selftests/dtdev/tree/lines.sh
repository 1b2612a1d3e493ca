# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Makes in the tree $DTB the GPIO controller one of interrupts, and a device whose
# interrupt is the power button.

gpio=/pl061@9030000 button=/button@9054000

fdtput -r "$DTB" /gpio-keys
fdtput -t x "$DTB" $gpio interrupt-controller
fdtput -t x "$DTB" $gpio '#interrupt-cells' 2

fdtput -c "$DTB" $button
fdtput -t s "$DTB" $button compatible selftest,user
fdtput -t x "$DTB" $button reg 0 9054000 0 1000
fdtput -t x "$DTB" $button interrupts-extended "$(fdtget -t x "$DTB" $gpio phandle)" 3 1
