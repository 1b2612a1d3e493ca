# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A xenstore in which one transaction in three comes to nothing and has to be tried again:
# connection, hotplug and release come to the same end.
#
# only by name: everything that anybody does takes several tries, and longer
#
# lab: --xenstored ocaml
# lab: --file selftests/lib/oxenstored-eagain.conf:/etc/xen/oxenstored.conf
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 edu=0000:00:06.0

refused_transactions() {
	grep -c EAGAIN /run/xenstored-access.log || :
}

test_connections_come_and_go() {
	local n before
	pciback_load "hide=($nic)" reset_policy=warn
	loop_load
	defer loop_destroy
	before=$(refused_transactions)
	for n in {1..20}; do
		loop_create "$nic"
		await 20 loop_connected || fail "round $n: no connection: state $(loop_state)"
		loop_destroy
		await_state "$nic" idle
	done
	expect_ge "transactions that had to be tried again" $((before + 1)) "$(refused_transactions)"
}

test_functions_come_and_go_while_a_guest_runs() {
	local n
	pciback_load "hide=($nic)($edu)" reset_policy=warn
	guest_start plug hotplug.sh 'passthrough="enabled"' e820_host=1
	guest_reaches plug ready
	for n in 1 2 3; do
		xl pci-attach plug "$nic"
		expect_seen plug "0000:00:00.0=8086:10d3"
		xl pci-attach plug "$edu"
		expect_seen plug "0000:00:00.0=8086:10d3 0000:00:01.0=1234:11e8"
		xl pci-detach plug "$edu"
		expect_seen plug "0000:00:00.0=8086:10d3"
		xl pci-detach plug "$nic"
		expect_seen plug ''
	done
	xl pci-attach plug "$nic"
	expect_seen plug "0000:00:00.0=8086:10d3"
	guest_tell plug lease-1
	guest_reaches plug leased-1
	guest_tell plug shutdown
	guest_ends plug 0
	await_state "$nic" idle
}

test_domains_are_destroyed_at_once() {
	local n
	pciback_load "hide=($nic)($edu)" reset_policy=warn
	for n in {1..5}; do
		guest_paused "user$n" "$nic" "$edu"
		now guest_paused_end "user$n"
		await_state "$nic" idle
		await_state "$edu" idle
	done
}

run_tests
