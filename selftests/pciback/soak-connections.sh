# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Connections are made and destroyed, at any moment of their lives, again and again:
# nothing of them is left.
#
# only by name: ten minutes
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --timeout 3600

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/stock.sh
source /lab/lib/stock.sh

nic=0000:00:05.0

# connections COUNT
connections() {
	local n
	for ((n = 0; n < $1; n++)); do
		loop_create "$nic"
		a_moment 500
		loop_destroy
		await_state "$nic" idle
	done
}

test_connections_leave_nothing() {
	note "seed $((RANDOM = $$))"
	pciback_load "hide=($nic)"
	loop_load
	# A connection holds a grant: they are counted.
	loop_create "$nic"
	await 20 loop_connected || fail "no connection: state $(loop_state)"
	stock_take "$TEST_DIR/connected"
	expect_line 'grants [1-9][0-9]*' "what a connection holds" <"$TEST_DIR/connected"
	loop_destroy
	await_state "$nic" idle
	soak 1000 connections
}

run_tests
