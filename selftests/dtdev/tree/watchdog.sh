# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Adds to the tree $DTB: a watchdog on a line of the GPIO controller.

node=/watchdog@9055000
fdtput -c "$DTB" $node
fdtput -t s "$DTB" $node compatible linux,wdt-gpio
fdtput -t x "$DTB" $node reg 0 9055000 0 1000
fdtput -t x "$DTB" $node gpios "$(fdtget -t x "$DTB" /pl061@9030000 phandle)" 5 0
fdtput -t s "$DTB" $node hw_algo toggle
fdtput -t u "$DTB" $node hw_margin_ms 60000
