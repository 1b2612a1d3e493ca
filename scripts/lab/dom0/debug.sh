# SPDX-License-Identifier: GPL-2.0
# What the debug kernel is asked before a script and after it.
# shellcheck shell=bash

KMEMLEAK=/sys/kernel/debug/kmemleak

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
