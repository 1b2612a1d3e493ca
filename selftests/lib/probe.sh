# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Probes of dom0's kernel: whether, how often and in what order it comes to a function.

TRACE=/sys/kernel/tracing

# probe NAME p|r FUNCTION-AND-VALUES [FILTER]: from now on until the test ends, or until it says
# "now probe_end NAME", which it does before it unloads the module probed.
probe() {
	echo "$2:$1 $3" >>$TRACE/kprobe_events
	defer probe_end "$1"
	[[ -z ${4:-} ]] || echo "$4" >"$TRACE/events/kprobes/$1/filter"
	echo 1 >"$TRACE/events/kprobes/$1/enable"
}

probe_end() {
	echo 0 >"$TRACE/events/kprobes/$1/enable"
	echo "-:$1" >>$TRACE/kprobe_events
}

# probe_hits NAME: how often since it is there, whatever the filter.
probe_hits() {
	awk -v name="$1" '$1 == name { print $2 }' $TRACE/kprobe_profile
}

# trace_clear, trace_names: the names of those that passed their filter since, in order.
trace_clear() {
	echo >$TRACE/trace
}

trace_names() {
	sed -n 's/^.*\] [^ ]* *[0-9.]*: \([a-z_]*\): .*/\1/p' $TRACE/trace
}

# trace_count NAME
trace_count() {
	trace_names | grep -c -x "$1" || :
}
