# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What people write in pci=, as xl makes something else of it for the backend.
#
# only by name: xl waits ten seconds for each guest that never runs
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# expect_given ENTRY [PLACE]: to a guest that has this in its pci=; until the test ends.
expect_given() {
	pciback_load "hide=($nic)"
	guest_paused user "$1"
	await_state "$nic" assigned
	[[ -z ${2:-} ]] || expect_eq "guest_bdf" "$2" "$(of "$nic" guest_bdf)"
}

test_all_options_at_once() {
	expect_given "$nic,permissive=1,msitranslate=0,power_mgmt=1,rdm_policy=relaxed,seize=1"
	expect_eq permissive "$nic" "$(<"$PCIBACK/permissive")"
}

# xl reads a number there.
test_permissive_in_words_is_none() {
	expect_given "$nic,permissive=yes"
	expect_eq permissive "" "$(<"$PCIBACK/permissive")"
}

test_by_keys() {
	expect_given "bdf=$nic,vslot=5" 0000:00:05.0
}

test_without_domain_and_in_capitals() {
	expect_given "00:05.0@1F" 0000:00:1f.0
}

test_one_function_twice() {
	pciback_load "hide=($nic)"
	guest_refused '.*(already|not) assign.*' "pci=[\"$nic\",\"$nic\"]"
	await_state "$nic" idle
	expect_eq "owner" '' "$(of "$nic" owner)"
}

test_a_slot_that_there_is_not() {
	pciback_load "hide=($nic)"
	guest_refused '.*(unable to parse|unrecognized|bad|invalid).*' "pci=[\"$nic@20\"]"
	await_state "$nic" idle
}

run_tests
