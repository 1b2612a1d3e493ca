# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Takes the clock out of the tree $DTB, for overlays to bring, and adds a bus that is switched
# off, with a part: one whose driver makes devices of what is on it, for the kernel has looked at
# others when it started.

fdtput -r "$DTB" /pl031@9010000

fdtput -c "$DTB" /bus@9060000
fdtput -t s "$DTB" /bus@9060000 compatible simple-pm-bus
fdtput -t s "$DTB" /bus@9060000 status disabled
fdtput -t x "$DTB" /bus@9060000 '#address-cells' 2
fdtput -t x "$DTB" /bus@9060000 '#size-cells' 2
fdtput -t x "$DTB" /bus@9060000 ranges
fdtput -c "$DTB" /bus@9060000/part@9060000
fdtput -t s "$DTB" /bus@9060000/part@9060000 compatible selftest,part
fdtput -t x "$DTB" /bus@9060000/part@9060000 reg 0 9060000 0 1000
