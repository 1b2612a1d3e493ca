# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The commands of the administrator's guide to xen-pciback, as they stand there.
#
# The guide's function is 0000:05:00.0, so that is where one has to be.
#
# only by name: make docs-check runs it
# lab: --file Documentation/admin-guide:/lab/documents
# lab: --pci pcie-root-port,id=rp1,chassis=1
# lab: --pci pcie-root-port,id=rp2,chassis=2
# lab: --pci pcie-root-port,id=rp3,chassis=3
# lab: --pci pcie-root-port,id=rp4,chassis=4
# lab: --pci pcie-root-port,id=rp5,chassis=5
# lab: --pci igb,bus=rp5
# lab: --pci e1000e,addr=0x1d

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/documents.sh
source /lab/lib/documents.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

guide=/lab/documents/pciback.rst troubleshooting=/lab/documents/troubleshooting.rst
holder=/lab/documents/holder.rst
fn=0000:05:00.0

test_at_load() {
	driver_load e1000e
	run_block $guide "modprobe xen-pciback 'hide=(0000:05*"
	defer pciback_unload
	await_ready
	run_block $guide '# cat */hide_status'
	run_block $holder '# grep . */pciback/*'
	leave_block $guide '(class=0108) kept*' "two disks, one of them in use: keep"
	leave_block $guide '# cat */together' "two cards behind a bridge: together"
	leave_block $guide 'xen-pciback.hide=*' "words for the kernel's command line and modprobe.d: boot/initramfs"
}

test_at_run_time() {
	pciback_load
	driver_load igb
	expect_driver $fn igb
	run_block $guide 'xl pci-assignable-add*'
	expect_driver $fn pciback
	xl pci-assignable-remove -r 05:00.0
	expect_driver $fn igb
	run_block $guide 'echo */driver/unbind'
	expect_driver $fn pciback
	run_block $guide '# grep . */pciback/*'
	leave_block $guide '# xenstore-read */error-0' "domain 3: hotplug"

	run_block $guide 'echo */do_flr'
	expect_eq reset "flr 0" "$(of $fn reset_method) $(of $fn reset_result)"
	leave_block $guide '# cat */reset_result' "three functions without FLR: reset"
	leave_block $guide '# cat */errors' "a device that has had an error: aer"
}

test_given_back() {
	local mark head
	driver_load igb
	pciback_load takeover=1 "hide=($fn)"
	mark=$(dmesg_mark)
	run_block $guide 'echo */pciback/return'
	expect_driver $fn igb
	find_block $guide 'pciback 0000:05:00.0: released*'
	dmesg_since "$mark" | expect_line "$head" "kernel log"
}

# The guide's refused writes: bits 8 and 9 of the register at 0x4c, two times.
test_a_refused_write() {
	local i
	pciback_load "hide=($fn)"
	loop_load
	loop_create $fn
	defer loop_destroy
	await 20 loop_state_is 4 || fail "no connection: $(loop_state)"
	for i in 1 2; do
		loop_op 1 0 0 0 $((0x4c)) 4 $((0x300)) >/dev/null
	done
	run_block $guide '# cat */refused_writes'
	run_block $guide '# lspci -vvv*'
	run_block $troubleshooting '# dmesg*'
	leave_block $troubleshooting '# echo 1 >*' "its last command has no end"
	run_block $guide '# cat */quirks_suggested'
	loop_op 1 0 0 0 $((0x4c)) 4 $((0x300)) >/dev/null
	expect_eq "refused writes after the quirk" "" "$(of $fn refused_writes | grep -v ' 2$')"
}

test_virtual_functions() {
	driver_load igb
	defer write_attr "$PCI/$fn/sriov_numvfs" 0
	run_block $guide "modprobe xen-pciback 'hide=(id=8086:10ca)*"
	defer pciback_unload
	expect_eq "seized functions" 4 "$(seized | wc -w)"
}

test_no_block_is_left_out() {
	expect_all_blocks $guide $troubleshooting $holder
}

run_tests
