# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Xen's document on overlays, the guest's part: a domain that runs at the machine's
# own addresses is given a clock that the machine's tree did not have.
#
# arch: arm64
# kernel: 7.2
# lab: --xen overlay
# lab: --xen-args conring_size=1m
# lab: --domu selftests/overlay/guest/clock.sh
# lab: --domu-file selftests/lib/in-guest.sh
# lab: --dtb-edit fdtput -r $DTB /pl031@9010000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

test_the_domain_runs_beside_dom0() {
	keep
	expect_eq "domains" 2 "$(xl list | awk 'NR > 1' | wc -l)"
	domu_reaches ready
	"$(echo /usr/lib/xen-*/bin/init-dom0less)" || fail "it is not made known to xenstore"
}

test_it_is_given_a_clock_and_uses_it() {
	keep
	overlay_rtc overlay
	overlay_nodes overlay_domu 'clock: clock {
		compatible = "fixed-clock";
		#clock-cells = <0>;
		clock-frequency = <24000000>;
	};
	pl031@9010000 {
		compatible = "arm,pl031", "arm,primecell";
		reg = <0 0x9010000 0 0x1000>;
		xen,reg = <0 0x9010000 0 0x1000 0 0x9010000>;
		interrupt-parent = <0xfde8>;
		interrupts = <0 2 4>;
		clocks = <&clock>;
		clock-names = "apb_pclk";
	};'
	cp "$TEST_DIR/overlay.dtbo" /run/overlay.dtbo
	xl dt-overlay add "$TEST_DIR/overlay.dtbo"
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/overlay_domu.dtbo" 1
	xen_attach overlay 1
	xenstore-write /local/domain/1/data/dtbo "$(base64 -w 0 "$TEST_DIR/overlay_domu.dtbo")"
	xenstore-write /local/domain/1/data/step attached
	domu_reaches interrupts
	expect_eq status applied "$(domu_told status)"
	expect_eq "its clock" "rtc-pl031 9010000.pl031" "$(domu_told rtc)"
	expect_ge "what its clock says" $(($(date +%s) - 600)) "$(domu_told time)"
	expect_ge "interrupts of its clock" 1 "$(domu_told interrupts)"
	domu_reaches removed
}

test_what_it_has_let_go_of_leaves_the_machine_again() {
	cp /run/overlay.dtbo "$TEST_DIR/"
	xen_remove overlay
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/overlay.dtbo"
}

test_other_guests_cannot_be_given_it() {
	overlay_rtc overlay
	xen_add overlay
	guest_start other wait.sh
	! xl dt-overlay attach "$TEST_DIR/overlay.dtbo" other 2>"$TEST_DIR/err" || fail "it is attached to a guest that is not direct-mapped"
	expect_line '.*libxl_dt_overlay_domain: Attaching/Detaching overlay dtb failed.*' "xl" <"$TEST_DIR/err"
}

run_tests
