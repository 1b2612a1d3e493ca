# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest whose function does not come back, or takes its time: nobody else in dom0 waits for
# it, and what the kernel says of it is a part of what the guest may have written, twenty
# lines a minute.
#
# Connections are ones of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --net n1
# lab: --net n2
# lab: --pci igb,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x7,x-speed=2_5
# lab: --pci igb,bus=rp,netdev=n2

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh
# shellcheck source=../lib/probe.sh
source /lab/lib/probe.sh

igb=0000:00:05.0 nic=0000:00:06.0 card=0000:01:00.0
COMMAND=4 MEMORY=0x2 FLR=0x8000

# What a guest is asked and says of PCI errors: XEN_PCI_OP_aer_detected, PCI_ERS_RESULT_NEED_RESET.
AER=/sys/kernel/debug/rawfront/aer
DETECTED=6 NEED_RESET=3

away_begin() {
	cfgfault_load "$igb"
	defer fault away 0
	PMCSR=$(($(capability_of "$igb" 'Power Management') + 4))
	DEVCTL=$(($(capability_of "$igb" Express) + 8))
	pciback_load idle_d3=0 reset_policy=warn "hide=($igb)($nic)"
	loop_connect "$igb"
	loop_put $COMMAND 2 $MEMORY
}

flr() {
	loop_ask 1 0 0 0 "$DEVCTL" 2 $FLR || :
}

# lines_of_guest MARK: the kernel's, all of them, since then; but for the one that says how
# many there are not.
lines_of_guest() {
	dmesg_since "$1" | grep -c -v 'selftest mark\|callbacks suppressed$' || :
}

# expect_share MARK BEGAN: no more than a guest may have written since.
expect_share() {
	local lines seconds=$((SECONDS - $2))
	lines=$(lines_of_guest "$1")
	note "$lines lines in $seconds s: $(dmesg_since "$1" | sed 's/[0-9]\+/N/g' | sort | uniq -c | sort -n | tail -n 3 | paste -s -d';')"
	((lines <= 20 * (seconds / 60 + 1))) || fail "$lines lines in dom0's log in $seconds s"
}

# The guest resets its function, which is away then, and ends; another connection is begun.
ends_and_another_begins() {
	is_at "$1" || fail "nobody is at $1"
	loop_front 5
	within 20 loop_destroy
	expect_eq "who has $igb" assigned "$(of "$igb" state)"
	loop_create "$nic"
	await 20 loop_connected || fail "no other connection: state $(loop_state)"
	is_at "$1" || fail "$1 has ended meanwhile, so nothing is shown"
	fault away 0
	# The kernel looks for it again after a while that doubles each time.
	lab-wait 150 grep -qx idle "$PCI/$igb/pciback/state" || fail "$igb is $(of "$igb" state)"
	now loop_destroy
}

test_a_guest_ends_whose_function_does_not_come_back_from_a_reset() {
	away_begin
	fault flr_away_ms 120000
	flr &
	await 20 is_at pci_dev_wait || fail "nobody waits for $igb"
	ends_and_another_begins pci_dev_wait
}

test_the_host_wants_another_function_of_that_guest() {
	local began
	away_begin
	loop_keys write "$LOOP_BACK/dev-1" "$nic" "$LOOP_BACK/state-1" 1 "$LOOP_BACK/num_devs" 2 "$LOOP_BACK/state" 7
	await 20 loop_state_is 4 || fail "$nic is not attached: state $(loop_state)"
	fault flr_away_ms 20000
	flr &
	await 20 is_at pci_dev_wait || fail "nobody waits for $igb"
	began=$SECONDS
	within 60 write_attr "$PCIBACK/unbind" "$nic"
	note "$((SECONDS - began)) s"
	expect_driver "$nic" none
}

test_resets_that_take_long() {
	local mark began i
	away_begin
	fault flr_away_ms 1100
	mark=$(dmesg_mark)
	began=$SECONDS
	for ((i = 0; i < 40; i++)); do
		flr
	done
	expect_share "$mark" "$began"
}

test_a_frontend_comes_and_goes_while_its_function_is_away() {
	local mark began i
	away_begin
	loop_put "$PMCSR" 2 3
	fault away 1
	mark=$(dmesg_mark)
	began=$SECONDS
	for ((i = 0; i < 30; i++)); do
		echo pci-0 >"$LOOP_DRIVER/unbind"
		loop_front 1
		echo pci-0 >"$LOOP_DRIVER/bind"
		await 20 loop_state_is 4 || fail "no connection again: state $(loop_state)"
	done
	expect_share "$mark" "$began"
}

