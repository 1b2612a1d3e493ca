# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A PVH dom0 and an HVM guest that has an e1000e: the driver, which is the toolstack's
# backend there, too, holds it, keeps it awake, says whose it is, and takes it back.
#
# One CPU and no RDTSCP, for QEMU emulates virtualization with faults.
#
# only by name: both are emulated virtualization, and boot for minutes
# lab: --xen-args dom0=pvh iommu=no-sharept dom0_max_vcpus=1
# lab: --dom0-args clearcpuid=rdtscp
# lab: --guests hvm
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --timeout 3600

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# expect_given NAME: by the toolstack's ways to wait for it, at once.
expect_given() {
	await_state "$nic" assigned
	expect_eq "owner" "$(xl domid "$1")" "$(of "$nic" owner)"
	expect_eq "isolation" guest "$(of "$nic" isolation)"
	expect_eq "power state" D0 "$(<"$PCI/$nic/power_state")"
	expect_eq "state of the connection" 3 "$(backend_key "$1" state)"
}

expect_home() {
	await_state "$nic" idle
	expect_eq "reset" 0 "$(of "$nic" reset_result)"
	expect_eq "owner" '' "$(of "$nic" owner)"
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
}

test_one_that_never_runs() {
	pciback_load "hide=($nic)"
	printf '%s\n' "name='user'" "type='hvm'" 'memory=96' "vga='none'" 'nographic=1' 'vnc=0' \
		"serial='none'" "pci=['$nic']" >"$TEST_DIR/user.cfg"
	defer guest_paused_end user
	xl create -q -p "$TEST_DIR/user.cfg" || fail "no guest"
	expect_given user
	expect_errno EBUSY "$PCIBACK/return" "$nic"
	now guest_paused_end user
	expect_home
}

# Xen 4.20 and emulated virtualization bring no interrupts to it, with any driver in dom0: that
# it gets a lease is told, not asked for.
test_a_guest_has_it_and_its_driver_binds() {
	pciback_load "hide=($nic)"
	guest_start hvm hvm-bound.sh "pci=[\"$nic\"]" 'type="hvm"' 'vga="none"' nographic=1 vnc=0 'serial="none"' \
		--modules '' --append clearcpuid=rdtscp --timeout 1800
	lab-wait 900 grep -q -x assigned "$PCI/$nic/pciback/state" || fail "it was not given: $(of "$nic" state)"
	expect_given hvm
	guest_reaches hvm ready 900
	guest_said hvm | expect_line 'bound at .*: [1-9][0-9]* messages, power state D0' "by MSI-X"
	note "a lease: $(guest_told hvm lease)"
	expect_given hvm
	guest_tell hvm shutdown
	guest_ends hvm 0
	expect_home
}

run_tests
