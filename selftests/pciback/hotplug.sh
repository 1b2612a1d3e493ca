# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions that come and go while a guest runs, and a frontend that does.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6
# lab: --pci pci-testdev,addr=0x7

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 edu=0000:00:06.0 testdev=0000:00:07.0
as_nic=8086:10d3 as_edu=1234:11e8 as_testdev=1b36:0005

expect_state() {
	expect_eq "state of $1" "$2" "$(<"$PCI/$1/pciback/state")"
}

expect_idle() {
	lab-wait 20 grep -q -x idle "$PCI/$1/pciback/state" || fail "$1 is $(<"$PCI/$1/pciback/state"), not idle"
}

backend() {
	xenstore-read "/local/domain/0/backend/pci/$(xl domid plug)/0/$1"
}

# expect_connection STATE: of the backend, once it has settled.
expect_connection() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 20 sh -c '[ "$(xenstore-read "$1")" = "$2" ]' \
		sh "/local/domain/0/backend/pci/$(xl domid plug)/0/state" "$1" ||
		fail "the connection is in state $(backend state), wanted $1"
}

test_a_guest_without_any() {
	pciback_load "hide=($nic)($edu)($testdev)" reset_policy=warn
	guest_start plug hotplug.sh 'passthrough="enabled"' e820_host=1
	guest_reaches plug ready
	expect_seen plug ''
	keep
}

test_the_first_one_brings_the_bus() {
	xl pci-attach plug "$nic"
	expect_seen plug "0000:00:00.0=$as_nic"
	expect_state "$nic" assigned
	guest_tell plug lease-1
	guest_reaches plug leased-1
	keep
}

test_two_more() {
	xl pci-attach plug "$edu"
	expect_seen plug "0000:00:00.0=$as_nic 0000:00:01.0=$as_edu"
	xl pci-attach plug "$testdev"
	expect_seen plug "0000:00:00.0=$as_nic 0000:00:01.0=$as_edu 0000:00:02.0=$as_testdev"
	keep
}

# The toolstack numbers its keys anew.
test_the_middle_one_leaves() {
	xl pci-detach plug "$edu"
	expect_seen plug "0000:00:00.0=$as_nic 0000:00:02.0=$as_testdev"
	expect_idle "$edu"
	expect_state "$nic" assigned
	expect_eq "num_devs" 2 "$(backend num_devs)"
	keep
}

test_it_comes_back_where_the_owner_wants_it() {
	xl pci-attach plug "$edu@0a"
	expect_seen plug "0000:00:00.0=$as_nic 0000:00:02.0=$as_testdev 0000:00:0a.0=$as_edu"
	keep
}

test_one_that_is_not_there_does_no_harm() {
	xl pci-attach plug 0000:00:1e.0 && fail "what is not there was attached"
	expect_connection 4
	expect_state "$nic" assigned
}

# The toolstack's keys as it writes them, for a function that is not ours.
test_one_that_cannot_be_given_fails_alone() {
	local dir n
	dir=/local/domain/0/backend/pci/$(xl domid plug)/0
	n=$(backend num_devs)
	xenstore-write "$dir/dev-$n" 0000:00:1f.0 "$dir/state-$n" 1 "$dir/num_devs" "$((n + 1))" "$dir/state" 7
	lab-wait 20 xenstore-read "$dir/error-$n" || fail "no word of why"
	expect_connection 4
	expect_eq "error" "not seized by pciback" "$(backend "error-$n")"
	expect_state "$nic" assigned
	xenstore-rm "$dir/dev-$n"
	xenstore-rm "$dir/state-$n"
	xenstore-rm "$dir/error-$n"
	xenstore-write "$dir/num_devs" "$n"
}

test_the_frontend_comes_again() {
	guest_tell plug leave-1
	guest_reaches plug left
	expect_seen plug ''
	expect_connection 2
	expect_state "$nic" assigned
	guest_tell plug return-1
	expect_seen plug "0000:00:00.0=$as_nic 0000:00:02.0=$as_testdev 0000:00:0a.0=$as_edu"
	guest_tell plug lease-2
	guest_reaches plug leased-2
	keep
}

test_all_leave_in_another_order() {
	xl pci-detach plug "$testdev"
	xl pci-detach plug "$nic"
	expect_seen plug "0000:00:0a.0=$as_edu"
	xl pci-detach plug "$edu"
	expect_seen plug ''
	expect_idle "$nic"
	expect_idle "$edu"
	expect_idle "$testdev"
	keep
}

test_the_guest_ends() {
	guest_tell plug shutdown
	guest_ends plug 0
	pciback_unload
	keep
}

run_tests
