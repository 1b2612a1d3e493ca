# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Buses that come while the guest runs. With passthrough=1 it sees functions where dom0
# does, and one on a bus that it has not brings that bus along. Otherwise a bus is
# made up for it, and another one when all slots of the first are taken.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x6,x-speed=2_5
# lab: --pci edu,bus=rp
# lab: --pci pcie-root-port,id=many,chassis=2,addr=0x7
# lab: --pci nvme-subsys,id=subsys
# lab: --pci nvme,bus=many,serial=many,subsys=subsys,max_ioqpairs=84,sriov_max_vfs=40,sriov_vq_flexible=80,sriov_vi_flexible=40

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 edu=0000:01:00.0
as_nic=$nic=8086:10d3 as_edu=$edu=1234:11e8
many=0000:02:00.0 first=0000:02:01.0 last=0000:02:05.0

test_another_bus_comes_and_its_function_goes() {
	pciback_load "hide=($nic)($edu)" passthrough=1 reset_policy=warn
	guest_start plug hotplug.sh "pci=[\"$nic\"]"
	guest_reaches plug ready
	expect_seen plug "$as_nic"
	expect_eq "root_num, root-0" "1 0000:00" "$(backend_key plug root_num) $(backend_key plug root-0)"

	xl pci-attach plug "$edu"
	expect_seen plug "$as_nic $as_edu"
	expect_eq "root_num, root-1" "2 0000:01" "$(backend_key plug root_num) $(backend_key plug root-1)"
	expect_eq "guest_bdf" "$edu" "$(of "$edu" guest_bdf)"

	xl pci-detach plug "$edu"
	expect_seen plug "$as_nic"
	await_state "$edu" idle
	xl pci-attach plug "$edu"
	expect_seen plug "$as_nic $as_edu"
	expect_eq "root_num the second time" 2 "$(backend_key plug root_num)"

	guest_tell plug lease-1
	guest_reaches plug leased-1
	guest_tell plug shutdown
	guest_ends plug 0
}

# slots_full: 32 functions, a slot each, as xl takes them and as the guest sees them.
slots_full() {
	local slot
	given='' seen=''
	for ((slot = 0; slot < 32; slot++)); do
		given+=$(printf '"0000:02:%02x.%d@%x",' $((1 + slot / 8)) $((slot % 8)) "$slot")
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
	pciback_load "hide=(0000:02:01.*)(0000:02:02.*)(0000:02:03.*)(0000:02:04.*)($last)"
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
