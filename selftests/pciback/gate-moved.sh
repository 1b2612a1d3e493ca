# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest that takes its time over a PCI error, while its function goes to somebody else:
# what it says then is about nothing of its.
#
# The connection is one of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --net n1
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x5,x-speed=2_5
# lab: --pci e1000e,bus=rp,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:01:00.0 other=0000:00:06.0
AER=/sys/kernel/debug/rawfront/aer

# A word that a network card keeps until it is reset.
MTA=0x5200

# PCI_ERS_RESULT_*, and XEN_PCI_OP_aer_*.
CAN_RECOVER=2 NEED_RESET=3 DETECTED=6 MMIO=8

question_is() {
	local cmd
	read -r cmd _ <$AER
	[[ $cmd == "$1" ]]
}

await_question() {
	await 20 question_is "$1" || fail "the question is '$(<$AER)', wanted $1"
}

# both_connected: two functions, for a connection outlives one of them only.
both_connected() {
	setpci -s 0:05.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	pciback_load idle_d3=0 "hide=($nic)($other)"
	loop_connect "$nic" aer=1
	loop_keys write "$LOOP_BACK/dev-1" "$other" "$LOOP_BACK/state-1" 1 "$LOOP_BACK/num_devs" 2 "$LOOP_BACK/state" 7
	await 20 loop_state_is 4 || fail "the other one is not attached: state $(loop_state)"
	loop_put 4 2 2
	defer write_attr "$PCI/$nic/reset_method" default
	write_attr "$PCI/$nic/reset_method" bus
}

# detached: as the toolstack does it, with the guest's consent.
detached() {
	loop_keys write "$LOOP_BACK/state-0" 5 "$LOOP_BACK/state" 7
	await 20 loop_state_is 4 || fail "not detached: state $(loop_state)"
	await_state "$nic" idle
}

mark_it() {
	setpci -s "$nic" COMMAND=2:2
	register "$nic" $MTA 0x5a5a5a5a
	expect_eq "written" 0x5A5A5A5A "$(register "$nic" $MTA)"
}

# expect_untouched MARK: when whatever comes of the answer has come.
expect_untouched() {
	local mark=$1
	lab-wait 20 sh -c '! grep -l recover_work /proc/[0-9]*/stack' || fail "it is still at it"
	expect_eq "what the function held for its new owner" 0x5A5A5A5A "$(register "$nic" $MTA)"
	dmesg_since "$mark" | expect_no "$nic: error not recovered" "kernel log"
}

test_it_wants_a_reset_of_what_it_no_longer_has() {
	local mark
	both_connected
	lab-monitor "pcie_aer_inject_error rp COMP_ABORT"
	await_question $DETECTED
	detached
	mark_it
	mark=$(dmesg_mark)
	echo $NEED_RESET >$AER
	expect_untouched "$mark"
}

test_dom0_has_it_by_then() {
	local mark
	both_connected
	lab-monitor "pcie_aer_inject_error rp COMP_ABORT"
	await_question $DETECTED
	echo $CAN_RECOVER >$AER
	await_question $MMIO
	detached
	write_attr "$PCIBACK/return" "$nic"
	mark_it
	mark=$(dmesg_mark)
	echo $NEED_RESET >$AER
	expect_untouched "$mark"
}

# is_over MARK: in whatever way.
is_over() {
	dmesg_since "$1" | grep -q 'AER: device recovery'
}

# Its frontend has left, and may come again: nobody has recovered.
test_there_is_no_frontend() {
	local mark
	setpci -s 0:05.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	pciback_load idle_d3=0 "hide=($nic)"
	loop_connect "$nic" aer=1
	echo pci-0 >"$LOOP_DRIVER/unbind"
	loop_front 6
	await 20 loop_state_is 2 || fail "the backend is in state $(loop_state)"
	mark=$(dmesg_mark)
	lab-monitor "pcie_aer_inject_error rp COMP_ABORT"
	await 40 is_over "$mark" || fail "dom0 does not come to an end with it"
	expect_line 'nonfatal 1' "errors of $nic" <"$PCI/$nic/pciback/errors"
	lab-wait 60 sh -c '! grep -l recover_work /proc/[0-9]*/stack' || fail "it is still at it"
	expect_line 'recovered 0' "errors of $nic" <"$PCI/$nic/pciback/errors"
}

run_tests
