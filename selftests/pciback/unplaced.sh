# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions with BARs that the kernel has found no address for. Without an I/O address they
# are seized and given as dom0's own drivers use them; without one in memory nobody can use
# them, and hide_status says which BAR it is.
#
# The machine: a root port that has no I/O, with an e1000e behind it; and one where something
# is plugged in that has more memory than the machine's addresses can name.
#
# only by name: a guest boots, for what few machines have
# lab: --net n0
# lab: --pci pcie-root-port,id=noio,addr=0x6,chassis=1,io-reserve=0
# lab: --pci e1000e,bus=noio,netdev=n0
# lab: --pci pcie-root-port,id=small,addr=0x7,chassis=2

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:01:00.0 big=0000:02:00.0

command_of() {
	setpci -s "$1" COMMAND
}

test_the_machine_is_as_described() {
	driver_load e1000e
	lspci -v -s "$nic" | tee "$TEST_DIR/nic"
	expect_line '.*I/O ports at <(unassigned|ignored)>.*' "the e1000e's I/O" <"$TEST_DIR/nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
	expect_eq "I/O decoded for dom0's driver" 0 $((0x$(command_of "$nic") & 1))
}

test_it_is_seized_without_io() {
	local mark
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)"
	expect_eq hide_status "($nic) seized 1" "$(<"$PCIBACK/hide_status")"
	dmesg_since "$mark" | expect_line "pciback $nic: the kernel has no I/O address for BAR 2: used without" "kernel log"
	dmesg_since "$mark" | expect_no "can't enable|not seized" "what looks like a failure"
	write_attr /sys/module/xen_pciback/parameters/idle_d3 N
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq reset_result 0 "$(of "$nic" reset_result)"
	expect_eq "memory decoded, I/O not" 2 $((0x$(command_of "$nic") & 3))
}

# What firmware or a driver left on is off while it is ours, and back afterwards.
test_io_that_was_on_is_off_meanwhile() {
	setpci -s "$nic" COMMAND=1:1
	defer setpci -s "$nic" COMMAND=0:1
	pciback_load "hide=($nic)" idle_d3=N
	expect_eq "memory decoded, I/O not" 2 $((0x$(command_of "$nic") & 3))
	now pciback_unload
	expect_eq "I/O as it was found" 1 $((0x$(command_of "$nic") & 1))
}

test_a_guest_works_with_it() {
	pciback_load "hide=($nic)"
	guest_start net e1000e.sh "pci=[\"$nic\"]" --file /lab/guests/view.sh
	guest_reaches net ready
	guest_said net | expect_line 'lease 10\.0\.2\.[0-9]+' "lease"
	# Kind and size, and no address.
	guest_said net | sed -n 's/^view resource //p' >"$TEST_DIR/got"
	resources "$nic" >"$TEST_DIR/wanted"
	expect_same "regions" "$TEST_DIR/wanted" "$TEST_DIR/got"
	guest_said net | expect_line 'config 0010 ([0-9a-f]{2} ){8}01 00 00 00 .*' "an I/O BAR without address"
	expect_eq "the guest's command word never reaches I/O" 0 $((0x$(command_of "$nic") & 1))
	guest_tell net shutdown
	guest_ends net 0
	await_state "$nic" idle
	write_attr "$PCIBACK/return" "$nic"
}

unplug() {
	lab-monitor "device_del big"
	lab-wait 60 test ! -e "$PCI/$big" || fail "$big is still there after its removal"
}

test_without_memory_it_is_said_which_bar() {
	lab-monitor "device_add pci-testdev,id=big,bus=small,membar=4T,membar-backed=off"
	defer unplug
	lab-wait 30 test -e "$PCI/$big/resource" || fail "nothing was plugged in: $(ls "$PCI")"
	pciback_load "hide=($big)"
	expect_eq hide_status "($big) error -22: the kernel has no address for BAR 2" "$(<"$PCIBACK/hide_status")"
	expect_eq seized "" "$(seized)"
}

run_tests
