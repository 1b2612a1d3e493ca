# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest with a function in each of its 32 slots gets one more: another bus is made up
# for it.
#
# only by name: a guest with so many functions takes minutes
# lab: --pci pcie-root-port,id=many,chassis=2,addr=0x7
# lab: --pci nvme-subsys,id=subsys
# lab: --pci nvme,bus=many,serial=many,subsys=subsys,max_ioqpairs=84,sriov_max_vfs=40,sriov_vq_flexible=80,sriov_vi_flexible=40

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

many=0000:01:00.0 first=0000:01:01.0 last=0000:01:05.0

# slots_full: 32 functions, a slot each, as xl takes them and as the guest sees them.
slots_full() {
	local slot
	given='' seen=''
	for ((slot = 0; slot < 32; slot++)); do
		given+=$(printf '"0000:01:%02x.%d@%x",' $((1 + slot / 8)) $((slot % 8)) "$slot")
		seen+=$(printf '0000:00:%02x.0=1b36:0010 ' "$slot")
	done
}

test_all_slots_are_taken_and_one_more_comes() {
	local given seen
	slots_full
	# No driver is offered them, not even ours, unless hide= sees to it.
	echo 0 >"$PCI/$many/sriov_drivers_autoprobe"
	modprobe nvme
	echo 40 >"$PCI/$many/sriov_numvfs"
	defer modprobe -r nvme
	defer write_attr "$PCI/$many/sriov_numvfs" 0
	pciback_load "hide=(0000:01:01.*)(0000:01:02.*)(0000:01:03.*)(0000:01:04.*)($last)"
	guest_start full hotplug.sh "pci=[$given]"
	guest_reaches full ready
	expect_seen full "${seen% }"
	expect_eq root_num 1 "$(backend_key full root_num)"

	xl pci-attach full "$last"
	expect_seen full "${seen}0000:01:00.0=1b36:0010"
	expect_eq "root_num, root-1" "2 0000:01" "$(backend_key full root_num) $(backend_key full root-1)"
	expect_eq "guest_bdf" 0000:01:00.0 "$(of "$last" guest_bdf)"

	xl pci-detach full "$last"
	expect_seen full "${seen% }"
	await_state "$last" idle
	# xl would wait ten seconds for each function that a halted guest still has.
	xenstore-rm "/local/domain/0/backend/pci/$(xl domid full)/0"
	await_state "$first" idle
	guest_tell full shutdown
	guest_ends full 0
}

run_tests
