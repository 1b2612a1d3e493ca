# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Virtual functions: seized as they appear and given to guests while dom0 keeps the
# physical one; and when dom0 takes them away, guests are told first.
#
# QEMU's igb has virtual functions that a driver binds to but that pass no packets;
# those of its NVMe controller do real work.
#
# only by name: five guests and as many waits make it long
#
# lab: --net n0
# lab: --pci pcie-root-port,id=rp,addr=0x5,chassis=1
# lab: --pci igb,bus=rp,netdev=n0
# lab: --disk flash:8
# lab: --pci pcie-root-port,id=rp2,addr=0x6,chassis=2
# lab: --pci nvme-subsys,id=subsys
# lab: --pci nvme,id=pfdisk,bus=rp2,serial=flash,subsys=subsys,sriov_max_vfs=1,sriov_vq_flexible=2,sriov_vi_flexible=1
# lab: --pci nvme-ns,bus=pfdisk,drive=flash

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

pf=0000:01:00.0 vf=0000:01:10.0 other=0000:01:10.2
disk_pf=0000:02:00.0 disk_vf=0000:02:00.1

numvfs() {
	write_attr "$PCI/$pf/sriov_numvfs" "$1"
}

# The physical function is dom0's, and pciback waits for virtual ones.
load() {
	driver_load igb
	defer numvfs 0
	pciback_load "hide=(id=8086:10ca)"
}

# vf_guest NAME VF: one that drives it.
vf_guest() {
	guest_start "$1" vf.sh "pci=[\"$2\"]"
	guest_reaches "$1" ready
	expect_eq "owner of $2" "$(xl domid "$1")" "$(of "$2" owner)"
}

test_seized_as_they_appear() {
	load
	expect_eq "before" "" "$(seized)"
	expect_eq hide_status "(id=8086:10ca) absent" "$(<"$PCIBACK/hide_status")"
	numvfs 2
	expect_eq seized "$vf $other" "$(seized)"
	await_ready
	expect_eq hide_status "(id=8086:10ca) seized 2" "$(<"$PCIBACK/hide_status")"
	expect_driver "$pf" igb
	write_attr "$PCIBACK/do_flr" "$vf"
	expect_eq "reset" "flr 0" "$(of "$vf" reset_method) $(of "$vf" reset_result)"
	numvfs 0
	expect_eq "afterwards" "" "$(seized)"
	dom0_gets_lease "$pf"
}

test_a_guest_drives_one_and_dom0_the_physical_one() {
	local mark
	load
	numvfs 2
	vf_guest user "$vf"
	expect_eq "state of the other" idle "$(of "$other" state)"
	dom0_gets_lease "$pf"
	# Unbound by hand: the guest is told first, too.
	mark=$(dmesg_mark)
	guest_tell user gone
	write_attr "$PCIBACK/unbind" "$vf"
	expect_driver "$vf" none
	dmesg_since "$mark" | expect_no "does not let go" "kernel log"
	guest_reaches user gone
	guest_tell user shutdown
	guest_ends user 0
}

test_numvfs_0_tells_the_guest_first() {
	local mark domid
	load
	numvfs 2
	vf_guest user "$vf"
	domid=$(xl domid user)
	mark=$(dmesg_mark)
	guest_tell user gone
	numvfs 0
	[[ ! -e $PCI/$vf ]] || fail "$vf is still there"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "pciback $vf: needed in dom0: domain $domid is asked to let go of it" "kernel log" <"$TEST_DIR/log"
	expect_line "pciback $vf: taken from domain $domid" "kernel log" <"$TEST_DIR/log"
	expect_no "does not let go" "kernel log" <"$TEST_DIR/log"
	guest_reaches user gone
	expect_eq "error-0" "taken back by dom0" "$(backend_key user error-0)"
	expect_eq "state-0" 6 "$(backend_key user state-0)"
	await_backend user state 4
	# The guest is there for others.
	xl pci-detach user "$vf"
	numvfs 1
	xl pci-attach user "$vf"
	lab-wait 30 grep -q -x "$domid" "$PCI/$vf/pciback/owner" || fail "not attached again: $(backend_key user error-0)"
	guest_tell user shutdown
	guest_ends user 0
}

test_unbinding_the_physical_one_tells_the_guest_first() {
	local mark domid
	load
	numvfs 1
	vf_guest user "$vf"
	domid=$(xl domid user)
	mark=$(dmesg_mark)
	guest_tell user gone
	write_attr /sys/bus/pci/drivers/igb/unbind "$pf"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "pciback $vf: needed in dom0: domain $domid is asked to let go of it" "kernel log" <"$TEST_DIR/log"
	expect_no "does not let go" "kernel log" <"$TEST_DIR/log"
	guest_reaches user gone
	expect_driver "$pf" none
	guest_tell user shutdown
	guest_ends user 0
	write_attr /sys/bus/pci/drivers/igb/bind "$pf"
	dom0_gets_lease "$pf"
}

test_guests_that_do_not_let_go() {
	local mark began=$SECONDS
	load
	numvfs 2
	# One never had a frontend, the other one's stands still.
	guest_paused never "$other"
	vf_guest still "$vf"
	xl pause still
	mark=$(dmesg_mark)
	began=$SECONDS
	numvfs 0
	note "taken away after $((SECONDS - began)) s"
	expect_ge "seconds" 9 "$((SECONDS - began))"
	expect_ge "seconds to spare" 0 "$((30 - (SECONDS - began)))"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "pciback $vf: domain [0-9]+ does not let go: taken away from it" "kernel log" <"$TEST_DIR/log"
	[[ ! -e $PCI/$vf && ! -e $PCI/$other ]] || fail "they are still there"
	xl unpause still
	now guest_destroy still
	now guest_paused_end never
	dom0_gets_lease "$pf"
}

# virt_mgmt CONTROLLER RESOURCE ACTION NUMBER: resources are 0 queues, 1 vectors.
virt_mgmt() {
	modprobe nvmeadmin opcode=0x1c cdw10=$(($1 << 16 | $2 << 8 | $3)) cdw11="$4"
	rmmod nvmeadmin
}

read_by_dom0() {
	lab-wait 30 test -b /dev/nvme0n1 || fail "dom0 has no disk"
	expect_eq "what dom0 reads" "$(</lab/disks/flash.sha256)" "$(dd if=/dev/nvme0n1 bs=1M 2>/dev/null | sha256sum | cut -d' ' -f1)"
}

test_a_guest_reads_a_disk_by_one_and_dom0_by_the_other() {
	local free=1 assign=8 online=9
	driver_load nvme
	read_by_dom0
	virt_mgmt 0 0 "$free" 0
	virt_mgmt 0 1 "$free" 0
	write_attr "$PCI/$disk_pf/reset" 1
	pciback_load "hide=(id=1b36:0010)"
	expect_eq hide_status "(id=1b36:0010) busy nvme" "$(<"$PCIBACK/hide_status")"
	write_attr "$PCI/$disk_pf/sriov_numvfs" 1
	defer write_attr "$PCI/$disk_pf/sriov_numvfs" 0
	expect_driver "$disk_vf" pciback
	virt_mgmt 1 0 "$assign" 2
	virt_mgmt 1 1 "$assign" 1
	virt_mgmt 1 0 "$online" 0
	guest_run disk disks.sh --vcpus 2 "pci=[\"$disk_vf\"]"
	guest_said disk | expect_line "sha256 0000:00:00.1 $(</lab/disks/flash.sha256)" "what the guest read"
	expect_driver "$disk_pf" nvme
	read_by_dom0
}

run_tests
