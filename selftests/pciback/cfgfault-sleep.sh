# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions that forget everything in D3hot, and such as do not answer for a while: what
# the host set up is there again afterwards, whatever the guest, the host or the kernel
# does in between, and nobody in dom0 waits long.
#
# Most connections are ones of dom0 with itself.
#
# lab: --net n0
# lab: --pci igb,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh
# shellcheck source=../lib/probe.sh
source /lab/lib/probe.sh

nic=0000:00:05.0
COMMAND=4 MEMORY=0x2 MASTER=0x4 FLR=0x8000

sleep_begin() {
	cfgfault_load "$nic" "$@"
	setpci -s "$nic" COMMAND=2:2
	PMCSR=$(($(capability_of "$nic" 'Power Management') + 4))
	DEVCTL=$(($(capability_of "$nic" Express) + 8))
	pciback_load "hide=($nic)"
}

connect() {
	loop_connect "$nic"
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	held >"$TEST_DIR/held"
}

# held: COMMAND, device control and the regions' addresses, of the function itself.
held() {
	echo "COMMAND $(setpci -s "$nic" COMMAND)"
	echo "device control $(setpci -s "$nic" CAP_EXP+8.w)"
	setpci -s "$nic" 10.L 14.L 18.L 1c.L 20.L 24.L | paste -s -d' '
}

expect_held() {
	held >"$TEST_DIR/holds"
	expect_same "what $nic holds" "$TEST_DIR/held" "$TEST_DIR/holds"
}

power() {
	loop_ask 1 0 0 0 "$PMCSR" 2 "$1" || :
}

flr() {
	loop_ask 1 0 0 0 "$DEVCTL" 2 $(($(loop_get "$DEVCTL" 2) | FLR)) || :
}

