# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A UART that was marked at boot: guests print on it, and hear of what comes in by
# its interrupt. dom0 has the other end of the line. One guest has a clock besides.
#
# arch: arm64
# lab: --uart test
# lab: --dtb-edit fdtput -t x $DTB /pl011@9040000 xen,passthrough
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/uart.sh
source /lab/lib/uart.sh

rtc=/pl031@9010000 dir=/sys/class/xen-dtdev/9040000.pl011

# talk NUMBER LINE...: one guest, from its start to its end.
talk() {
	guest_start talker uart.sh "--append" "talk=$1" "${@:2}"
	converse "guest $1"
	guest_reaches talker interrupts
	expect_ge "interrupts in guest $1" 1 "$(guest_told talker interrupts)"
	now guest_destroy talker
}

test_guests_talk_one_after_the_other() {
	local i lines
	dt_load reset_policy=require
	dt_release $uart
	expect_eq interrupts "40 level-high free" "$(<$dir/interrupts)"
	expect_eq reset_method "quiesce arm,pl011" "$(<$dir/reset_method)"
	dt_config $uart
	expect_line 'irqs = \[ 40 \]' "xl.cfg" <"$TEST_DIR/9040000.pl011.cfg"
	expect_line 'iomem = \[ "0x9040,1@0x9040" \]' "xl.cfg" <"$TEST_DIR/9040000.pl011.cfg"
	exec 5<>$line_end
	for i in {1..10}; do
		talk "$i" "${lines[@]}"
		echo 1 >$dir/reset
		expect_eq "reset after guest $i" "ok $((i + 1))" "$(<$dir/reset_result)"
		expect_fenced 0x9040000
	done
}

test_a_guest_has_two_with_their_interrupts() {
	local lines
	dt_load
	dt_release $uart
	dt_release $rtc
	xl-dtdev config $uart $rtc --guest pair --out "$TEST_DIR"
	expect_line 'irqs = \[ 40, 34 \]' "xl.cfg" <"$TEST_DIR/pair.cfg"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/pair.cfg")
	exec 5<>$line_end
	guest_start pair pair.sh "${lines[@]}"
	expect_eq "what the guest prints" "alarms: 1" "$(hear)"
	echo "dom0 answers" >&5
	guest_ends pair 0
	expect_eq "what it has heard" "dom0 answers" "$(guest_told pair heard)"
	expect_eq "interrupts of the clock" 1 "$(guest_told pair interrupts)"
	expect_ge "interrupts of the UART" 1 "$(guest_told pair uart)"
}

run_tests
