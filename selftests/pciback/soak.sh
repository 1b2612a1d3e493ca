# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Guests and connections are made and destroyed, at any moment of their lives, again
# and again: nothing of them is left.
#
# only by name: an hour
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --timeout 7000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/stock.sh
source /lab/lib/stock.sh

nic=0000:00:05.0

# soak CYCLES FUNCTION: the first tenth fills what is kept for later use.
soak() {
	local cycles=$1 n warm=$(($1 / 10)) grown
	for ((n = 0; n < cycles; n++)); do
		if ((n == warm)); then
			stock_take "$TEST_DIR/before"
		fi
		"$2"
		await_state "$nic" idle
	done
	stock_take "$TEST_DIR/after"
	note "$cycles cycles; $(grep -v slab: "$TEST_DIR/after" | paste -s -d' ')"
	grown=$(stock_grown "$TEST_DIR/before" "$TEST_DIR/after" "$((cycles - warm))" | paste -s -d';')
	[[ -z $grown ]] || fail "left behind by $((cycles - warm)) cycles: $grown"
}

# a_moment MILLISECONDS: at most.
a_moment() {
	local ms=$((RANDOM % $1))
	read -r -t "$((ms / 1000)).$(printf %03d $((ms % 1000)))" <> <(:) || :
}

connection() {
	loop_create "$nic"
	a_moment 500
	loop_destroy
}

test_connections_leave_nothing() {
	note "seed $((RANDOM = $$))"
	pciback_load "hide=($nic)"
	loop_load
	soak 1000 connection
}

guest() {
	xl create -q -p "$TEST_DIR/guest.cfg" || fail "guest could not be made"
	xl unpause guest
	a_moment 12000
	xl destroy guest
}

test_guests_leave_nothing() {
	pciback_load "hide=($nic)"
	# What the lab makes for one guest serves all.
	guest_start first idle.sh "pci=[\"$nic\"]"
	guest_reaches first ready
	guest_tell first shutdown
	guest_ends first 0
	printf '%s\n' "name='guest'" "type='pv'" "kernel='/lab/guest/vmlinuz'" "ramdisk='/run/lab/guests/first/initrd'" \
		'memory=384' "pci=['$nic']" "on_poweroff='destroy'" "on_crash='destroy'" >"$TEST_DIR/guest.cfg"
	soak 300 guest
}

run_tests
