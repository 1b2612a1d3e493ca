# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Bursts: dom0 looks out for the next request of a guest that sends many, but not for
# long, not when it has other work, and not when the guest's device is taken away.
#
# only by name: there are no bursts on a machine that is busy otherwise
#
# lab: --pci edu,addr=0x6
# lab: --pci edu,addr=0x7

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh
# shellcheck source=../lib/probe.sh
source /lab/lib/probe.sh

POLL=/sys/module/xen_pciback/parameters/poll_us
good=0000:00:06.0 other=0000:00:07.0

# A kernel that checks itself takes longer for one request than it may wait for the next:
# there, what must hold is that all of this goes on, not how often it is worth its while.
swift() {
	((LAB_PATIENCE == 1))
}

tries=20
swift || tries=3

# count_calls FUNCTION...: of the driver, from here on; the trace has the first argument.
count_calls() {
	local function
	for function; do
		probe "$function" p "xen_pciback:$function first=%di"
	done
}

# asked_by NAME WORD: how many requests, none of them late.
asked_by() {
	guest_told "$1" "$2" | expect_line '.* late 0' "$1, $2"
	guest_told "$1" "$2" | sed 's/asked \([0-9]*\) .*/\1/'
}

# read_for WORD MILLISECONDS NAME...: all at once; sets asked, events and works.
read_for() {
	local e w name word=$1
	e=$(probe_hits ring_event)
	w=$(probe_hits lookout_do)
	for name in "${@:3}"; do
		guest_tell "$name" "$word-$2"
	done
	asked=0
	for name in "${@:3}"; do
		guest_reaches "$name" "$word"
		asked=$((asked + $(asked_by "$name" "$word")))
	done
	events=$(($(probe_hits ring_event) - e))
	works=$(($(probe_hits lookout_do) - w))
	note "$word: asked $asked; $events events, $works lookouts"
}

load() {
	pciback_load "hide=($good)($other)"
	count_calls ring_event lookout_do
}

# A machine that has other work may stand still between any two requests: no burst.
# So it is tried for a while whether most requests come without an event, in several
# spells, and others with one. A guest may be waited for two seconds at once, and then for
# a fifth of the time.
test_most_events_are_not_waited_for_but_most_of_the_time_they_are() {
	local try
	keep
	load
	raw_guest good burst.sh "$good"
	for ((try = 1; try <= tries; try++)); do
		read_for "polled$try" 4000 good
		((asked - events < asked / 2 || works < 5 || events < 50)) || break
	done
	! swift || expect_ge "requests without an event" $((asked / 2)) $((asked - events))
	expect_ge "spells in 4 s" 5 "$works"
	expect_ge "events between them" 50 "$events"
}

# most_turns: how often one lookout has gone on from one guest to another, at most, by
# the trace.
most_turns() {
	awk '/ lookout_do: / { ring = ""; n = 0 }
		/ pciback_ring_look: / { if (ring != "" && $NF != ring && ++n > most) most = n; ring = $NF }
		END { print most + 0 }' "$TRACE/trace"
}

# Those that ask at the same time are watched at the same time: neither waits for the
# end of the other's burst.
test_two_guests_are_watched_at_once() {
	local try turns
	keep
	raw_guest other burst.sh "$other"
	count_calls pciback_ring_look
	for ((try = 1; try <= tries; try++)); do
		trace_clear
		read_for "both$try" 500 good other
		turns=$(most_turns)
		((turns < 100)) || break
	done
	note "one lookout has taken turns $turns times"
	! swift || expect_ge "turns between guests in one lookout" 100 "$turns"
	now probe_end pciback_ring_look
	guest_tell other shutdown
	guest_ends other 0
}

test_it_can_be_switched_off() {
	local was
	keep
	was=$(<$POLL)
	echo 0 >$POLL
	read_for off 1000 good
	echo "$was" >$POLL
	! swift || expect_ge "events" $((asked * 8 / 10)) "$events"
}

test_other_work_comes_first() {
	local pids=() i
	keep
	for ((i = 0; i < $(nproc); i++)); do
		while :; do :; done &
		pids+=($!)
	done
	read_for busy 2000 good
	kill "${pids[@]}"
	wait "${pids[@]}" || :
	! swift || expect_ge "events" $((asked * 8 / 10)) "$events"
}

test_a_device_leaves_in_the_middle_of_a_burst() {
	local began=$SECONDS
	keep
	guest_tell good long-60000
	guest_reaches good began-long
	xl destroy good
	await_state "$good" idle
	((SECONDS - began < 30)) || fail "it took $((SECONDS - began)) s"
	guest_destroy good
	now probe_end ring_event
	now probe_end lookout_do
	pciback_unload
}

# A guest whose function is slow has one answer of the lookout, and its events again: others
# there would wait for each.
test_who_is_slow_is_not_looked_out_for() {
	local try joined answered
	cfgfault_load "$good"
	pciback_load "hide=($good)"
	count_calls ring_event lookout_do pciback_lookout_join
	probe answers r "xen_pciback:pciback_ring_look ret=\$retval:s32" "ret == 1"
	raw_guest slow burst.sh "$good"
	fault delay_us 1000
	defer fault delay_us 0
	for ((try = 1; try <= tries; try++)); do
		trace_clear
		joined=$(probe_hits pciback_lookout_join)
		read_for "slow$try" 1000 slow
		joined=$(($(probe_hits pciback_lookout_join) - joined))
		answered=$(trace_count answers)
		note "joined $joined times, $answered answers"
		((joined < 1)) || break
	done
	expect_ge "times that it was looked out for" 1 "$joined"
	((answered <= joined)) || fail "the lookout has given it $answered answers in $joined times"
	fault delay_us 0
	guest_tell slow shutdown
	guest_ends slow 0
}

run_tests
