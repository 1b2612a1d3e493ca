# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Where functions are: in a guest, whatever slots were wished for; and in memory, where two
# may have one page.
#
# The machine: three functions of slot 5, two of slot 6; and two USB controllers with 256
# bytes of registers each.
#
# only by name: xl waits ten seconds for each guest that never runs
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on
# lab: --pci rtl8139,addr=0x5.0x1
# lab: --pci e1000,addr=0x5.0x2
# lab: --pci edu,addr=0x6.0x0,multifunction=on
# lab: --pci edu,addr=0x6.0x1
# lab: --pci pci-ohci,addr=0x7
# lab: --pci pci-ohci,addr=0x8

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

dev=0000:00:05 other=0000:00:06 one=0000:00:07.0 two=0000:00:08.0

# expect_places "BDF PLACE"...: where the guest sees each.
expect_places() {
	local pair
	for pair; do
		lab-wait 20 grep -q . "$PCI/${pair% *}/pciback/guest_bdf" || fail "${pair% *} was not given"
		expect_eq "guest_bdf of ${pair% *}" "${pair#* }" "$(of "${pair% *}" guest_bdf)"
	done
}

test_functions_of_one_device_wished_for_one_slot() {
	pciback_load "hide=($dev.*)($other.*)"
	guest_paused wish "$dev.2@5" "$dev.1@5" "$dev.0@5" "$other.1@6"
	expect_places "$dev.0 0000:00:05.0" "$dev.1 0000:00:05.1" "$dev.2 0000:00:05.2" "$other.1 0000:00:06.0"
}

test_another_device_is_refused() {
	pciback_load "hide=($dev.*)($other.*)"
	guest_paused two "$dev.0@5" "$other.0@5"
	lab-wait 20 xenstore-exists "/local/domain/0/backend/pci/$(xl domid two)/0/error-1"
	expect_eq error-1 "in use by another domain, or its place in the guest is taken" "$(backend_key two error-1)"
	expect_places "$dev.0 0000:00:05.0"
}

# expect_whole XL-LINE: a guest that runs finds all three, each by its number.
expect_whole() {
	guest_start whole hotplug.sh "$1"
	guest_reaches whole ready
	expect_seen whole "0000:00:05.0=8086:10d3 0000:00:05.1=10ec:8139 0000:00:05.2=8086:100e"
	guest_tell whole shutdown
	guest_ends whole 0
}

test_a_guest_that_runs_sees_a_whole_device() {
	pciback_load "hide=($dev.*)" reset_policy=warn
	expect_whole "pci=[\"$dev.0@5\",\"$dev.1@5\",\"$dev.2@5\"]"
}

# Of such a list xl gives the highest function only, and calls function 0 not assignable
# afterwards.
test_the_first_of_a_whole_device_has_its_number() {
	pciback_load "hide=($dev.*)($other.*)($one)"
	guest_paused all "$one" "$dev.*@5" "$other.*@6"
	expect_places "$one 0000:00:00.0" "$dev.2 0000:00:05.2" "$other.1 0000:00:06.1"
}

# bar_of BDF: the first address of its registers.
bar_of() {
	resources "$1" | head -n 1 | cut -d' ' -f1
}

# The firmware has given each a page; the kernel, when it finds them anew, has not.
test_one_page() {
	local mark guest
	defer write_attr /sys/bus/pci/rescan 1
	write_attr "$PCI/$one/remove" 1
	write_attr "$PCI/$two/remove" 1
	now write_attr /sys/bus/pci/rescan 1
	note "$one at $(bar_of "$one"), $two at $(bar_of "$two")"
	expect_eq "the page of both" $(($(bar_of "$one") / 4096)) $(($(bar_of "$two") / 4096))

	# Nothing can reset them.
	pciback_load "hide=($one)($dev.0)" reset_policy=warn
	of "$one" shared_pages | expect_line "BAR 0 $two nobody" "shared_pages of $one"
	expect_empty "shared_pages of $dev.0" "$PCI/$dev.0/pciback/shared_pages"

	driver_load ohci-pci
	expect_driver "$two" ohci-pci
	of "$one" shared_pages | expect_line "BAR 0 $two dom0" "shared_pages of $one"
	mark=$(dmesg_mark)
	guest_paused first "$one"
	expect_places "$one 0000:00:00.0"
	dmesg_since "$mark" | expect_line "pciback $one: BAR 0 is in one page with $two of dom0, which its guest reaches, too; pci=resource_alignment=12@$one parts them" "kernel log"
	now guest_paused_end first
	await_state "$one" idle

	# Both for one guest: nothing to say, but to whom the other's would be.
	write_attr "$PCIBACK/new_slot" "$two"
	write_attr "$PCI/$two/driver/unbind" "$two"
	write_attr "$PCIBACK/bind" "$two"
	mark=$(dmesg_mark)
	guest_paused both "$one" "$two"
	expect_places "$one 0000:00:00.0" "$two 0000:00:01.0"
	guest=$(xl domid both)
	of "$two" shared_pages | expect_line "BAR 0 $one domain $guest" "shared_pages of $two"
	dmesg_since "$mark" | expect_no "in one page" "a warning of what is one guest's"
	now guest_paused_end both
	await_state "$two" idle
	write_attr "$PCIBACK/return" "$two"
}

run_tests
