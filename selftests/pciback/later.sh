# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions that appear, or are wished for, when a native driver is there already:
# hotplug, virtual functions, a rescan, takeover=.
#
# The machine: a network card at 05.0, a root port at 06.0 with nothing behind it,
# one at 07.0 with a card that has virtual functions.
#
# only by name: minutes, and what it looks at seldom changes
# lab: --net n0
# lab: --net n1
# lab: --net n2
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=rp1,addr=0x6,chassis=1
# lab: --pci pcie-root-port,id=rp2,addr=0x7,chassis=2
# lab: --pci igb,bus=rp2,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 port=0000:00:06.0 late=0000:01:00.0 pf=0000:02:00.0

override_of() {
	cat "$PCI/$1/driver_override"
}

plug() {
	lab-monitor "device_add e1000e,id=late,bus=rp1,netdev=n2"
	defer unplug
	lab-wait 30 test -e "$PCI/$late/driver" || fail "what was plugged in has no driver: $(ls "$PCI")"
}

unplug() {
	lab-monitor "device_del late"
	lab-wait 60 test ! -e "$PCI/$late" || fail "$late is still there after its removal"
}

test_native_drivers_win_what_nobody_wished_for() {
	driver_load e1000e
	pciback_load
	plug
	expect_driver "$late" e1000e
}

test_a_hotplugged_function_is_ours_first() {
	local mark
	driver_load e1000e
	mark=$(dmesg_mark)
	pciback_load "hide=(path=$port/00.0)"
	expect_eq hide_status "(path=$port/00.0) absent" "$(<"$PCIBACK/hide_status")"
	plug
	expect_driver "$late" pciback
	expect_eq slots "$late" "$(slots)"
	await_ready
	expect_eq hide_status "(path=$port/00.0) seized 1" "$(<"$PCIBACK/hide_status")"
	lab-wait 5 grep -q -x '(null)' "$PCI/$late/driver_override" || fail "driver_override is left as '$(override_of "$late")'"
	dmesg_since "$mark" | expect_no "e1000e $late" "e1000e was first"
	now unplug
	expect_eq "hide_status afterwards" "(path=$port/00.0) absent" "$(<"$PCIBACK/hide_status")"
	expect_eq "seized afterwards" "" "$(seized)"
}

test_a_newcomer_goes_back_to_its_driver() {
	driver_load e1000e
	pciback_load
	write_attr "$PCIBACK/new_slot" "id=8086:10d3"
	expect_driver "$nic" e1000e
	plug
	expect_driver "$late" pciback
	lab-wait 5 grep -q -x '(null)' "$PCI/$late/driver_override"
	write_attr "$PCIBACK/return" "$late"
	expect_driver "$late" e1000e
	expect_eq "driver_override" "(null)" "$(override_of "$late")"
}

test_a_rescan_brings_it_back_to_us() {
	driver_load e1000e
	pciback_load "hide=($nic)" takeover=1
	expect_driver "$nic" pciback
	defer write_attr /sys/bus/pci/rescan 1
	write_attr "$PCI/$nic/remove" 1
	expect_eq hide_status "($nic) absent" "$(<"$PCIBACK/hide_status")"
	now write_attr /sys/bus/pci/rescan 1
	expect_driver "$nic" pciback
	now pciback_unload
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_driver "$nic" e1000e
}

virtual_functions() {
	cd "$PCI/$pf" && readlink -f virtfn* 2>/dev/null | sed 's,.*/,,' | sort | paste -s -d' '
}

test_virtual_functions_made_later_are_ours() {
	local vfs vf
	driver_load igb
	# Its own driver would take them.
	driver_load igbvf
	expect_driver "$pf" igb
	pciback_load "hide=(id=8086:10ca)"
	defer write_attr "$PCI/$pf/sriov_numvfs" 0
	write_attr "$PCI/$pf/sriov_numvfs" 2
	vfs=$(virtual_functions)
	expect_eq "virtual functions" 2 "$(wc -w <<<"$vfs")"
	for vf in $vfs; do
		expect_driver "$vf" pciback
	done
	expect_driver "$pf" igb
	expect_eq slots "$vfs" "$(slots)"
	await_ready
	expect_eq hide_status "(id=8086:10ca) seized 2" "$(<"$PCIBACK/hide_status")"
	now write_attr "$PCI/$pf/sriov_numvfs" 0
	expect_eq "hide_status afterwards" "(id=8086:10ca) absent" "$(<"$PCIBACK/hide_status")"
}

test_takeover_at_load() {
	local mark
	driver_load e1000e
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)" takeover=1
	expect_driver "$nic" pciback
	dmesg_since "$mark" | expect_line "pciback $nic: taken over from driver e1000e|.* $nic: taken over from driver e1000e" "kernel log"
	expect_eq hide_status "($nic) seized 1" "$(<"$PCIBACK/hide_status")"
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

test_takeover_at_new_slot() {
	local mark
	driver_load e1000e
	pciback_load
	mark=$(dmesg_mark)
	write_attr "$PCIBACK/new_slot" "$nic"
	expect_driver "$nic" e1000e
	dmesg_since "$mark" | expect_line "pciback: new_slot $nic: busy e1000e" "kernel log"
	write_attr "$PCIBACK/remove_slot" "$nic"
	write_attr /sys/module/xen_pciback/parameters/takeover 1
	write_attr "$PCIBACK/new_slot" "$nic"
	expect_driver "$nic" pciback
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
}

# An owner who has said which driver a function is for has said so to us, too.
test_takeover_respects_another_driver_override() {
	local mark
	driver_load e1000e
	mark=$(dmesg_mark)
	write_attr "$PCI/$nic/driver_override" e1000e
	defer write_attr "$PCI/$nic/driver_override" '\n'
	pciback_load "hide=($nic)" takeover=1
	expect_driver "$nic" e1000e
	expect_eq hide_status "($nic) busy e1000e" "$(<"$PCIBACK/hide_status")"
	dmesg_since "$mark" | expect_no "taken over|not seized" "it was taken from its driver for a while"
	expect_eq "driver_override" e1000e "$(override_of "$nic")"
}

run_tests
