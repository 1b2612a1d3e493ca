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
# lab: --domu-file selftests/overlay/guest/clock.dtso
# lab: --dtb-edit fdtput -r $DTB /pl031@9010000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

# domu_has_a_clock: and says of it what it should.
domu_has_a_clock() {
	expect_eq status applied "$(domu_told status)"
	expect_eq "its clock" "rtc-pl031 9010000.pl031" "$(domu_told rtc)"
	expect_ge "what its clock says" $(($(date +%s) - 600)) "$(domu_told time)"
	expect_ge "interrupts of its clock" 1 "$(domu_told interrupts)"
}

test_the_domain_runs_beside_dom0() {
	expect_eq "domains" 2 "$(xl list | awk 'NR > 1' | wc -l)"
	domu_reaches ready
}

test_it_is_given_a_clock_and_uses_it() {
	overlay_rtc overlay
	overlay_compile overlay_domu </lab/guests/clock.dtso
	xen_add overlay
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/overlay_domu.dtbo" 1
	xen_attach overlay 1
	domu_reaches "gone 1"
	domu_has_a_clock
	now xen_remove overlay
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/overlay.dtbo"
}

test_what_xen_removes_under_it_stays_its_own() {
	overlay_rtc overlay
	xen_add overlay
	xen_attach overlay 1
	domu_signal 1
	domu_reaches again
	domu_has_a_clock
	now xen_remove overlay
	domu_signal 2
	domu_reaches "gone 2"
	expect_ge "interrupts of its clock" 2 "$(domu_told interrupts)"
	domu_ends
}

test_other_guests_cannot_be_given_it() {
	overlay_rtc overlay
	xen_add overlay
	guest_start other wait.sh
	xl_refuses 'Attaching/Detaching overlay dtb failed' attach "$TEST_DIR/overlay.dtbo" other
}

# What is left of such an attempt Xen stumbles over in `remove`: no test follows.
test_dom0_cannot_have_what_the_domain_had() {
	overlay_rtc overlay
	xl dt-overlay add "$TEST_DIR/overlay.dtbo"
	xen_refuses "IRQ 34 is already used by domain 1" attach "$TEST_DIR/overlay.dtbo" 0
}

run_tests
