# SPDX-License-Identifier: GPL-2.0
# What a kernel that checks itself is asked before a script and after it. (With kasan there
# is nothing to ask.)
# shellcheck shell=bash

KMEMLEAK=/sys/kernel/debug/kmemleak
KCSAN=/sys/kernel/debug/kcsan

check_begin() {
	! declare -F "${LAB_KERNEL}_begin" >/dev/null || "${LAB_KERNEL}_begin"
}

check_end() {
	! declare -F "${LAB_KERNEL}_end" >/dev/null || "${LAB_KERNEL}_end"
}

debug_lockdep_is_on() {
	grep -q -x ' *debug_locks: *1' /proc/lockdep_stats
}

# Two scans: what one sees for the first time may still be moving.
debug_scan() {
	echo scan >$KMEMLEAK
	echo scan >$KMEMLEAK
}

# What the stock system has lost by now is its own.
debug_begin() {
	echo scan=off >$KMEMLEAK
	debug_scan
	echo clear >$KMEMLEAK
	echo 1 >/proc/sys/kernel/panic_on_warn
	debug_lockdep_is_on || tell splat "dom0: lockdep is off before the script begins"
}

# Leaks of modules that are gone by now count, too.
debug_end() {
	local started=$SECONDS leaks line
	debug_lockdep_is_on || tell splat "dom0: lockdep went off, nothing after that is proven"
	# kmemleak leaves objects younger than five seconds alone.
	sleep 6
	debug_scan
	leaks=$(grep -c '^unreferenced object' $KMEMLEAK)
	if ((leaks)); then
		tell splat "dom0: kmemleak found $leaks leaks, see the console"
		head -n 200 $KMEMLEAK | while IFS= read -r line; do
			echo "$line" >/dev/kmsg
		done
	fi
	tell note "lockdep on to the end: $(debug_lockdep_is_on && echo yes || echo no); kmemleak: $leaks leaks, $((SECONDS - started)) s"
}

# kcsan_figure NAME: of its own counters.
kcsan_figure() {
	sed -n "s/^$1: //p" $KCSAN
}

# A warning is no panic here: a report of the kernel's own code would be one, too.
kcsan_begin() {
	echo on >$KCSAN
	kcsan_before=$(kcsan_figure setup_watchpoints)
}

kcsan_end() {
	local others line watched
	watched=$(($(kcsan_figure setup_watchpoints) - kcsan_before))
	[[ $(kcsan_figure enabled) == 1 ]] || tell splat "dom0: KCSAN went off, nothing after that was looked at"
	((watched)) || tell splat "dom0: KCSAN watched nothing"
	echo off >$KCSAN
	others=$(dmesg | kcsan_sift others "$LAB_MODULES" | sed 's/.*BUG: KCSAN: //' | sort | uniq -c)
	tell note "kcsan: $watched accesses watched, $(grep -c . <<<"$others") races of the kernel's own code, not counted"
	while read -r line; do
		[[ -z $line ]] || tell note "kcsan: not counted, times: $line"
	done <<<"$others"
}
