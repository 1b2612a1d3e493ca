# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# A clock that was marked at boot, and a Xen that takes idle interrupts from dom0 at run time:
# a guest has it, dom0 then, and so on, each time with its interrupt by Xen.
#
# arch: arm64
# lab: --xen unroute
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

rtc=/pl031@9010000 dir=/sys/class/xen-dtdev/9010000.pl031

# a_guest_has_it NAME STATE: its interrupt, which is said to be so, comes by Xen.
a_guest_has_it() {
	local lines
	dt_release $rtc
	expect_eq "its interrupt before guest $1" "34 level-high $2" "$(<$dir/interrupts)"
	dt_config $rtc
	expect_line 'irqs = \[ 34 \]' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	guest_run "$1" alarm.sh "${lines[@]}"
	expect_ge "interrupts in guest $1" 1 "$(guest_told "$1" interrupts)"
	now xl-dtdev reclaim $rtc
}

test_back_and_forth() {
	local i
	dt_load
	a_guest_has_it marked free
	expect_fenced 0x9010000
	# It is dom0's until the machine restarts; all else is as it was.
	keep
	xl-dtdev adopt $rtc
	rtc_works
	for i in 1 2; do
		a_guest_has_it "adopted$i" released
		rtc_works
	done
	dt_unload
	write_attr /sys/bus/amba/drivers/rtc-pl031/unbind 9010000.pl031
}

run_tests
