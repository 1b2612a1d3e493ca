# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Level-triggered interrupts: an e1000 and an rtl8139, which have nothing else, in
# one guest at once, then in two guests side by side.
#
# lab: --net n0
# lab: --net n1
# lab: --pci e1000,addr=0x5,netdev=n0
# lab: --pci rtl8139,addr=0x6,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

old=0000:00:05.0 rtl=0000:00:06.0

# Neither can be reset here: without reset_policy each could be given only once.
test_both_are_seized() {
	modprobe xen-pciback "hide=($old)($rtl)" reset_policy=warn
	defer pciback_unload
	expect_eq seized "$old $rtl" "$(seized)"
	keep
}

# stand_ins: the functions whose line dom0 answers for, on one line.
stand_ins() {
	grep -o 'pciback\[[^]]*\]' /proc/interrupts | tr -d '[]' | sed 's/^pciback//' | sort | paste -s -d' '
}

# expect_intx GUEST BDF DRIVER: in the guest, at BDF, by a line whose count rose.
expect_intx() {
	local before after
	read -r before after < <(guest_said "$1" | sed -n "s/^intx $2 $3 //p")
	expect_ge "interrupts of $3 in $1 (before: ${before:-none})" $((${before:-0} + 3)) "${after:-0}"
	guest_said "$1" | expect_line "works $2 $3" "lease and ping"
}

test_two_functions_in_one_guest() {
	guest_start both nics.sh --vcpus 2 "pci=[\"$old\",\"$rtl\"]"
	guest_reaches both ready
	expect_intx both 0000:00:00.0 e1000
	expect_intx both 0000:00:01.0 8139cp
	expect_eq "handlers that stand in for the guest's" "$old $rtl" "$(stand_ins)"
	guest_tell both shutdown
	guest_ends both 0
	expect_eq "handlers afterwards" "" "$(stand_ins)"
}

test_two_guests_side_by_side() {
	guest_start one nics.sh "pci=[\"$old\"]"
	guest_start two nics.sh "pci=[\"$rtl\"]"
	guest_reaches one ready
	guest_reaches two ready
	expect_intx one 0000:00:00.0 e1000
	expect_intx two 0000:00:00.0 8139cp
	guest_tell one shutdown
	guest_ends one 0
	# The other has noticed nothing.
	guest_tell two again
	guest_reaches two again
	guest_tell two shutdown
	guest_ends two 0
}

# is_held_back BDF: does not use its line, whatever it would say.
is_held_back() {
	(($((16#$(setpci -s "$1" COMMAND))) & 0x400))
}

# The line is shared: were it lost, so would be others' devices.
test_an_interrupt_that_nobody_takes() {
	local mark
	mark=$(dmesg_mark)
	is_held_back "$old" || fail "$old is idle, and may use its line"
	guest_start early early.sh "pci=[\"$old\"]"
	guest_reaches early raised
	lab-wait 20 sh -c "[ \$((0x\$(setpci -s $old COMMAND) & 0x400)) != 0 ]" || fail "$old is not held back"
	dmesg_since "$mark" | expect_line "pciback $old: no guest takes its interrupts: held back" "kernel log"
	guest_tell early drive
	guest_reaches early works
	! is_held_back "$old" || fail "$old is still held back"
	guest_tell early shutdown
	guest_ends early 0
	await_state "$old" idle
	is_held_back "$old" || fail "$old is idle again, and may use its line"
	dmesg_since "$mark" | expect_no "nobody cared" "kernel log"
}

test_unloads() {
	pciback_unload
	keep
}

run_tests
