# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Two cards behind one PCIe-to-PCI bridge: their DMA has the bridge's id, so an IOMMU
# cannot tell them apart, and one guest has both or the other none.
#
# only by name: four minutes, most of them for guests whose card does not work
#
# lab: --pci pcie-root-port,id=rp,addr=0x5,chassis=1
# lab: --pci pcie-pci-bridge,id=br,bus=rp
# lab: --net n0
# lab: --net n1
# lab: --pci e1000,bus=br,addr=0x1,netdev=n0
# lab: --pci e1000,bus=br,addr=0x2,netdev=n1
# lab: --pci e1000,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

one=0000:02:01.0 two=0000:02:02.0 alone=0000:00:06.0

# awaits NAME KEY: of the guest's PCI connection.
awaits() {
	lab-wait 30 xenstore-exists "/local/domain/0/backend/pci/$(xl domid "$1")/0/$2"
}

# given NAME N, refused NAME N WHY: the guest gets its function N, or not.
given() {
	awaits "$1" "vdev-$2" || fail "function $2 was not given to $1: $(backend_key "$1" "error-$2" || echo no reason)"
}

refused() {
	awaits "$1" "error-$2" || fail "function $2 was not refused to $1"
	expect_eq "error-$2 of $1" "$3" "$(backend_key "$1" "error-$2")"
	lab-wait 10 test "$(backend_key "$1" "state-$2")" = 6 || fail "state-$2 of $1 is $(backend_key "$1" "state-$2")"
	! backend_key "$1" "vdev-$2" || fail "function $2 was given to $1 all the same"
}

test_who_is_together() {
	pciback_load "hide=($one)($two)($alone)"
	expect_eq "together with $one" "$two nobody" "$(of "$one" together)"
	expect_eq "together with $two" "$one nobody" "$(of "$two" together)"
	expect_eq "together with $alone" "" "$(of "$alone" together)"
}

test_a_second_guest_gets_none() {
	local mark first
	pciback_load "hide=($one)($two)($alone)"
	guest_paused first "$one"
	given first 0
	first=$(xl domid first)
	expect_eq "together with $two" "$one domain $first" "$(of "$two" together)"
	mark=$(dmesg_mark)
	guest_paused second "$two" "$alone"
	refused second 0 "shares its requester id with $one of domain $first"
	given second 1
	dmesg_since "$mark" | expect_line ".*dev-0 \($two\) not given: shares its requester id with $one of domain $first .*" "kernel log"
}

# What it was given is in the second's IOMMU context when it is refused.
test_the_first_works_on() {
	pciback_load "hide=($one)($two)"
	guest_start first nics.sh "pci=[\"$one\"]"
	guest_reaches first ready
	guest_paused second "$two"
	refused second 0 "shares its requester id with $one of domain $(xl domid first)"
	guest_tell first again
	guest_reaches first again
	now guest_paused_end second
	guest_tell first shutdown
	guest_ends first 0
}

test_dom0_works_on() {
	driver_load e1000
	dom0_gets_lease "$two"
	write_attr "$PCI/$one/driver/unbind" "$one"
	defer write_attr /sys/bus/pci/drivers/e1000/bind "$one"
	pciback_load "hide=($one)"
	guest_paused first "$one"
	refused first 0 "shares its requester id with $two of dom0"
	dom0_gets_lease "$two"
	now guest_paused_end first
	dom0_gets_lease "$two"
}

test_one_guest_gets_both() {
	pciback_load "hide=($one)($two)"
	guest_paused first "$one" "$two"
	given first 0
	given first 1
}

test_the_next_guest_gets_the_other() {
	pciback_load "hide=($one)($two)"
	guest_paused first "$one"
	given first 0
	now guest_paused_end first
	guest_paused second "$two"
	given second 0
}

test_not_while_dom0_drives_one() {
	driver_load e1000
	write_attr "$PCI/$one/driver/unbind" "$one"
	defer write_attr /sys/bus/pci/drivers/e1000/bind "$one"
	pciback_load "hide=($one)"
	expect_eq "together with $one" "$two dom0" "$(of "$one" together)"
	guest_paused first "$one"
	refused first 0 "shares its requester id with $two of dom0"
}

test_what_dom0_does_not_drive_is_in_nobodys_way() {
	pciback_load "hide=($one)"
	expect_eq "together with $one" "$two nobody" "$(of "$one" together)"
	guest_paused first "$one"
	given first 0
}

test_not_back_to_dom0_while_a_guest_has_one() {
	pciback_load "hide=($one)($two)"
	guest_paused first "$one"
	given first 0
	expect_errno EBUSY "$PCIBACK/return" "$two"
	expect_driver "$two" pciback
	now guest_paused_end first
	await_state "$one" idle
	write_attr "$PCIBACK/return" "$two"
	expect_driver "$two" none
}

test_who_forces_it_gets_it() {
	pciback_load "hide=($one)($two force=shared-dma)"
	guest_paused first "$one"
	given first 0
	guest_paused second "$two"
	given second 0
}

run_tests
