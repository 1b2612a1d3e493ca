# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What dom0 lives on stays with it: an open disk, an interface that is up, the bridge
# above either, and, unless they are named, the bridges that make the machine.
#
# lab: --net n0
# lab: --disk d0:8
# lab: --pci nvme,serial=flash,drive=d0,addr=0x5
# lab: --pci rtl8139,addr=0x6
# lab: --pci pcie-root-port,id=rp,addr=0x7,chassis=1
# lab: --pci e1000e,bus=rp,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nvme=0000:00:05.0 rtl=0000:00:06.0 port=0000:00:07.0 nic=0000:01:00.0
host=0000:00:00.0 isa=0000:00:1f.0

# id_of BDF: as a selector.
id_of() {
	echo "(id=$(cut -c3- "$PCI/$1/vendor"):$(cut -c3- "$PCI/$1/device"))"
}

# expect_status WHAT TOKEN...: what becomes of each of these, alone and with takeover=1.
# What was seized is let go again.
expect_status() {
	local token
	for token in "${@:2}"; do
		pciback_load takeover=1 "hide=$token"
		expect_eq "hide_status" "$token $1" "$(<"$PCIBACK/hide_status")"
		now pciback_unload
	done
}

disk_open() {
	lab-wait 30 test -b /dev/nvme0n1 || fail "dom0 has no disk"
	exec {disk}</dev/nvme0n1
}

disk_close() {
	exec {disk}<&-
}

link_up() {
	interface=$(interface_of "$nic")
	ip link set "$interface" up
	defer link_down "$interface"
}

link_down() {
	[[ ! -e /sys/class/net/$1 ]] || ip link set "$1" down
}

test_a_disk_in_use() {
	local disk
	driver_load nvme
	disk_open
	expect_status 'kept: root-storage nvme0n1' "($nvme)" '(00:05.*)' '(id=1b36:0010)' '(class=0108)' '(path=0000_00_05.0)'
	expect_driver "$nvme" nvme
	disk_close
	expect_status 'seized 1' "($nvme)"
}

test_a_disk_that_somebody_only_looks_at() {
	local disk
	driver_load nvme
	disk_open
	pciback_load takeover=1
	write_attr "$PCIBACK/new_slot" "($nvme)" {disk}<&- &
	# It is in the list before it is looked for.
	lab-wait 30 grep -q -x "$nvme" "$PCIBACK/slots" || fail "it was not asked for"
	disk_close
	wait
	expect_driver "$nvme" pciback
}

test_an_interface_that_is_up() {
	local interface
	driver_load e1000e
	link_up
	expect_status "kept: network $interface" "($nic)" '(01:*)' '(id=8086:10d3)' '(path=00:07.0/00.0)'
	expect_driver "$nic" e1000e
	link_down "$interface"
	expect_status 'seized 1' "($nic)"
}

# One card of the class is free: it is taken.
test_others_of_the_kind_are_taken() {
	local interface
	driver_load e1000e
	link_up
	expect_status "kept: network $interface, seized 1" '(class=0200)'
}

test_its_bridge() {
	local interface mark
	driver_load e1000e
	link_up
	expect_status "kept: network $interface, kept: network $interface" "($port)"
	write_attr "$PCI/$port/driver/unbind" "$port"
	defer write_attr /sys/bus/pci/drivers/pcieport/bind "$port"
	mark=$(dmesg_mark)
	expect_status "kept: network $interface, kept: network $interface" "($port)"
	dmesg_since "$mark" | expect_line "pciback $port: kept in dom0: network $interface" "kernel log"
	link_down "$interface"
	expect_status 'seized 2' "($port)"
}

test_bridges_of_the_machine() {
	expect_status 'kept: host-bridge' '(00:00.*)' '(class=0600)' "$(id_of "$host")"
	expect_status 'kept: isa-bridge' '(class=0601)' "$(id_of "$isa")"
}

test_whoever_names_a_bridge_means_it() {
	expect_status 'seized 1' "($host)" '(path=0000_00_00.0)' '(class=0600 force=host-bridge)'
}

test_what_is_forced_is_taken() {
	local interface
	driver_load e1000e
	link_up
	expect_status "kept: network $interface" "($nic force=console,root-storage)"
	expect_status 'seized 1' "($nic force=network)"
}

test_one_wish_forces_for_another() {
	local interface
	driver_load e1000e
	link_up
	pciback_load takeover=1 "hide=(class=0200)"
	expect_driver "$nic" e1000e
	write_attr "$PCIBACK/new_slot" "(class=0200 force=network)"
	expect_driver "$nic" pciback
}

test_the_log_tells() {
	local interface mark
	driver_load e1000e
	link_up
	mark=$(dmesg_mark)
	pciback_load takeover=1 "hide=($nic)($rtl)"
	dmesg_since "$mark" | expect_line "pciback: hide=\($nic\): kept: network $interface" "kernel log"
	write_attr "$PCIBACK/new_slot" "(01:00.*)"
	dmesg_since "$mark" | expect_line "pciback: new_slot \(01:00\.\*\): kept: network $interface" "kernel log"
}

test_bad_reasons() {
	pciback_load
	expect_errno EINVAL "$PCIBACK/new_slot" "($rtl force=)"
	expect_errno EINVAL "$PCIBACK/new_slot" "($rtl force=everything)"
	expect_errno EINVAL "$PCIBACK/new_slot" "($rtl force=network)x"
	expect_eq slots "$rtl" "$(slots)"
}

run_tests