test_power_states_of_what_is_away() {
	local mark began i
	away_begin
	fault away 1
	mark=$(dmesg_mark)
	began=$SECONDS
	for ((i = 0; i < 60; i++)); do
		loop_ask 1 0 0 0 "$PMCSR" 2 3 || :
		loop_ask 1 0 0 0 "$PMCSR" 2 0 || :
	done
	expect_share "$mark" "$began"
}

# Somebody has the line who shares it with nobody. Drivers go back to it without a word when
# they switch message interrupts off.
test_a_line_that_cannot_be_had() {
	local mark began i
	pciback_load idle_d3=0 "hide=($nic)"
	modprobe irqhog "device=$nic"
	defer modprobe -r irqhog
	loop_connect "$nic"
	loop_put $COMMAND 2 $MEMORY
	mark=$(dmesg_mark)
	began=$SECONDS
	for ((i = 0; i < 60; i++)); do
		loop_ask 3 0 0 0 0 0 0 || :
	done
	expect_share "$mark" "$began"
}

question_is() {
	local cmd
	read -r cmd _ <$AER
	[[ $cmd == "$1" ]]
}

# recovering: a guest has $card and $nic; an error of $card was none for dom0, and its guest
# wants it reset, from which it does not come back.
recovering() {
	# This machine's firmware keeps what happens below a port to itself.
	setpci -s 0:07.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	cfgfault_load "$card"
	defer fault away 0
	pciback_load idle_d3=0 reset_policy=warn "hide=($card)($nic)"
	loop_connect "$card" aer=1
	loop_keys write "$LOOP_BACK/dev-1" "$nic" "$LOOP_BACK/state-1" 1 "$LOOP_BACK/num_devs" 2 "$LOOP_BACK/state" 7
	await 20 loop_state_is 4 || fail "$nic is not attached: state $(loop_state)"
	loop_put $COMMAND 2 $MEMORY
	fault flr_away_ms 300000
	lab-monitor "pcie_aer_inject_error rp COMP_ABORT"
	await 20 question_is $DETECTED || fail "the question is '$(<$AER)'"
	echo $NEED_RESET >$AER
	await 40 is_at pci_dev_wait || fail "nobody resets $card"
}

# The kernel would go on with the next way, which takes as long, and the port's lock.
test_recovery_tries_one_way_to_reset_and_no_other() {
	[[ $(<"$PCI/$card/reset_method") == flr*bus* ]] || fail "ways to reset $card: $(<"$PCI/$card/reset_method")"
	recovering
	probe bus_resets p pcibios_reset_secondary_bus
	lab-wait 300 grep -q -x 'isolated 1' "$PCI/$card/pciback/errors" || fail "errors of $card: $(paste -s -d' ' "$PCI/$card/pciback/errors")"
	expect_eq "resets of its bus" 0 "$(probe_hits bus_resets)"
	# They would have been seen.
	fault flr_away_ms 0
	fault away 0
	lab-wait 60 grep -q -x idle "$PCI/$card/pciback/state" || fail "$card is $(of "$card" state)"
	defer write_attr "$PCI/$card/reset_method" default
	write_attr "$PCI/$card/reset_method" bus
	write_attr "$PCIBACK/do_flr" "$card"
	expect_ge "resets of its bus that were asked for" 1 "$(probe_hits bus_resets)"
}

# A page that cannot be mapped, offered again as fast as the backend looks.
test_pages_that_there_are_not() {
	local mark began i
	pciback_load "hide=($nic)"
	loop_connect "$nic"
	echo pci-0 >"$LOOP_DRIVER/unbind"
	mark=$(dmesg_mark)
	began=$SECONDS
	for ((i = 0; i < 150; i++)); do
		loop_keys write "$LOOP_FRONT/pci-op-ref" 7654321 "$LOOP_FRONT/event-channel" 1 "$LOOP_FRONT/magic" 7
		loop_front 2
		a_moment 30
		loop_front 3
		a_moment 30
	done
	expect_share "$mark" "$began"
	# And it can still be had.
	loop_front 1
	echo pci-0 >"$LOOP_DRIVER/bind"
	await 90 loop_connected || fail "no connection afterwards: state $(loop_state)"
}

# The kernel knows such.
test_a_space_of_another_size() {
	cfgfault_load "$igb"
	fault cfg_size 1536
	pciback_load "hide=($igb)"
	expect_driver "$igb" pciback
	loop_connect "$igb"
	expect_eq "its vendor" 0x8086 "$(loop_get 0 2)"
	loop_ask 0 0 0 0 1536 4 0
	[[ $answer != '0 '* ]] || fail "there is something beyond its end: '$answer'"
}

run_tests