# What a chip forgets that was told to reset itself inside, and its driver writes back.
test_the_guests_driver_resets_its_chip() {
	local bars
	sleep_begin
	connect
	bars=$(setpci -s "$nic" 10.L 14.L 18.L 1c.L)
	setpci -s "$nic" COMMAND=0 10.L=0 14.L=0 18.L=0 1c.L=0
	expect_eq "forgotten" 00000000 "$(setpci -s "$nic" 10.L)"
	loop_put 16 4 $((16#${bars%%$'\n'*}))
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	expect_held
}

# Xen restores no vectors of what decodes nothing, and the kernel warns where it is asked to.
test_a_function_refuses_to_decode() {
	local mark n lines
	sleep_begin
	connect
	loop_ask 4 0 0 0 0 0 2 0 1
	[[ $answer == '0 '* ]] || fail "no MSI-X: '$answer'"
	held >"$TEST_DIR/held"
	mark=$(dmesg_mark)
	fault stuck 2
	setpci -s "$nic" COMMAND=0:2
	for ((n = 0; n < 10; n++)); do
		loop_ask 1 0 0 0 $COMMAND 2 $((MEMORY | MASTER)) || :
	done
	expect_eq "memory is decoded" 0 "$((0x$(setpci -s "$nic" COMMAND) & 2))"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_no 'cut here|WARNING|Call Trace' "the kernel log" <"$TEST_DIR/log"
	lines=$(grep -c -v 'selftest mark' "$TEST_DIR/log" || :)
	((lines <= 20)) || fail "$lines lines in the kernel log"
	fault stuck 0
	# It has some tries left of those that it may have in a minute.
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	expect_held
}

test_awake_again() {
	sleep_begin forget=1
	connect
	power 3
	power 0
	expect_held
}

test_a_guest_resets_what_sleeps() {
	sleep_begin forget=1
	connect
	power 3
	flr
	power 0
	expect_held
}

test_dom0_resets_what_sleeps_under_a_guest() {
	sleep_begin forget=1
	connect
	power 3
	write_attr "$PCIBACK/do_flr" "$nic"
	power 0
	expect_held
}

test_the_kernel_resets_what_sleeps_under_a_guest() {
	sleep_begin forget=1
	connect
	power 3
	write_attr "$PCI/$nic/reset" 1
	power 0
	expect_held
}

test_message_interrupts_of_what_sleeps_and_is_reset() {
	local mark
	sleep_begin forget=1
	connect
	loop_ask 4 0 0 0 0 0 2 0 1
	[[ $answer == '0 '* ]] || fail "no MSI-X: '$answer'"
	held >"$TEST_DIR/held"
	mark=$(dmesg_mark)
	power 3
	flr
	flr
	dmesg_since "$mark" | expect_no 'WARNING|Call Trace' "kernel log"
	expect_held
}

test_the_kernel_resets_what_is_idle() {
	sleep_begin forget=1
	connect
	now loop_destroy
	now rmmod rawfront
	await_state "$nic" idle
	expect_eq "power state" D3hot "$(<"$PCI/$nic/power_state")"
	write_attr "$PCI/$nic/reset" 1
	cp "$TEST_DIR/held" "$TEST_DIR/before"
	connect
	cp "$TEST_DIR/before" "$TEST_DIR/held"
	expect_held
}

test_it_does_not_answer_when_it_is_put_to_sleep() {
	sleep_begin
	connect
	fault away 1
	power 3
	fault away 0
	power 0
	expect_held
}

test_it_does_not_answer_when_it_is_awakened() {
	sleep_begin
	connect
	power 3
	fault away 1
	power 0
	fault away 0
	power 0
	expect_held
}

# The kernel would wait a minute for each way of resetting it.
test_a_guest_resets_what_does_not_answer() {
	local began status=0
	sleep_begin
	connect
	began=$SECONDS
	fault away 1
	defer fault away 0
	flr
	ends_within 15 setpci -s "$nic" VENDOR_ID || status=$?
	((status == 0)) || fail "dom0 cannot look at $nic after $((SECONDS - began)) s (status $status); $(hanging | paste -s -d';')"
	flr
	flr
	ends_within 15 setpci -s "$nic" VENDOR_ID || fail "dom0 cannot look at $nic after $((SECONDS - began)) s, the guest trying again"
	fault away 0
	now loop_destroy
	await_state "$nic" idle
}

test_it_comes_back_late_from_a_reset() {
	sleep_begin
	connect
	fault flr_away_ms 1500
	flr
	fault flr_away_ms 0
	lab-wait 30 sh -c "[ \$(setpci -s $nic VENDOR_ID) = 8086 ]" || fail "$nic does not come back"
	expect_held
}

# The PCI core takes a lock of its own for that, which others have when they want the
# function's.
test_what_sleeps_is_awakened_before_its_lock_is_taken() {
	sleep_begin
	connect
	power 3
	probe wake p pci_set_power_state
	probe lock p pci_dev_trylock
	trace_clear
	flr
	note "$(trace_names | paste -s -d' ')"
	expect_eq "the first of both" wake "$(trace_names | head -n 1)"
	expect_ge "locks taken" 1 "$(trace_count lock)"
}

# It does not come back for what the guest has begun, and what it has not.
test_what_is_put_back_begins_nothing() {
	local bist=15
	sleep_begin
	connect
	probe bist p 'pci_write_config_byte where=%si:s32' "where == $bist"
	trace_clear
	loop_put $bist 1 0x40
	expect_eq "self tests, the guest's own" 1 "$(trace_count bist)"
	write_attr "$PCIBACK/do_flr" "$nic"
	power 3
	power 0
	expect_eq "self tests after a reset and a sleep" 1 "$(trace_count bist)"
}

test_a_request_size_is_put_back_only_if_the_guest_has_set_one() {
	sleep_begin
	connect
	probe size p pcie_set_readrq
	loop_put "$DEVCTL" 1 $((16#$(setpci -s "$nic" CAP_EXP+8.b) | 0x10))
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq "request sizes set, of a byte that has none" 0 "$(probe_hits size)"
	loop_put "$DEVCTL" 2 $((16#$(setpci -s "$nic" CAP_EXP+8.w) & 0x0fff | 0x2000))
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_ge "request sizes set, of what the guest has set" 1 "$(probe_hits size)"
}

# has_begun: the write that follows a read, or the look whether anybody is there at all.
has_begun() {
	(($(seen writes) >= 1 || $(seen reads) >= 2))
}

# What it holds is read while it is away, and written when it is back: the enable bit of
# power events, which is the host's, in the same byte as the data select, which is the guest's.
test_it_is_away_for_a_read_and_back_for_the_write() {
	local pid
	sleep_begin
	connect
	setpci -s "$nic" CAP_PM+5.b=1:1
	expect_eq "power events, written" 1 "$((16#$(setpci -s "$nic" CAP_PM+5.b) & 1))"
	setpci -s "$nic" CAP_PM+5.b=0:1
	defer fault away 0
	defer fault delay_us 0
	fault away 1
	fault delay_us 300000
	fault seen 0
	loop_ask 1 0 0 0 $((PMCSR + 1)) 1 2 &
	pid=$!
	await 20 has_begun || fail "the guest's write does not come: $(<"$CFGFAULT/seen")"
	fault away 0
	wait "$pid" || :
	lab-wait 10 sh -c '! grep -l ring_work /proc/[0-9]*/stack' || fail "it is still at it"
	fault delay_us 0
	note "$(<"$CFGFAULT/seen"); power state $(setpci -s "$nic" CAP_PM+4.w)"
	expect_eq "power events, which the guest may not switch" 0 "$((16#$(setpci -s "$nic" CAP_PM+5.b) & 1))"
}

run_tests
