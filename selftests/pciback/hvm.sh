# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# An HVM guest has functions through its device model, QEMU in dom0: the driver holds
# them, says whose they are, and takes them back; configuration space and interrupts are
# the device model's.
#
# No RDTSCP, for QEMU emulates virtualization with faults.
#
# only by name: a guest in emulated virtualization takes minutes
# lab: --guests hvm
# lab: --xen-args iommu=no-sharept
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000,addr=0x6,netdev=n1
# lab: --timeout 2400

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 old=0000:00:06.0

# hvm_guest NAME: until it has used both.
hvm_guest() {
	guest_start "$1" hvm.sh "pci=[\"$nic\",\"$old\"]" 'type="hvm"' 'vga="none"' nographic=1 vnc=0 'serial="none"' \
		--modules '' --append clearcpuid=rdtscp --timeout 1200
	guest_reaches "$1" ready 900
}

# found BDF: what a device has in the end is what it had in the beginning.
found() {
	lspci -xxx -s "$1" | grep '^[0-9a-f]*0:'
}

test_a_guest_uses_both() {
	keep
	found "$nic" >"$TEST_DIR/nic"
	found "$old" >"$TEST_DIR/old"
	pciback_load "hide=($nic)($old)"
	hvm_guest hvm
	guest_said hvm | expect_line 'works 8086:10d3 at .*: [1-9][0-9]* messages, [1-9][0-9]* interrupts' "by MSI-X"
	guest_said hvm | expect_line 'works 8086:100e at .*: 0 messages, [1-9][0-9]* interrupts' "by its line"
	expect_eq "owner" "$(xl domid hvm)" "$(of "$nic" owner)"
	expect_eq "state" assigned "$(of "$old" state)"
	expect_eq "operations of a frontend" 0 "$(of "$nic" ops)"
}

test_dom0_cannot_have_them_meanwhile() {
	keep
	modprobe e1000e
	! write_attr /sys/bus/pci/drivers/e1000e/bind "$nic" || fail "dom0's driver takes it"
	modprobe -r e1000e
	expect_driver "$nic" pciback
	guest_refused '.*PCI device .* is not assignable' "pci=[\"$nic\"]"
}

test_they_come_back() {
	keep
	guest_tell hvm shutdown
	guest_ends hvm 0
	await_state "$nic" idle
	await_state "$old" idle
	expect_eq "reset of $nic" 0 "$(of "$nic" reset_result)"
	pciback_unload
	found "$nic" >"$TEST_DIR/nic-again"
	found "$old" >"$TEST_DIR/old-again"
	expect_same "$nic" "$TEST_DIR/nic" "$TEST_DIR/nic-again"
	expect_same "$old" "$TEST_DIR/old" "$TEST_DIR/old-again"
}

run_tests
