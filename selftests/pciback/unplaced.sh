# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions with BARs that the kernel has found no address for. Without an I/O address they
# are seized and given as dom0's own drivers use them; without one in memory nobody can use
# them, and hide_status says which BAR it is.
#
# Connections are ones of dom0 with itself.
#
# only by name: few machines have that
# lab: --pci e1000e,addr=0x5

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

# Its registers are BAR 0, in memory; BAR 2 is another way to them, by I/O.
nic=0000:00:05.0
COMMAND=4 BAR2=24

# unplace BARS: until the test ends.
unplace() {
	modprobe unplace "device=$nic" "bars=$1"
	defer modprobe -r unplace
}

test_without_an_io_address() {
	local mark
	mark=$(dmesg_mark)
	unplace 0x4
	pciback_load "hide=($nic)"
	expect_eq hide_status "($nic) seized 1" "$(<"$PCIBACK/hide_status")"
	dmesg_since "$mark" | expect_line "pciback $nic: the kernel has no I/O address for BAR 2: used without" "kernel log"
	expect_eq "what it decodes" 2 "$((16#$(setpci -s "$nic" COMMAND) & 3))"
	loop_connect "$nic"
	expect_eq "BAR 2 for the guest: its kind" 0x1 "$(loop_get $BAR2 4)"
	loop_put $BAR2 4 0xffffffff
	expect_eq "BAR 2 for the guest: its size" 0xffffffe1 "$(loop_get $BAR2 4)"
	loop_put $COMMAND 2 3
	expect_eq "what it decodes for a guest that wants both" 2 "$((16#$(setpci -s "$nic" COMMAND) & 3))"
}

test_without_an_address_in_memory() {
	unplace 0x1
	pciback_load "hide=($nic)"
	expect_driver "$nic" none
	expect_eq hide_status "($nic) error -22: the kernel has no address for BAR 0" "$(<"$PCIBACK/hide_status")"
}

test_and_with_all_of_them_again() {
	pciback_load "hide=($nic)"
	expect_driver "$nic" pciback
	expect_eq "what it decodes" 3 "$((16#$(setpci -s "$nic" COMMAND) & 3))"
}

run_tests
