# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the kernel's tracing sees of a request: accesses to the hardware, the way it takes.

TRACE=/sys/kernel/tracing
# How config space is reached in the end: below 0x100 by ports, above by memory.
WAYS='pci_conf1_read pci_conf1_write pci_mmcfg_read pci_mmcfg_write'

# hits: how often config space was reached.
hits() {
	awk '/ bench_/ { sum += $2 } END { print sum + 0 }' "$TRACE/kprobe_profile"
}

# measure_accesses: to the hardware, of each kind of request. The probes slow
# everything down, so that is for its own.
measure_accesses() {
	local way what before name
	for way in $WAYS; do
		echo "p:bench_$way $way" >>"$TRACE/kprobe_events"
		echo 1 >"$TRACE/events/kprobes/bench_$way/enable"
	done
	for what in id command status bar capability extended absent; do
		before=$(hits)
		ask "count_read_$what" reader1
		name=$(heard reader1 | cut -d' ' -f1)
		figure "$name" accesses "$(awk -v n=$(($(hits) - before)) 'BEGIN { printf "%.2f", n / 200 }')"
	done
	before=$(hits)
	ask count_write reader1
	figure write_byte accesses "$(awk -v n=$(($(hits) - before)) 'BEGIN { printf "%.2f", n / 200 }')"
	for way in $WAYS; do
		echo 0 >"$TRACE/events/kprobes/bench_$way/enable"
		echo "-:bench_$way" >>"$TRACE/kprobe_events"
	done
}

# show_path: where the time goes between the event and the answer's, once, for
# reading. Probes cost time, too.
show_path() {
	local probe
	echo 0 >"$TRACE/tracing_on"
	echo >"$TRACE/trace"
	printf '%s\n' 'p:bench_event xen_pciback:ring_event' 'r:bench_event_end xen_pciback:ring_event' \
		'p:bench_notify notify_remote_via_irq' 'r:bench_notify_end notify_remote_via_irq' \
		"p:bench_hardware pci_conf1_read" "r:bench_hardware_end pci_conf1_read" >>"$TRACE/kprobe_events"
	for probe in event event_end notify notify_end hardware hardware_end; do
		echo 1 >"$TRACE/events/kprobes/bench_$probe/enable"
	done
	echo 1 >"$TRACE/events/xen_pciback/enable"
	echo 1 >"$TRACE/tracing_on"
	ask path reader1
	echo 0 >"$TRACE/tracing_on"
	echo 0 >"$TRACE/events/enable"
	grep -E 'bench_|decision|op:' "$TRACE/trace" | tail -n 24 | sed 's/^/path /'
	for probe in event event_end notify notify_end hardware hardware_end; do
		echo "-:bench_$probe" >>"$TRACE/kprobe_events"
	done
	echo 1 >"$TRACE/tracing_on"
}
