# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# HVM guests that are destroyed at any moment of their making, that are given functions while
# they stand still, and that somebody tries to save: what they had comes home.
#
# They never run: their device models have the functions all the same.
#
# only by name: a device model starts each time
# lab: --guests hvm
# lab: --xen-args iommu=no-sharept
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --timeout 1800
# seed: when they are destroyed

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

RANDOM=$(</lab/seed)
one=0000:00:05.0 two=0000:00:06.0

# hvm_config NAME XL-LINE...: prints the file's name.
hvm_config() {
	printf '%s\n' "name='$1'" "type='hvm'" 'memory=96' "vga='none'" 'nographic=1' 'vnc=0' \
		"serial='none'" "${@:2}" >"$TEST_DIR/$1.cfg"
	echo "$TEST_DIR/$1.cfg"
}

# hvm_paused NAME XL-LINE...
hvm_paused() {
	defer guest_paused_end "$1"
	xl create -q -p "$(hvm_config "$@")" || fail "guest $1 could not be made"
}

expect_given() {
	await_state "$1" assigned
	expect_eq "owner of $1" "$(xl domid user)" "$(of "$1" owner)"
}

expect_home() {
	await_state "$1" idle
	expect_eq "owner of $1" '' "$(of "$1" owner)"
	expect_eq "reset of $1" 0 "$(of "$1" reset_result)"
	expect_eq "isolation of $1" quarantined "$(of "$1" isolation)"
}

test_given_one_by_one() {
	pciback_load "hide=($one)($two)"
	hvm_paused user 'passthrough="enabled"'
	xl pci-attach user "$one"
	expect_given "$one"
	xl pci-attach user "$two"
	expect_given "$two"
	expect_given "$one"
	now guest_paused_end user
	expect_home "$one"
	expect_home "$two"
}

test_destroyed_at_any_moment() {
	local n
	pciback_load "hide=($one)($two)"
	defer guest_paused_end user
	for n in {1..6}; do
		xl create -q -p "$(hvm_config user "pci=['$one','$two']")" >"$TEST_DIR/xl" 2>&1 &
		lab-wait 60 xl domid user || fail "round $n: no domain: $(<"$TEST_DIR/xl")"
		a_moment 5000
		guest_paused_end user
		# What it says depends on when that was.
		wait "$!" || note "round $n: xl create: $?"
		guest_paused_end user
		expect_home "$one"
		expect_home "$two"
	done
}

# xl saves it, without a word about the function: what was restored from that would not
# have it.
test_saving_it_does_no_harm() {
	pciback_load "hide=($one)"
	hvm_paused user "pci=['$one']"
	expect_given "$one"
	xl save -p user /dev/null
	expect_given "$one"
	xl save user /dev/null
	lab-wait 60 sh -c '! xl domid user' || fail "it is still there"
	expect_home "$one"
}

run_tests
