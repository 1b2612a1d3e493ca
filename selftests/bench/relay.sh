# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# What `make bench PARTS=relay` runs in dom0 on Arm: interrupts of a clock, given to a guest
# by Xen, for the clock was marked at boot; then, in the same boot, when dom0 has adopted it,
# passed on by dom0; and how long the clock takes to go to guests and to come back.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/relay.sh
source /lab/lib/relay.sh
# shellcheck source=/dev/null
source /lab/bench/settings

# figure WAY NAME VALUE: of this round.
figure() {
	echo "bench $round $1 relay_$2 $3"
}

# timed WAY NAME COMMAND...: in milliseconds.
timed() {
	local began
	began=$(date +%s%N)
	"${@:3}" >/dev/null
	figure "$1" "$2" "$((($(date +%s%N) - began) / 1000000))"
}

# turns WAY LAB-GUEST-ARGUMENT...: a guest's whole life.
turns() {
	local name
	guest_run turns turns.sh "${lines[@]}" --append "turns=$OPS" --file /lab/guest/updates/clockturns.ko "${@:2}"
	for name in median_ns p99_ns per_second; do
		figure "$1" $name "$(guest_told turns $name)"
	done
}

# by_xen, by_dom0: a round.
by_xen() {
	dt_release $rtc
	dt_config $rtc >/dev/null
	turns native
	now xl-dtdev reclaim $rtc
}

by_dom0() {
	timed relayed release_ms xl-dtdev release $rtc
	timed relayed config_ms relay_config turns
	turns relayed --file /lab/guest/updates/xen-dtdev-irq.ko
	cat $dir/relays
	await_state off
	timed relayed reclaim_ms xl-dtdev reclaim $rtc
}

test_bench() {
	local round lines
	# What has been adopted stays dom0's.
	keep
	dt_load relay_rate=1000000
	for ((round = 1; round <= ROUNDS; round++)); do
		by_xen
	done
	xl-dtdev adopt $rtc
	for ((round = 1; round <= ROUNDS; round++)); do
		by_dom0
	done
	dt_unload
	write_attr /sys/bus/amba/drivers/rtc-pl031/unbind 9010000.pl031
}

run_tests
