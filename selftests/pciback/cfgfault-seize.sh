# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What is seized is reset behind that, each function by itself: one that hangs in its reset
# keeps nobody from any other, nobody is given it before the reset has ended, and who wants
# that very function waits. What nobody has touched since is not reset again.
#
# Connections are ones of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --net n1
# lab: --pci igb,addr=0x5,netdev=n0
# lab: --pci igb,addr=0x7,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

slow=0000:00:05.0 other=0000:00:07.0

# The first hangs in the reset that follows being seized, until let_go.
seize_both() {
	cfgfault_load "$slow"
	defer fault away 0
	fault flr_away_ms 120000
	within 30 modprobe xen-pciback "hide=($slow)($other)"
	defer pciback_unload
	# The kernel looks for it again after a while that doubles each time.
	defer let_go
	expect_driver "$slow" pciback
}

let_go() {
	fault flr_away_ms 0
	fault away 0
}

expect_hangs() {
	expect_eq "state of $slow" cleaning "$(of "$slow" state)"
}

# stands PID: it has not ended.
stands() {
	[[ -d /proc/$1 ]]
}

test_it_delays_nobody_else() {
	seize_both
	await_state "$other" idle
	expect_eq "reset_result of $other" 0 "$(of "$other" reset_result)"
	loop_connect "$other"
	now loop_destroy
	within 30 write_attr "$PCIBACK/do_flr" "$other"
	within 30 write_attr "$PCIBACK/unbind" "$other"
	expect_hangs
	within 30 write_attr "$PCIBACK/bind" "$other"
	await_state "$other" idle
	expect_hangs
}

test_it_is_told() {
	seize_both
	await_state "$other" idle
	expect_eq hide_status $'('"$slow"$') seized 1 (1 being reset)\n('"$other"') seized 1' "$(<"$PCIBACK/hide_status")"
	expect_eq "reset_result of $slow" -115 "$(of "$slow" reset_result)"
	expect_hangs
	now let_go
	lab-wait 60 grep -qx idle "$PCI/$slow/pciback/state" || fail "$slow is $(of "$slow" state)"
	expect_eq "reset_result of $slow" 0 "$(of "$slow" reset_result)"
	expect_eq hide_status $'('"$slow"$') seized 1\n('"$other"') seized 1' "$(<"$PCIBACK/hide_status")"
}

is_given() {
	[[ $(of "$slow" state) == assigned ]]
}

test_a_guest_gets_it_when_its_reset_has_ended() {
	seize_both
	loop_load
	defer loop_destroy
	loop_create "$slow"
	# Another that is asked for later has long been given by then.
	await_state "$other" idle
	within 30 write_attr "$PCIBACK/do_flr" "$other"
	expect_hangs
	! loop_connected || fail "there is a connection, with a function that is being reset"
	now let_go
	await 60 is_given || fail "$slow is $(of "$slow" state)"
	expect_eq "reset_result of $slow" 0 "$(of "$slow" reset_result)"
	await 20 loop_connected || fail "no connection: state $(loop_state)"
}

# waits_for_it COMMAND...: begins, does not end before the reset, and ends well.
waits_for_it() {
	local pid
	seize_both
	await_state "$other" idle
	"$@" &
	pid=$!
	within 30 write_attr "$PCIBACK/do_flr" "$other"
	expect_eq "state of $slow, which is waited for" 1 "$(of "$slow" state | grep -c -x 'cleaning\|gone')"
	stands "$pid" || fail "it has not waited: $*"
	now let_go
	ends_within 60 tail --pid="$pid" -f /dev/null || fail "it does not end: $*"
	wait "$pid" || fail "it failed: $*"
}

test_returning_it_waits() {
	waits_for_it write_attr "$PCIBACK/return" "$slow"
	expect_driver "$slow" none
}

test_asking_for_a_reset_waits() {
	waits_for_it write_attr "$PCIBACK/do_flr" "$slow"
	expect_eq "reset_result of $slow" 0 "$(of "$slow" reset_result)"
}

is_waited_for() {
	dmesg_since "$1" | grep -q "pciback $slow: its reset is waited for"
}

test_unloading_waits_and_says_for_which() {
	local mark pid bdf
	seize_both
	await_state "$other" idle
	mark=$(dmesg_mark)
	modprobe -r xen-pciback &
	pid=$!
	await 30 is_waited_for "$mark" || fail "nobody says what is waited for"
	stands "$pid" || fail "it has not waited"
	dmesg_since "$mark" | expect_no "$other: its reset is waited for" "one that is ready"
	now let_go
	ends_within 60 tail --pid="$pid" -f /dev/null || fail "unloading does not end"
	wait "$pid"
	for bdf in "$slow" "$other"; do
		dmesg_since "$mark" | expect_line "pciback $bdf: released, configuration as it was found" "kernel log"
	done
	[[ ! -e /sys/module/xen_pciback ]] || fail "xen-pciback is still there"
	modprobe xen-pciback
}

# dom0_complains MARK
dom0_complains() {
	dmesg_since "$1" | grep -q -E 'BUG: |Oops|general protection fault'
}

# Who asks for a reset has whoever has it then looked for a minute later: not behind the
# module's back.
test_a_reset_that_ends_while_the_module_goes_leaves_nothing_behind() {
	local mark unload
	cfgfault_load "$slow"
	defer fault away 0
	pciback_load "hide=($slow)"
	defer let_go
	fault flr_away_ms 120000
	mark=$(dmesg_mark)
	write_attr "$PCIBACK/do_flr" "$slow" &
	await 20 is_at pci_dev_wait || fail "nobody resets $slow"
	modprobe -r xen-pciback &
	unload=$!
	await 30 is_waited_for "$mark" || fail "nobody says what is waited for"
	now let_go
	ends_within 60 tail --pid="$unload" -f /dev/null || fail "unloading does not end"
	wait "$unload"
	[[ ! -e /sys/module/xen_pciback ]] || fail "xen-pciback is still there"
	! await 65 dom0_complains "$mark" || fail "$(dmesg_since "$mark" | grep -m 1 -E 'BUG: |Oops|general protection fault')"
	modprobe xen-pciback
}

# resets: how often $other was, since tracing began.
resets() {
	grep -c "reset: $other 0" /sys/kernel/tracing/trace || :
}

trace_resets() {
	echo >/sys/kernel/tracing/trace
	echo 1 >/sys/kernel/tracing/events/xen_pciback/reset/enable
}

test_what_nobody_has_touched_is_reset_once() {
	pciback_load
	trace_resets
	write_attr "$PCIBACK/new_slot" "$other"
	write_attr "$PCIBACK/bind" "$other"
	await_state "$other" idle
	expect_eq "resets when it is seized" 1 "$(resets)"
	write_attr "$PCIBACK/return" "$other"
	expect_eq "resets when it is let go of" 1 "$(resets)"
}

test_what_a_guest_had_is_reset_when_it_leaves_and_when_it_is_let_go_of() {
	pciback_load "hide=($other)"
	trace_resets
	loop_connect "$other"
	now loop_destroy
	await_state "$other" idle
	expect_eq "resets after the guest" 1 "$(resets)"
	write_attr "$PCIBACK/return" "$other"
	expect_eq "resets when it is let go of" 2 "$(resets)"
}

run_tests
