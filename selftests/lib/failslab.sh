# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Allocations that fail on order, on the debug kernel: the N-th of those that have
# a certain piece of code among their callers, in whatever thread.

FAULT=/sys/kernel/debug/failslab

# fault_kind failslab|fail_page_alloc: which allocator fails from here on.
fault_kind() {
	FAULT=/sys/kernel/debug/$1
	echo N >"$FAULT/ignore-gfp-wait"
	echo N >"$FAULT/task-filter"
	echo 1 >"$FAULT/verbose"
	echo 0 >"$FAULT/verbose_ratelimit_interval_ms"
	echo 0 >"$FAULT/space"
	echo 32 >"$FAULT/stacktrace-depth"
	[[ $1 == failslab ]] || echo 0 >"$FAULT/min-order"
	fault_not_in_acpi
}

# fault_below FIRST END: addresses in hexadecimal.
fault_below() {
	echo "0x$1" >"$FAULT/require-start"
	echo "0x$2" >"$FAULT/require-end"
}

# fault_not_in_acpi: what the interpreter of the firmware's tables allocates, by the
# hundred, is spared: the PCI core goes on without its answer.
fault_not_in_acpi() {
	local range
	# Not the unlikely parts of its functions: those are far away, past half the kernel.
	range=$(awk 'NF == 3 && $3 ~ /^acpi_(ds|ev|ex|ns|ps|ut)_[a-z0-9_]*$/ && $2 ~ /[tT]/ { print $1 }' /proc/kallsyms |
		sort | sed -n '1p;$p' | paste -s -d' ')
	[[ $range == *' '* ]] || fail "no ACPI interpreter in the kernel"
	echo "0x${range% *}" >"$FAULT/reject-start"
	echo "0x${range#* }" >"$FAULT/reject-end"
}

# fault_below_function NAME: of the kernel proper.
fault_below_function() {
	if [[ ${fault_function:-} != "$1 "* ]]; then
		fault_function="$1 "$(awk 'NF == 3 && $2 ~ /[tT]/ { print $1, $3 }' /proc/kallsyms | sort |
			awk -v name="$1" 'start && !end && $1 != start { end = $1 } $2 == name { start = $1 } END { if (end) print start, end }')
		[[ $fault_function == *' '*' '* ]] || fail "no function $1 in the kernel"
	fi
	# shellcheck disable=SC2086 # two words
	fault_below ${fault_function#* }
}

# fault_below_module NAME: all of its functions but the one that initializes it.
fault_below_module() {
	local start end range
	read -r start <"/sys/module/$1/sections/.text"
	if [[ -z ${fault_module_size:-} ]]; then
		range=$(awk -v name="[$1]" '$4 == name && $2 ~ /[tT]/ { print $1 }' /proc/kallsyms | sort | tail -n 1)
		[[ -n $range ]] || fail "no functions of module $1"
		fault_module_size=$((0x$range + 4096 - start))
	fi
	printf -v end %x $((start + fault_module_size))
	fault_below "${start#0x}" "$end"
}

# fault_arm N: the N-th from here on, once.
fault_arm() {
	echo 0 >"$FAULT/count"
	echo "$1" >"$FAULT/interval"
	echo 1 >"$FAULT/times"
	echo 100 >"$FAULT/probability"
}

# fault_disarm: succeeds if it has failed.
fault_disarm() {
	local times
	echo 0 >"$FAULT/probability"
	read -r times <"$FAULT/times"
	[[ $times == 0 ]]
}
