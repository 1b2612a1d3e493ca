# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest whose device fires for ever, and that asks dom0 for the next interrupt at once,
# never, or when it has no reason to; that shuts its end of the channel, is paused,
# crashes, is destroyed. dom0 pays what it allows, and has the device back each time.
#
# arch: arm64
# only by name: four guests, minutes of emulation

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/relay.sh
source /lab/lib/relay.sh

rate=/sys/module/xen_dtdev/parameters/relay_rate

# hostile_guest NAME LAB-GUEST-ARGUMENT...: it has the clock, and does nothing yet.
hostile_guest() {
	dt_load relay_rate=20
	dt_release $rtc
	relay_config "$1"
	relay_start "$1" hostile.sh --file /lab/guest/updates/everfire.ko "${@:2}"
}

# does NAME WORD: what the guest is told, it has done.
does() {
	guest_tell "$1" "$2"
	guest_reaches "$1" "$2"
}

# hundredths: of a second, since dom0 began.
hundredths() {
	local now
	read -r now _ </proc/uptime
	echo "${now/./}"
}

# taken_back: no guest has it, and dom0 uses it as before.
taken_back() {
	await_state off
	expect_silence
	now xl-dtdev reclaim $rtc
	rtc_works
}

test_a_storm_is_held_to_the_rate() {
	local began before after ended
	hostile_guest storm
	does storm storm
	await_state limited
	began=$(hundredths)
	before=$(lab-irqs $name)
	expect_turns 150
	after=$(lab-irqs $name)
	ended=$(hundredths)
	expect_ge "what 20 a second and a burst of 64 let through" $((after - before)) \
		$(((ended - began + 1) * 20 / 100 + 1 + 64))
	expect_ge "answers that came too early" 50 "$(relay_count limited)"
	expect_eq spurious 0 "$(relay_count spurious)"

	# As fast as both can: dom0 and the guest go on living beside it.
	echo >$dir/guest
	echo 1000000 >$rate
	echo storm >$dir/guest
	expect_turns 2000
	began=$(hundredths)
	before=$(lab-irqs $name)
	within 120 xl info >/dev/null
	within 120 xl-dtdev check /fw-cfg@9020000
	does storm count1
	after=$(lab-irqs $name)
	ended=$(hundredths)
	note "without a limit: $((after - before)) interrupts in $((ended - began)) hundredths of a second; $(<$dir/relays)"
	expect_ge "interrupts in the guest" 2000 "$(guest_told storm count1)"

	# Destroyed while it has to wait for the next.
	echo >$dir/guest
	echo 1 >$rate
	echo storm >$dir/guest
	await_state limited
	now guest_destroy storm
	taken_back
}

test_one_that_never_answers() {
	local before
	hostile_guest quiet
	before=$(lab-irqs $name)
	does quiet quiet
	await_state waiting
	expect_silence
	expect_eq "interrupts in dom0" $((before + 1)) "$(lab-irqs $name)"
	does quiet count1
	expect_eq "interrupts in the guest" 1 "$(guest_told quiet count1)"
	does quiet stop
	expect_eq "interrupts in dom0" $((before + 1)) "$(lab-irqs $name)"

	# Paused while it owes an answer: it is not gone.
	does quiet storm
	expect_turns 2
	xl pause quiet
	await_state waiting
	expect_silence
	expect_errno EBUSY $dir/reset 1
	expect_errno EBUSY $DTDEV/remove_node $rtc
	! modprobe -r xen-dtdev 2>/dev/null || fail "the module goes away"
	now guest_destroy quiet
	taken_back
}

test_its_end_of_the_channel() {
	local i spurious
	hostile_guest closer --may-crash
	does closer storm
	expect_turns 5
	for i in 1 2 3; do
		does closer "close$i"
		await_state waiting
		expect_silence
		does closer "bind$i"
		expect_turns 5
	done

	# Questions by the thousand, with and without a reason.
	spurious=$(relay_count spurious)
	does closer flood
	expect_ge "questions without a reason" $((spurious + 1)) "$(relay_count spurious)"
	expect_ge "those that may have reached dom0" "$(relay_count spurious)" $((spurious + 2000))
	expect_turns 5

	# Back and forth, ten times.
	for i in {1..10}; do
		echo >$dir/guest
		expect_eq relays "" "$(<$dir/relays)"
		echo closer >$dir/guest
		expect_turns 2
	done

	# It dies with its end closed.
	does closer close4
	await_state waiting
	expect_silence
	guest_tell closer crash
	guest_ends closer 122
	taken_back
}

# starts_again NAME WORD: the guest that is told so.
starts_again() {
	local first
	first=$(xl domid "$1")
	guest_tell "$1" "$2"
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 120 sh -c '[ "$(xl domid "$1")" -gt "$2" ]' sh "$1" "$first" || fail "it does not start again"
	await_state armed 180
}

test_a_guest_that_starts_again() {
	dt_load
	dt_release $rtc
	relay_config again
	relay_start again relayed.sh 'on_reboot="restart"'
	await_state armed
	starts_again again reboot
	expect_eq guest again "$(<$dir/guest)"
	expect_errno EBUSY $dir/reset 1
	guest_tell again alarm
	guest_reaches again interrupts
	now guest_destroy again
	taken_back
}

test_and_whatever_state_its_line_is_in() {
	local end
	hostile_guest phoenix --may-crash 'on_reboot="restart"' 'on_crash="restart"'
	for end in reboot crash; do
		await_state armed
		starts_again phoenix ${end}1
		does phoenix storm-$end
		await_state limited
		starts_again phoenix ${end}2
		does phoenix quiet-$end
		await_state waiting
		starts_again phoenix ${end}3
	done
	expect_eq guest phoenix "$(<$dir/guest)"
	now guest_destroy phoenix
	taken_back
}

run_tests
