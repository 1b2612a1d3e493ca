# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What `make bench` runs in dom0: the same guests and devices with the kernel's own
# xen-pciback, with ours, and with a backend that does nothing, in turn.
#
# Guests stay; the backend under them changes, as if their devices had been taken
# away and given again. /lab/bench/settings has what is to be done.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=/dev/null
source /lab/bench/settings
# shellcheck source=dom0/figures.sh
source /lab/bench/dom0/figures.sh
# shellcheck source=dom0/guests.sh
source /lab/bench/dom0/guests.sh
# shellcheck source=dom0/backends.sh
source /lab/bench/dom0/backends.sh
# shellcheck source=dom0/requests.sh
source /lab/bench/dom0/requests.sh
# shellcheck source=dom0/accesses.sh
source /lab/bench/dom0/accesses.sh
# shellcheck source=dom0/load.sh
source /lab/bench/dom0/load.sh
# shellcheck source=dom0/probes.sh
source /lab/bench/dom0/probes.sh

# The devices: one with everything, two for a stock driver, many for the crowd.
find_devices() {
	main=$(bdf_of 1b36:0010)
	mapfile -t nics < <(lspci -D -n -d 8086:10d3 | cut -d' ' -f1)
	mapfile -t crowd < <(lspci -D -n -d 1b36:0011 | cut -d' ' -f1)
	expect_eq "network cards" 2 "${#nics[@]}"
	expect_ge "functions for the crowd" $((READERS * 8 - 7)) "${#crowd[@]}"
	note "$main and ${nics[*]}; ${#crowd[@]} functions at ${crowd[0]}"
}

# measure_floor: what no backend can beat that waits for events.
measure_floor() {
	local name
	driver=floor
	load_driver ''
	for name in "${everyone[@]}"; do
		connect "$name" "$main"
	done
	await_connected "${everyone[@]}"
	ask quick reader1
	record reader1
	attempt measure_scale
	for name in "${everyone[@]}"; do
		disconnect "$name"
	done
	unload_driver
}

measure_driver() {
	local i name read=() hide="($main)(${nics[0]})(${nics[1]})"
	driver=$1
	# Each at function 0, where a guest finds it and the requests look for it.
	for ((i = 2; i <= READERS; i++)); do
		read+=("${crowd[(i - 1) * 8]}")
	done
	load_driver "$hide" "${read[@]}"
	attach reader1 "$main"
	for ((i = 2; i <= READERS; i++)); do
		connect "reader$i" "${read[i - 2]}"
	done
	await_connected "${everyone[@]}"
	attempt measure_latency
	attempt measure_cpu
	attempt measure_msix
	((round > 1)) || attempt measure_accesses
	[[ $round != 1 || $driver != ours ]] || attempt show_path
	attempt measure_scale
	((READERS < 2)) || attempt measure_flood
	attempt measure_busy
	attempt measure_probes
	release_probes
	for name in "${everyone[@]:1}"; do
		disconnect "$name"
	done
	detach reader1 "$main"
	await 60 is_disconnected reader1 || fail "reader1 does not let go of $driver"
	unload_driver
}

# is_seized COUNT
is_seized() {
	local links=("$PCIBACK"/????:*)
	((${#links[@]} == $1))
}

# measure_growth: the driver with more and more functions.
measure_growth() {
	local count began
	for count in $GROWTH; do
		driver=$1
		((count <= ${#crowd[@]})) || continue
		began=$(now_ms)
		load_driver "$(hide_list "$count" "${crowd[@]}")"
		await 120 is_seized "$count" || fail "$driver has not seized $count functions"
		figure "growth_$count" load $((($(now_ms) - began) * 1000000))
		connect reader1 "${crowd[0]}"
		await_connected reader1
		ask quick reader1
		# shellcheck disable=SC2046 # words
		figures "growth_$count" $(heard reader1 | cut -d' ' -f2-)
		disconnect reader1
		began=$(now_ms)
		unload_driver
		driver=$1
		figure "growth_$count" unload $((($(now_ms) - began) * 1000000))
		driver=none
	done
}

test_bench() {
	local name
	modprobe yardstick
	defer modprobe -r yardstick
	defer unload_driver
	find_devices
	echo 'func driver_bound +p' >/sys/kernel/debug/dynamic_debug/control
	start_guests
	for ((round = 1; round <= ROUNDS; round++)); do
		measure_bare
		measure_floor
		measure_native
		measure_driver in-tree
		measure_driver ours
	done
	round=1
	measure_growth in-tree
	measure_growth ours
	for name in prober "${everyone[@]}"; do
		guest_tell "$name" shutdown
		guest_ends "$name"
	done
	[[ ! -e $TEST_DIR/missing ]] || fail "figures are missing: $(paste -s -d, "$TEST_DIR/missing")"
}

run_tests
