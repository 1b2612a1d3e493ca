# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Xen's document on overlays, dom0's part: a clock that the machine has, but not
# its tree, comes, works, goes, and comes again; and what Xen refuses.
#
# arch: arm64
# kernel: 7.2
# lab: --xen overlay
# lab: --xen-args conring_size=1m
# lab: --dtb-edit fdtput -r $DTB /pl031@9010000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

device=/sys/bus/amba/devices/9010000.pl031

test_the_documented_commands_twice() {
	local i
	[[ ! -e $LIVE/pl031@9010000 ]] || fail "the tree has a clock to begin with"
	overlays_load
	overlay_rtc overlay
	for i in 1 2; do
		note "time $i"
		xen_add overlay
		xen_attach overlay 0
		mkdir -p $OVERLAYS/new_overlay
		cat "$TEST_DIR/overlay.dtbo" >$OVERLAYS/new_overlay/dtbo
		expect_eq status applied "$(<$OVERLAYS/new_overlay/status)"
		expect_eq error none "$(<$OVERLAYS/new_overlay/error)"
		expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
		rtc_works
		rmdir $OVERLAYS/new_overlay
		[[ ! -e $device && ! -e $LIVE/pl031@9010000 ]] || fail "it is still there"
		now xen_remove overlay
	done
}

test_what_xen_removes_under_dom0_stays_with_it() {
	overlays_load
	overlay_rtc overlay
	xen_add overlay
	xen_attach overlay 0
	overlay_apply overlay
	now xen_remove overlay
	rtc_works
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/overlay.dtbo" 0
	now overlay_remove overlay
	[[ ! -e $device && ! -e $LIVE/pl031@9010000 ]] || fail "it is still there"
}

test_xen_knows_only_what_was_added() {
	overlay_rtc overlay
	overlay_rtc other 'status = "okay";'
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/overlay.dtbo" 0
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/overlay.dtbo"
	xen_add overlay
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/other.dtbo" 0
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/other.dtbo"
	now xen_remove overlay
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/overlay.dtbo"
}

test_attached_twice_is_attached() {
	overlays_load
	overlay_rtc overlay
	xen_add overlay
	xen_attach overlay 0
	xen_attach overlay 0
	overlay_apply overlay
	rtc_works
}

test_xen_refuses_what_is_there_already() {
	overlay_rtc overlay
	overlay_nodes exists 'apb-pclk { };'
	xen_refuses "node /apb-pclk exists in device tree" add "$TEST_DIR/exists.dtbo"
	xen_add overlay
	xen_refuses "node /pl031@9010000 exists in device tree" add "$TEST_DIR/overlay.dtbo"
}

test_xen_refuses_bad_blobs() {
	overlay_nodes good 'good { };'
	head -c 100 /dev/urandom >"$TEST_DIR/bad"
	xl_refuses 'Overlay DTB check failed' add "$TEST_DIR/bad"
	head -c -4 "$TEST_DIR/good.dtbo" >"$TEST_DIR/bad"
	xl_refuses 'Overlay DTB check failed' add "$TEST_DIR/bad"
	{ cat "$TEST_DIR/good.dtbo" && echo more; } >"$TEST_DIR/bad"
	xen_refuses "The overlay FDT is not a valid Flat Device Tree" add "$TEST_DIR/bad"
	echo '/dts-v1/; /plugin/; / { fragment@7 { target-path = "/nowhere"; __overlay__ { a { }; }; }; };' | overlay_compile target
	xen_refuses "Getting nodes information failed with error" add "$TEST_DIR/target.dtbo"
	overlay_nodes label 'a { clocks = <&no_such_label>; };'
	xen_refuses "Adding overlay node failed with error" add "$TEST_DIR/label.dtbo"
}

test_xen_takes_500_kib() {
	overlay_nodes good 'good { };'
	overlay_pad good $((500 * 1024))
	xen_add good
	now xen_remove good
	overlay_pad good $((500 * 1024 + 4))
	xl_refuses 'Adding/Removing overlay dtb failed' add "$TEST_DIR/good.dtbo"
}

run_tests
