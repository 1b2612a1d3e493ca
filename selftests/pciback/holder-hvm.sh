# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# An HVM guest has functions through its device model, QEMU in dom0: the driver holds
# them, says whose they are, and takes them back; configuration space and interrupts are
# the device model's. They are detached and attached while it runs, and it restarts.
#
# No RDTSCP, for QEMU emulates virtualization with faults.
#
# only by name: a guest in emulated virtualization takes minutes
# lab: --guests hvm
# lab: --xen-args iommu=no-sharept
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x6,x-speed=2_5
# lab: --pci e1000,bus=rp,netdev=n1
# lab: --timeout 3600

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

# The old card has no reset of its own, but a bus of its own.
nic=0000:00:05.0 old=0000:01:00.0

# hvm_guest NAME: until it has used both.
hvm_guest() {
	guest_start "$1" hvm.sh "pci=[\"$nic\",\"$old\"]" 'type="hvm"' 'vga="none"' nographic=1 vnc=0 'serial="none"' \
		'on_reboot="restart"' --modules '' --append clearcpuid=rdtscp --timeout 2400
	guest_reaches "$1" ready 900
}

# found BDF: what a device has in the end is what it had in the beginning.
found() {
	lspci -xxx -s "$1" | grep '^[0-9a-f]*0:'
}

# expect_hvms BDF: it is the guest's, with nothing of a frontend.
expect_hvms() {
	await_state "$1" assigned
	expect_eq "owner of $1" "$(xl domid hvm)" "$(of "$1" owner)"
	expect_eq "isolation of $1" guest "$(of "$1" isolation)"
	expect_eq "operations of a frontend" 0 "$(of "$1" ops)"
}

# expect_home BDF: it has come back, and is as new.
expect_home() {
	await_state "$1" idle
	expect_eq "reset of $1" 0 "$(of "$1" reset_result)"
	expect_eq "owner of $1" '' "$(of "$1" owner)"
	expect_eq "isolation of $1" quarantined "$(of "$1" isolation)"
}

# expect_works WORD: the guest uses the card that the word begins with.
expect_works() {
	guest_tell hvm "$1"
	guest_reaches hvm "$1" 300
}

test_a_guest_uses_both() {
	keep
	found "$nic" >"$TEST_DIR/nic"
	found "$old" >"$TEST_DIR/old"
	pciback_load "hide=($nic)($old)"
	hvm_guest hvm
	guest_said hvm | expect_line 'works 8086:10d3 at .*: [1-9][0-9]* messages, [1-9][0-9]* interrupts' "by MSI-X"
	guest_said hvm | expect_line 'works 8086:100e at .*: 0 messages, [1-9][0-9]* interrupts' "by its line"
	expect_hvms "$nic"
	expect_hvms "$old"
}

test_dom0_cannot_have_them_meanwhile() {
	keep
	modprobe e1000e
	! write_attr /sys/bus/pci/drivers/e1000e/bind "$nic" || fail "dom0's driver takes it"
	modprobe -r e1000e
	expect_driver "$nic" pciback
	guest_refused '.*PCI device .* is not assignable' "pci=[\"$nic\"]"
}

test_one_of_them_is_detached() {
	keep
	xl pci-detach hvm "$old"
	expect_home "$old"
	expect_hvms "$nic"
	expect_works nic-alone
}

test_and_attached_again_and_both_at_once() {
	keep
	xl pci-attach hvm "$old"
	expect_hvms "$old"
	expect_works old-again
	xl pci-detach hvm "$old"
	xl pci-attach hvm "$old"
	expect_hvms "$old"
	expect_works old-once-more
	expect_hvms "$nic"
}

test_it_restarts() {
	local before
	keep
	before=$(xl domid hvm)
	guest_tell hvm reboot
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 900 sh -c '[ "$(grep -c "^hvm: told ready" "$1")" = 2 ]' sh "$TEST_DIR/hvm.log" || fail "it does not come up again: $(guest_last hvm)"
	[[ $(xl domid hvm) != "$before" ]] || fail "it is the same domain"
	expect_hvms "$nic"
	expect_hvms "$old"
}

test_they_come_back() {
	keep
	guest_tell hvm shutdown
	guest_ends hvm 0
	expect_home "$nic"
	expect_home "$old"
	pciback_unload
	found "$nic" >"$TEST_DIR/nic-again"
	found "$old" >"$TEST_DIR/old-again"
	expect_same "$nic" "$TEST_DIR/nic" "$TEST_DIR/nic-again"
	expect_same "$old" "$TEST_DIR/old" "$TEST_DIR/old-again"
}

run_tests
