# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A function whose configuration space is slow, and a guest that reads it all the time:
# how much of dom0's time goes by with interrupts off, and who touches a function that is
# being reset.
#
# dom0 has other work meanwhile, so that requests are served where their events are
# handled. The connection is one of dom0 with itself.
#
# lab: --net n0
# lab: --pci igb,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

nic=0000:00:05.0 PACE=/sys/kernel/debug/rawfront/pace

slow_begin() {
	cfgfault_load "$nic"
	pciback_load "hide=($nic)"
	loop_connect "$nic"
}

# other_work: on every CPU, until the test ends. It gives way to all that asks.
other_work() {
	local i
	for ((i = 0; i < $(nproc); i++)); do
		nice -n 19 bash -c 'while :; do :; done' &
		defer kill $!
	done
}

# expect_share MICROSECONDS: accesses that take that long. What is served with interrupts
# off has a budget, after which the worker goes on: far less than this part of the time,
# however slow the machine is, for the accesses are most of it.
expect_share() {
	local took irq share
	slow_begin
	other_work
	fault delay_us "$1"
	fault seen 0
	echo "count=100000 ms=4000 cmd=0 offset=6 size=2" >$PACE
	took=$(sed 's/.* ns \([0-9]*\) .*/\1/' $PACE)
	irq=$(seen irq_ns)
	fault delay_us 0
	share=$((100 * irq / took))
	note "$1 us: $(<$PACE); $(<"$CFGFAULT/seen"): $share % with interrupts off"
	expect_ge "requests" 100 "$(sed 's/asked \([0-9]*\) .*/\1/' $PACE)"
	((share <= 20)) || fail "$share % of the time goes by with interrupts off, in accesses of $1 us"
}

test_accesses_of_200_us() {
	expect_share 200
}

test_accesses_of_5_ms() {
	expect_share 5000
}

test_nobody_touches_what_is_being_reset() {
	local n
	slow_begin
	other_work
	echo "count=100000 ms=6000 cmd=0 offset=6 size=2" >$PACE &
	defer has_ended $!
	fault seen 0
	await 20 is_read || fail "nobody reads"
	for n in 1 2 3 4 5; do
		write_attr "$PCIBACK/do_flr" "$nic"
	done
	note "$(<"$CFGFAULT/seen")"
	expect_eq "accesses for the guest while it was being reset" 0 "$(seen flr)"
}

has_ended() {
	lab-wait 30 test ! -e "/proc/$1"
}

is_read() {
	(($(seen reads) >= 10))
}

run_tests
