# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What one request costs: in time, and in time of a CPU; and what the device itself needs.

YARD=/sys/kernel/debug/yardstick

# measure_bare: the device itself, from dom0's kernel.
measure_bare() {
	driver=bare
	echo "$main 0 4 $OPS" >"$YARD/config"
	# shellcheck disable=SC2046 # words
	figures read_id_4 $(cat "$YARD/config")
	echo "$main 256 4 $OPS" >"$YARD/config"
	# shellcheck disable=SC2046 # words
	figures read_extended_4 $(cat "$YARD/config")
	driver=none
}

measure_latency() {
	ask latency reader1
	record reader1
	[[ $driver != ours ]] || measure_events
}

# measure_events: ours, as it is if it never looks out for the next request.
measure_events() {
	local poll=/sys/module/xen_pciback/parameters/poll_us was
	was=$(<$poll)
	driver=events
	echo 0 >$poll
	ask latency reader1
	record reader1
	echo "$was" >$poll
	driver=ours
}

measure_msix() {
	ask memory reader1
	ask msix reader1
	record reader1
}

measure_cpu() {
	local before spent
	before=$(<"$YARD/running")
	ask cpu reader1
	spent=$(($(<"$YARD/running") - before))
	figure cpu_10000_ops ms $((spent / 100 / $(value asked "$(heard reader1)")))
}
