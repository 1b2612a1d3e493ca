# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# A Xen that takes idle interrupts from dom0 at run time: a clock that dom0 uses goes to
# guests with its interrupt, as if it had been marked, and what dom0 gets back works again.
#
# The machine: QEMU's virt, whose clock needs a line of the GPIO controller, and has its
# interrupt twice, as network devices of Cadence's have.
#
# arch: arm64
# lab: --xen unroute
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 interrupts 0 2 4 0 2 4
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 enable-gpios $(fdtget -t x $DTB /pl061@9030000 phandle) 4 0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

rtc=/pl031@9010000 device=9010000.pl031
dir=/sys/class/xen-dtdev/$device

# interrupts: each one's line.
interrupts() {
	sort -u $dir/interrupts
}

# expect_dom0_has_all: its driver comes, and is woken.
expect_dom0_has_all() {
	expect_eq driver rtc-pl031 "$(dt_driver amba/$device)"
	rtc_works
}

test_back_and_forth() {
	local i lines
	dt_load
	for i in 1 2 3; do
		rtc_works
		dt_release $rtc
		expect_eq interrupts "34 level-high released" "$(interrupts)"
		dt_config $rtc
		expect_line 'irqs = \[ 34 \]' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
		guest_run "clock$i" alarm.sh "${lines[@]}"
		expect_ge "interrupts in guest $i" 1 "$(guest_told "clock$i" interrupts)"
		now xl-dtdev reclaim $rtc
		expect_dom0_has_all
	done
}

# Xen lets nobody have it as long as something of the last guest is there.
test_it_is_not_forgotten_that_it_was_dom0s() {
	local lines daemon
	daemon=$(busybox pidof xenconsoled)
	dt_load
	dt_give ghost $rtc
	defer kill -CONT "$daemon"
	kill -STOP "$daemon"
	xl destroy ghost
	xl list | expect_line '\(null\) .*d .*' "xl list"
	! xl-dtdev reclaim $rtc 2>"$TEST_DIR/err" || fail "dom0 has it without its interrupt"
	dmesg | tail -n 20 | expect_line '.*Xen does not give interrupt 34 back to dom0: -16' "kernel log"
	expect_eq interrupts "34 level-high released" "$(interrupts)"
	now kill -CONT "$daemon"
	now guest_destroy ghost
	now xl-dtdev reclaim $rtc
	expect_dom0_has_all
}

test_not_of_a_device_that_went_unasked_either() {
	dt_load
	dt_release $rtc
	gpio_driver unbind
	defer gpio_driver bind
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	! modprobe -r xen-dtdev 2>/dev/null || fail "the module goes away"
	now gpio_driver bind
	# The driver core looks again in its own time.
	lab-wait 20 grep -q -x $rtc $DTDEV/nodes || fail "it is not taken again with the supplier back"
	expect_eq interrupts "34 level-high released" "$(interrupts)"
	now xl-dtdev reclaim $rtc
	expect_dom0_has_all
}

run_tests
