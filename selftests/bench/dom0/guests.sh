# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The guests: one that drives devices, readers that answer what they are asked. They
# stay for all rounds.

declare -A domid

# Which requests are measured. 32 vectors are all that Xen lets a PV guest have without
# options. A register of a capability and one above 0x100 have to be looked up.
write_requests() {
	local express
	express=$(lspci -v -s "$main" | sed -n 's/.*Capabilities: \[\([0-9a-f]*\)\] Express.*/\1/p')
	[[ -n $express ]] || fail "$main has no express capability"
	cat <<-END
		latency read_id_1 count=$OPS size=1
		latency read_id_2 count=$OPS size=2
		latency read_id_4 count=$OPS
		latency read_command_2 count=$OPS offset=4 size=2
		latency read_status_2 count=$OPS offset=6 size=2
		latency read_bar_4 count=$OPS offset=16
		latency read_capability_2 count=$OPS offset=$((0x$express + 18)) size=2
		latency read_extended_4 count=$OPS offset=256
		latency read_absent_4 count=$OPS devfn=8
		latency write_byte count=$OPS cmd=1 offset=12 size=1 value=16
		quick read_id_4 count=$OPS
		busy busy_read_id_4 count=$OPS
		msix msix_1 count=5 cmd=4 value=1
		msix msix_8 count=5 cmd=4 value=8
		msix msix_32 count=5 cmd=4 value=32
		memory memory_on count=1 cmd=1 offset=4 size=2 value=6
		cpu cpu count=$((5 * OPS))
		scale scale ms=2000 count=100000
		quiet quiet ms=3000 gap=2000
		flood flood ms=4000 count=100000 events=3
		path path count=3 offset=6 size=2 gap=20000
		count_read_id read_id_4 count=200
		count_read_command read_command_2 count=200 offset=4 size=2
		count_read_status read_status_2 count=200 offset=6 size=2
		count_read_bar read_bar_4 count=200 offset=16
		count_read_capability read_capability_2 count=200 offset=$((0x$express + 18)) size=2
		count_read_extended read_extended_4 count=200 offset=256
		count_read_absent read_absent_4 count=200 devfn=8
		count_write write_byte count=200 cmd=1 offset=12 size=1 value=16
	END
}

# start_guest NAME SCRIPT LAB-GUEST-ARGUMENT...: in the background. The first real CPU is
# left to dom0: or whether the two want the same one would be most of what is measured.
start_guest() {
	defer guest_destroy "$1"
	guest_call "$@" 'cpus="all,^0"' --timeout 3000 --file /lab/guests/follow.sh --modules '' --detach &
}

# Two at a time: they are there for long, but not yet. The toolstack will give the
# first two devices.
start_guests() {
	local raw=(--file /lab/guest/updates/rawfront.ko --file /lab/bench/requests)
	local later=('passthrough="enabled"' e820_host=1) name i
	write_requests >/lab/bench/requests
	everyone=()
	for ((i = 1; i <= READERS; i++)); do
		everyone+=("reader$i")
	done
	start_guest prober prober.sh "${later[@]}"
	start_guest reader1 reader.sh "${raw[@]}" "${later[@]}"
	wait
	for ((i = 2; i <= READERS; i++)); do
		start_guest "reader$i" reader.sh "${raw[@]}" --mem 192
		((i % 2 == 0)) || wait
	done
	wait
	for name in prober "${everyone[@]}"; do
		guest_reaches "$name" ready
		domid[$name]=$(xl domid "$name")
	done
}

# say WHAT NAME...: all these guests get one word at once, new each time; in $said.
say() {
	local what=$1 name words=()
	shift
	said=$what-${EPOCHREALTIME/./}
	for name; do
		words+=("/local/domain/${domid[$name]}/data/step" "$said")
	done
	xenstore-write "${words[@]}"
}

# hear NAME...: until each has answered what was said. Nobody looks at the clock.
hear() {
	local name
	for name; do
		timeout 120 grep -q -m 1 "^$name: told $said end" < <(tail -n +1 -f "$TEST_DIR/$name.log") ||
			fail "$name does not answer $said: $(guest_last "$name")"
	done
}

# heard NAME: what it answered, a line each.
heard() {
	sed -n "s/^$1: told $said \(.* .*\)/\1/p" "$TEST_DIR/$1.log"
}

# ask WHAT NAME
ask() {
	say "$@"
	hear "$2"
}

# record NAME: the figures of its answer.
record() {
	local line
	while read -r line; do
		# shellcheck disable=SC2086 # words
		figures $line
	done < <(heard "$1")
}
