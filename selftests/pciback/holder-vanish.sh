# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions that the toolstack takes off its list without a word, or with one that is gone
# before anybody could read it, as libxl does with an HVM guest's: they are taken back, and
# the others stay.
#
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --pci edu,addr=0x7

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

one=0000:00:05.0 two=0000:00:06.0 edu=0000:00:07.0

# begin: a connection with two functions.
begin() {
	pciback_load reset_policy=warn "hide=($one)($two)($edu)"
	loop_connect "$one"
	add 1 "$two"
	await 20 loop_state_is 4 || fail "not connected: state $(loop_state)"
	expect_has "$one" "$two"
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
	begin
	loop_keys write "$LOOP_BACK/state-1" 5 "$LOOP_BACK/state" 7
	gone 1
	await_state "$two" idle
	await 20 loop_state_is 4 || fail "not connected any more: state $(loop_state)"
	expect_has "$one"
	loop_sees 0 || fail "the other one is lost"
}

test_without_a_word() {
	begin
	gone 1
	await_state "$two" idle
	expect_has "$one"
	loop_sees 0 || fail "the other one is lost"
}

# The one behind it gets its number.
test_the_first_one_and_others_are_renumbered() {
	begin
	loop_keys write "$LOOP_BACK/dev-0" "$two" "$LOOP_BACK/key-0" "$two" "$LOOP_BACK/num_devs" 1
	await_state "$one" idle
	expect_has "$two"
	loop_sees 8 || fail "the other one is lost"
}

test_another_takes_its_place_at_once() {
	begin
	add 1 "$edu"
	await_state "$two" idle
	await 20 loop_state_is 4 || fail "not connected any more: state $(loop_state)"
	expect_has "$one" "$edu"
}

# Written one by one, they are read between the writes.
test_renumbering_takes_nothing_that_stays() {
	local n mark
	begin
	mark=$(dmesg_mark)
	for n in {1..40}; do
		loop_keys write "$LOOP_BACK/dev-0" "$two" "$LOOP_BACK/dev-1" "$one"
		loop_keys write "$LOOP_BACK/dev-0" "$one" "$LOOP_BACK/dev-1" "$two"
	done
	expect_has "$one" "$two"
	dmesg_since "$mark" | expect_no 'taken from' "kernel log"
}

test_all_of_them() {
	begin
	loop_keys write "$LOOP_BACK/num_devs" 0
	await_state "$one" idle
	await_state "$two" idle
}

run_tests
