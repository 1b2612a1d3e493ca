# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# At boot: functions that the kernel's command line hides are ours before udev in
# the initramfs gives their like to the native driver.
#
# only by name: minutes, and what it looks at seldom changes
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --initrd selftests/boot/etc
# lab: --mem 5120
# lab: --dom0-mem 3072
# lab: --dom0-args pciback.hide=(0000:00:05.0)(0000:00:0g.0)

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

hidden=0000:00:05.0 other=0000:00:06.0

test_the_initramfs_was_a_real_one() {
	expect_eq "root of dom0" tmpfs "$(stat -f -c %T /)"
	dmesg | expect_line '.*e1000e.*Intel.*Network Driver' "the native driver in the kernel log"
}

test_the_native_driver_has_what_nobody_hid() {
	expect_driver "$other" e1000e
}

test_the_hidden_function_is_ours() {
	expect_driver "$hidden" pciback
	expect_eq hide_status "($hidden) seized 1"$'\n''(0000:00:0g.0) malformed at 10: "g.0)"' "$(<"$PCIBACK/hide_status")"
}

test_the_native_driver_never_had_it() {
	dmesg | expect_no "e1000e $hidden" "the kernel log"
	dmesg --notime | expect_line "pciback $hidden: seizing device" "the kernel log"
	# In this order: ours, then the driver that would have taken it.
	expect_eq "who came first" "pciback e1000e" "$(dmesg | grep -o -E 'pciback [0-9a-f:.]+: seizing|e1000e: Intel' | cut -d' ' -f1 | tr -d ':' | uniq | paste -s -d' ')"
}

test_options_in_modprobe_d_count_too() {
	expect_eq "reset_policy, of options xen-pciback" warn "$(</sys/module/xen_pciback/parameters/reset_policy)"
	expect_eq "permissive, of options pciback" Y "$(</sys/module/xen_pciback/parameters/permissive)"
}

test_xl_can_assign_it() {
	xl pci-assignable-list | expect_line "$hidden *" "xl pci-assignable-list"
}

test_it_can_be_returned() {
	write_attr "$PCIBACK/return" "$hidden"
	expect_driver "$hidden" e1000e
	dom0_gets_lease "$hidden"
	write_attr "$PCI/$hidden/driver/unbind" "$hidden"
	write_attr "$PCIBACK/new_slot" "$hidden"
	write_attr "$PCIBACK/bind" "$hidden"
	expect_driver "$hidden" pciback
}

run_tests
