# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What xenopsd does, call by call: it quarantines what it is to give, resets it, tells Xen
# whose it is, and writes an entry into xenstore, but no state, and no frontend. So Xen alone
# knows that a guest has it.
#
# The guest never runs: it is enough that Xen says that it has the function.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=shared,addr=0x6,chassis=1
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 one=0000:01:00.0 two=0000:01:00.1

# begin: what a host that has booted with xen-pciback.hide= has.
begin() {
	driver_load giveto
	pciback_load "hide=($nic)($one)($two)"
}

# domain_made: in $domid.
domain_made() {
	guest_vacant user
	domid=$(xl domid user)
	backend=/local/domain/0/backend/pci/$domid
	defer xenstore-rm "$backend"
}

# plug N BDF: before the guest is built, or to one that runs, which is the same.
plug() {
	giveto give "$2" $DOMID_IO
	if [[ -e $PCI/$2/reset ]]; then
		write_attr "$PCI/$2/reset" 1
	else
		write_attr "$PCIBACK/do_flr" "$2" || note "do_flr of $2 ends with an error"
	fi
	giveto give "$2" "$domid"
	xenstore-write "$backend/0/dev-$1" "$2"
}

unplug() {
	giveto take "$2" "$domid"
	xenstore-rm "$backend/0/dev-$1"
}

# expect_left_to BDF: its guest has it, and the driver knows as much as it can.
expect_left_to() {
	expect_eq "owner of $1" unknown "$(of "$1" owner)"
	expect_eq "isolation of $1" guest "$(of "$1" isolation)"
	expect_errno EBUSY "$PCIBACK/return" "$1"
	expect_eq "power state of $1" D0 "$(<"$PCI/$1/power_state")"
}

test_a_guest_has_it_until_it_ends() {
	begin
	domain_made
	plug 0 "$nic"
	expect_left_to "$nic"
	write_attr "$PCIBACK/permissive" "$nic"
	setpci -s "$nic" COMMAND=4:4 CACHE_LINE_SIZE=10
	monitor_start
	now guest_paused_end user
	lab-wait 30 grep -q -x 0 "$PCI/$nic/pciback/reset_result" || fail "not reset: $(of "$nic" reset_result)"
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 30 sh -c '[ "$(setpci -s "$1" CACHE_LINE_SIZE)" = 00 ]' sh "$nic" || fail "what its guest has set is there still"
	await_state "$nic" idle
	expect_eq "owner" "" "$(of "$nic" owner)"
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	expect_eq "bus mastering" 0 "$((0x$(setpci -s "$nic" COMMAND) & 4))"
	expect_eq "permissive" "" "$(<"$PCIBACK/permissive")"
}

test_unplugged_from_one_and_plugged_into_another() {
	begin
	domain_made
	plug 0 "$nic"
	unplug 0 "$nic"
	expect_eq "owner" "" "$(of "$nic" owner)"
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	plug 0 "$nic"
	expect_left_to "$nic"
}

# Neither has a reset of its own, and the bus is another guest's.
test_no_bus_reset_while_a_guest_has_a_neighbour() {
	begin
	domain_made
	plug 0 "$one"
	! write_attr "$PCIBACK/do_flr" "$two" || fail "$two was reset, with $one"
	expect_left_to "$one"
}

# Its host goes on without the guest: the function is dom0's, and works.
test_returned_to_dom0() {
	driver_load e1000e
	begin
	domain_made
	plug 0 "$nic"
	unplug 0 "$nic"
	giveto give "$nic" $DOMID_IO
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

run_tests
