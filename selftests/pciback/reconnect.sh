# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Frontends that leave and come again, each in its own way: Linux's pcifront, mini-os's
# protocol, one that starts over without a word, as after kexec, and one that only leaves.
# And NetBSD's, which comes once, and early.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 edu=0000:00:06.0

test_pcifront_is_unloaded_and_loaded() {
	local n
	pciback_load "hide=($nic)"
	guest_start plug hotplug.sh "pci=[\"$nic\"]"
	guest_reaches plug ready
	expect_seen plug "0000:00:00.0=8086:10d3"
	for n in 1 2 3; do
		guest_tell plug "leave-$n"
		expect_seen plug ''
		guest_tell plug "return-$n"
		expect_seen plug "0000:00:00.0=8086:10d3"
		expect_eq "owner" "$(xl domid plug)" "$(of "$nic" owner)"
	done
	guest_tell plug lease-1
	guest_reaches plug leased-1
	guest_tell plug shutdown
	guest_ends plug 0
}

# loop_begin: a connection, and its frontend.
loop_begin() {
	pciback_load "hide=($nic)"
	loop_connect "$nic"
}

loop_front_is() {
	loop_value_is $LOOP_FRONT/state "$1"
}

# Toolstacks write it for one guest, and never take it back.
test_permissive_ends_with_its_guest() {
	loop_begin
	write_attr "$PCIBACK/permissive" "$nic"
	loop_over
	expect_eq "permissive, as long as the guest has it" "$nic" "$(<"$PCIBACK/permissive")"
	now loop_destroy
	await_state "$nic" idle
	expect_eq "permissive, without a guest" "" "$(<"$PCIBACK/permissive")"
}

test_a_frontend_starts_over_without_a_word() {
	local n
	loop_begin
	for n in 1 2 3; do
		note "round $n"
		loop_over
	done
	expect_eq "owner" 0 "$(of "$nic" owner)"
}

# Ours and the frontend's in turn: Closing, Closed, and then as in the beginning.
test_a_frontend_closes_first_and_waits_to_see_it() {
	local n
	loop_begin
	for n in 1 2; do
		echo pci-0 >$LOOP_DRIVER/unbind
		loop_front 5
		await 20 loop_state_is 5 || fail "round $n: state $(loop_state), not closing"
		loop_front 6
		await 20 loop_state_is 6 || fail "round $n: state $(loop_state), not closed"
		await 20 loop_state_is 2 || fail "round $n: state $(loop_state), not waiting again"
		loop_front 1
		echo pci-0 >$LOOP_DRIVER/bind
		await 20 loop_connected || fail "round $n: state $(loop_state)"
	done
	expect_eq "owner" 0 "$(of "$nic" owner)"
}

# As Linux 7.1 and later do now and then: what was offered is gone, the state stays.
# expect_revived WHEN: and a frontend that starts over then is served.
expect_revived() {
	await 20 loop_front_is 1 || fail "dropped $1 we had it: state $(loop_state), not started over"
	loop_read error
	expect_eq "error" "" "$value"
	echo pci-0 >$LOOP_DRIVER/bind
	await 20 loop_connected || fail "no connection after that: state $(loop_state)"
	expect_eq "lines about it" 1 "$(dmesg_since "$mark" | grep -c "domain 0: its frontend left without a word, starting over: 0")"
	expect_eq "owner" 0 "$(of "$nic" owner)"
}

test_a_frontend_drops_its_offer_after_we_had_it() {
	local mark value
	loop_begin
	mark=$(dmesg_mark)
	echo pci-0 >$LOOP_DRIVER/unbind
	loop_front 3
	expect_revived after
}

test_a_frontend_drops_its_offer_before_we_had_it() {
	local mark value
	loop_begin
	mark=$(dmesg_mark)
	echo pci-0 >$LOOP_DRIVER/unbind
	loop_front 1
	await 20 loop_state_is 3 || fail "state $(loop_state), not waiting for an offer"
	loop_front 3
	expect_revived before
}

# NetBSD's offers itself before we wait for it, and panics at the states that are about
# functions that come and go: it sees none but what the toolstack itself sets.
states_unknown() {
	cat /sys/module/rawfront/parameters/unknown
}

knows_of_both() {
	[[ $(states_unknown) == 2 ]]
}

test_a_frontend_is_early_and_hears_nothing_of_hotplug() {
	pciback_load "hide=($nic)($edu)"
	loop_load deaf=1
	defer loop_destroy
	loop_keys write "$LOOP_BACK/frontend" $LOOP_FRONT "$LOOP_BACK/frontend-id" 0 "$LOOP_BACK/online" 1 \
		"$LOOP_BACK/num_devs" 1 "$LOOP_BACK/dev-0" "$nic" "$LOOP_BACK/state-0" 1 \
		"$LOOP_FRONT/backend" $LOOP_BACK "$LOOP_FRONT/backend-id" 0 "$LOOP_FRONT/state" 1
	await 20 loop_front_is 3 || fail "the frontend offers nothing"
	loop_keys write "$LOOP_BACK/state" 1
	await 20 loop_connected || fail "no connection: state $(loop_state)"
	expect_eq "states that it does not know" 0 "$(states_unknown)"

	loop_keys write "$LOOP_BACK/dev-1" "$edu" "$LOOP_BACK/state-1" 1 "$LOOP_BACK/num_devs" 2 "$LOOP_BACK/state" 7
	expect_eq "device id while the toolstack waits" 0x10d3 "$(loop_get 2 2)"
	loop_keys write "$LOOP_BACK/state-0" 5 "$LOOP_BACK/state" 7
	expect_eq "device id while it waits again" 0x10d3 "$(loop_get 2 2)"
	expect_eq "states" "7 4" "$(loop_state) $(loop_value $LOOP_FRONT/state; echo "$value")"
	await 10 knows_of_both || fail "of the toolstack's two it has seen $(states_unknown)"
	now loop_destroy
	await_state "$nic" idle
	await_state "$edu" idle
}

# expect_offer_refused KEYS...: a frontend offers itself once more, but for that; and is served
# when it starts over as it should.
expect_offer_refused() {
	loop_begin
	loop_front 1
	await 20 loop_state_is 3 || fail "state $(loop_state), not waiting for an offer"
	loop_keys "$@"
	loop_front 3
	await 20 loop_complains || fail "nothing is wrong with it: state $(loop_state)"
	note "$complaint"
	# The frontend closes, as it should, and the backend waits for another.
	await 30 loop_state_is 2 || fail "state $(loop_state), not waiting for another"
	echo pci-0 >$LOOP_DRIVER/unbind
	loop_front 1
	echo pci-0 >$LOOP_DRIVER/bind
	await 90 loop_connected || fail "no connection after that: state $(loop_state)"
}

test_a_frontend_offers_a_channel_that_is_none() {
	local complaint
	expect_offer_refused write $LOOP_FRONT/event-channel 0
}

test_a_frontend_speaks_something_else() {
	local complaint mark
	mark=$(dmesg_mark)
	expect_offer_refused write $LOOP_FRONT/magic 6
	expect_eq "in xenstore" "error: cannot connect: -71" "$complaint"
	dmesg_since "$mark" | expect_line "pciback pci-0-0: domain 0: cannot connect: -71 \\(frontend speaks another protocol\\)" "kernel log"
}

run_tests
