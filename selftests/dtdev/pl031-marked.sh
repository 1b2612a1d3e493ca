# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A real-time clock that was marked at boot: guests have its interrupt, too, one
# after the other.
#
# arch: arm64
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

rtc=/pl031@9010000 dir=/sys/class/xen-dtdev/9010000.pl031

test_dom0_has_no_such_device() {
	expect_eq status disabled "$(tr -d '\0' </sys/firmware/devicetree/base$rtc/status)"
	expect_eq "dom0's devices" "" "$(find /sys/bus/{amba,platform}/devices -name '*pl031*')"
}

test_released_it_can_be_given_whole() {
	dt_load "hide=($rtc)"
	expect_eq driver xen-dtdev "$(dt_driver platform/9010000.pl031)"
	expect_eq state released "$(<$dir/state)"
	expect_eq driver_was none "$(<$dir/driver_was)"
	expect_eq interrupts "34 level-high free" "$(<$dir/interrupts)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_fenced 0x9010000
	echo 1 >$dir/reset
	expect_fenced 0x9010000
	xl-dtdev reclaim $rtc
	expect_fenced 0x9010000
}

test_three_guests_take_its_interrupt() {
	local i lines
	dt_load
	dt_release $rtc
	dt_config $rtc
	expect_line 'irqs = \[ 34 \]' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	for i in 1 2 3; do
		guest_run "clock$i" alarm.sh "${lines[@]}"
		expect_ge "interrupts in guest $i" 1 "$(guest_told "clock$i" interrupts)"
		echo 1 >$dir/reset
		expect_eq "reset after guest $i" "ok $((i + 1))" "$(<$dir/reset_result)"
	done
}

test_a_device_in_use_is_not_reclaimed() {
	local lines guest
	dt_load
	dt_give holder $rtc
	! xl-dtdev reclaim $rtc 2>"$TEST_DIR/err" || fail "it was reclaimed under a guest"
	expect_line "xl-dtdev: $rtc: in use by guest holder" "reclaim" <"$TEST_DIR/err"

	# Nor is it another guest's.
	for guest in "" other; do
		! xl-dtdev config $rtc ${guest:+--guest "$guest"} --out "$TEST_DIR" 2>"$TEST_DIR/err" || fail "it is given twice"
		expect_line "xl-dtdev: $rtc: in use by guest holder.*" "config for another" <"$TEST_DIR/err"
	done
	xl-dtdev config $rtc --guest holder --out "$TEST_DIR" | expect_line 'irqs = \[ 34 \]' "config for its own next start"
	now guest_destroy holder
	xl-dtdev config $rtc --out "$TEST_DIR" | expect_line 'irqs = \[ 34 \]' "config after the guest"
}

# Something in dom0 still has a page of it: its console's, here.
test_a_guest_that_is_not_gone_keeps_its_interrupt() {
	local lines domid daemon
	daemon=$(busybox pidof xenconsoled)
	dt_load
	dt_give ghost $rtc
	domid=$(xl domid ghost)
	defer kill -CONT "$daemon"
	kill -STOP "$daemon"
	xl destroy ghost
	xl list | expect_line "\(null\) +$domid .*d .*" "xl list"
	xl-dtdev config $rtc --out "$TEST_DIR" | expect_line "# domain $domid is not gone yet: .*" "config"
	guest_refused '.*irq 34: Device or resource busy' "${lines[@]}"
	echo 1 >$dir/reset
	expect_eq "reset under a guest that ended" "ok 2" "$(<$dir/reset_result)"
	now xl-dtdev reclaim $rtc
	dt_release $rtc
	expect_fenced 0x9010000
	now kill -CONT "$daemon"
	now guest_destroy ghost
	xl-dtdev config $rtc --out "$TEST_DIR" | expect_no 'not gone yet' "config when it is gone"
	guest_run third alarm.sh "${lines[@]}"
}

run_tests
