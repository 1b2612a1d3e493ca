# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Toolstacks that say less than others. xenopsd, call by call: it quarantines what it is to
# give, resets it, tells Xen whose it is, and writes an entry into xenstore, but no state, and
# no frontend; so Xen alone knows that a guest has it. libxl, with an HVM guest, takes
# functions off its list with a word that is gone before anybody could read it, or without.
#
# The guest that Xen knows never runs: it is enough that it has the function. The other
# connection is one of dom0 with itself.
#
# only by name: minutes
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --net n1
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --pci edu,addr=0x7
# lab: --pci pcie-root-port,id=shared,addr=0x8,chassis=1
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 second=0000:00:06.0 edu=0000:00:07.0 one=0000:01:00.0 two=0000:01:00.1

# begin [PARAMETER...]: what a host that has booted with xen-pciback.hide= has.
begin() {
	driver_load giveto
	pciback_load "hide=($nic)($one)($two)" "$@"
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
		write_attr "$PCI/$2/reset" 1 || note "$2 cannot be reset"
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
	begin takeover=1
	domain_made
	plug 0 "$nic"
	unplug 0 "$nic"
	giveto give "$nic" $DOMID_IO
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

# xl tells Xen first, and us by xenstore later.
test_who_looks_between_a_toolstacks_steps_does_no_harm() {
	begin
	guest_vacant user
	giveto give "$nic" "$(xl domid user)"
	expect_eq "state" assigned "$(of "$nic" state)"
	loop_connect "$nic"
	now loop_destroy
	await_state "$nic" idle
	expect_eq "reset" 0 "$(of "$nic" reset_result)"
}

# refused: Xen has refused to quarantine $nic, which a guest had; it has gone since, and it
# is dom0's now.
refused() {
	local mark
	driver_load giveto
	guest_vacant user
	giveto give "$nic" "$(xl domid user)"
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)"
	expect_eq "isolation" guest "$(of "$nic" isolation)"
	expect_eq "lines about it" 1 "$(dmesg_since "$mark" | grep -c "pciback $nic: not in quarantine: Xen says -16")"
	now guest_paused_end user
	await_state "$nic" idle
	giveto take "$nic" $DOMID_IO
}

# is_quarantined BDF: Xen says so, whatever the driver knows.
is_quarantined() {
	giveto take "$1" $DOMID_IO && giveto give "$1" $DOMID_IO
}

test_what_xen_refuses_is_tried_again_when_somebody_asks() {
	refused
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	is_quarantined "$nic" || fail "it is not"
}

test_and_when_another_function_is_seized() {
	refused
	write_attr "$PCIBACK/new_slot" "$edu"
	write_attr "$PCIBACK/bind" "$edu"
	is_quarantined "$nic" || fail "it is not"
}

# listed: a connection with two functions.
listed() {
	pciback_load reset_policy=warn "hide=($nic)($second)($edu)"
	loop_connect "$nic"
	add 1 "$second"
	await 20 loop_state_is 4 || fail "not connected: state $(loop_state)"
	expect_has "$nic" "$second"
}

# add N BDF: as libxl does it.
add() {
	loop_keys write "$LOOP_BACK/dev-$1" "$2" "$LOOP_BACK/state-$1" 1 "$LOOP_BACK/num_devs" $(($1 + 1)) \
		"$LOOP_BACK/state" 7
}

# expect_has BDF...: these are the guest's.
expect_has() {
	local bdf
	for bdf; do
		await_state "$bdf" assigned
		expect_eq "owner of $bdf" 0 "$(of "$bdf" owner)"
	done
}

# gone N: the entry, as libxl removes the last one.
gone() {
	loop_keys rm "$LOOP_BACK"/{dev,vdev,state}-"$1"
}

test_its_state_is_gone_before_anybody_looks() {
	listed
	loop_keys write "$LOOP_BACK/state-1" 5 "$LOOP_BACK/state" 7
	gone 1
	await_state "$second" idle
	await 20 loop_state_is 4 || fail "not connected any more: state $(loop_state)"
	expect_has "$nic"
	loop_sees 0 || fail "the other one is lost"
}

test_without_a_word() {
	listed
	gone 1
	await_state "$second" idle
	expect_has "$nic"
	loop_sees 0 || fail "the other one is lost"
}

# The one behind it gets its number.
test_the_first_one_and_others_are_renumbered() {
	listed
	loop_keys write "$LOOP_BACK/dev-0" "$second" "$LOOP_BACK/key-0" "$second" "$LOOP_BACK/num_devs" 1
	await_state "$nic" idle
	expect_has "$second"
	loop_sees 8 || fail "the other one is lost"
}

test_another_takes_its_place_at_once() {
	listed
	add 1 "$edu"
	await_state "$second" idle
	await 20 loop_state_is 4 || fail "not connected any more: state $(loop_state)"
	expect_has "$nic" "$edu"
}

# Written one by one, they are read between the writes.
test_renumbering_takes_nothing_that_stays() {
	local n mark
	listed
	mark=$(dmesg_mark)
	for n in {1..40}; do
		loop_keys write "$LOOP_BACK/dev-0" "$second" "$LOOP_BACK/dev-1" "$nic"
		loop_keys write "$LOOP_BACK/dev-0" "$nic" "$LOOP_BACK/dev-1" "$second"
	done
	expect_has "$nic" "$second"
	dmesg_since "$mark" | expect_no 'taken from' "kernel log"
}

test_all_of_them() {
	listed
	loop_keys write "$LOOP_BACK/num_devs" 0
	gone 1
	gone 0
	await_state "$nic" idle
	await_state "$second" idle
}

run_tests
