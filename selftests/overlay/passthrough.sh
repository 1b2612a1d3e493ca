# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# An overlay's node that is marked xen,passthrough: xen-dtdev has it before any
# driver of dom0, it goes to a guest with its interrupt, and its overlay stays for
# as long as it is taken.
#
# arch: arm64
# kernel: 7.2
# lab: --xen overlay
# lab: --xen-args conring_size=1m
# lab: --dtb-edit selftests/overlay/tree/sleeping-bus.sh

# Without parameters on purpose.
# shellcheck disable=SC2119
# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

rtc=/pl031@9010000 dir=/sys/class/xen-dtdev/9010000.pl031

test_without_xen_knowing_it_is_not_taken() {
	local mark
	mark=$(dmesg_mark)
	dt_load
	overlays_load
	overlay_rtc overlay 'xen,passthrough;'
	overlay_apply overlay
	expect_eq nodes "" "$(<"$DTDEV/nodes")"
	expect_eq driver none "$(dt_driver platform/9010000.pl031)"
	dmesg_since "$mark" | expect_line "xen-dtdev 9010000.pl031: not taken: dom0 has no right to its registers, Xen answers -1: .*" "kernel log"
	xen_add overlay
	xen_attach overlay 0
	xl-dtdev release $rtc
	expect_eq driver xen-dtdev "$(dt_driver platform/9010000.pl031)"
	expect_eq state released "$(<$dir/state)"
	xl-dtdev reclaim $rtc
	expect_eq "driver afterwards" none "$(dt_driver platform/9010000.pl031)"
	now overlay_remove overlay
	[[ ! -e $LIVE$rtc ]] || fail "the node is still there"
}

test_it_is_taken_before_any_driver() {
	dt_load
	overlays_load
	overlay_rtc overlay 'xen,passthrough;'
	xen_add overlay
	xen_attach overlay 0
	overlay_apply overlay
	defer xl-dtdev reclaim $rtc
	expect_eq driver xen-dtdev "$(dt_driver platform/9010000.pl031)"
	[[ ! -e /sys/bus/amba/devices/9010000.pl031 ]] || fail "dom0 has a primecell of it"
	expect_eq nodes $rtc "$(<"$DTDEV/nodes")"
	expect_eq state released "$(<$dir/state)"
	expect_eq driver_was none "$(<$dir/driver_was)"
	expect_eq interrupts "34 level-high free" "$(<$dir/interrupts)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_eq fence "up 0x9010,1" "$(<$dir/fence)"
	expect_fenced 0x9010000
	dt_config $rtc
	expect_line 'irqs = \[ 34 \]' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	guest_run clock alarm.sh "${lines[@]}"
	expect_ge "interrupts in the guest" 1 "$(guest_told clock interrupts)"
	expect_fenced 0x9010000
}

test_no_driver_of_dom0_is_faster() {
	local node='eager@9010000 {
		compatible = "regulator-fixed", "arm,pl031";
		regulator-name = "eager";
		reg = <0 0x9010000 0 0x1000>;
		interrupts = <0 2 4>;'
	dt_load
	overlays_load
	driver_load fixed
	overlay_nodes unmarked "$node };"
	overlay_apply unmarked
	expect_eq "driver of what is not marked" reg-fixed-voltage "$(dt_driver platform/9010000.eager)"
	now overlay_remove unmarked
	overlay_nodes marked "$node xen,passthrough; };"
	xen_add marked
	xen_attach marked 0
	overlay_apply marked
	expect_eq driver xen-dtdev "$(dt_driver platform/9010000.eager)"
	expect_eq driver_was none "$(</sys/class/xen-dtdev/9010000.eager/driver_was)"
	xl-dtdev reclaim /eager@9010000
	expect_eq "driver afterwards" none "$(dt_driver platform/9010000.eager)"
	now overlay_remove marked
}

test_its_overlay_stays_while_it_is_taken() {
	local mark lines
	dt_load
	overlays_load
	overlay_rtc overlay 'xen,passthrough;'
	xen_add overlay
	xen_attach overlay 0
	overlay_apply overlay
	dt_config $rtc
	guest_start holder wait.sh "${lines[@]}"
	mark=$(dmesg_mark)
	rmdir $OVERLAYS/overlay
	[[ -e $LIVE$rtc ]] || fail "the node is gone"
	expect_eq nodes $rtc "$(<"$DTDEV/nodes")"
	expect_fenced 0x9010000
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "xen-dtdev 9010000.pl031: the overlay that $rtc is of cannot be removed: .*" "kernel log" <"$TEST_DIR/log"
	expect_line "dt-overlay: overlay: error -16: it stays applied; .*" "kernel log" <"$TEST_DIR/log"
	! modprobe -r dt-overlay-configfs 2>/dev/null || fail "the module goes away with an overlay"
	mkdir $OVERLAYS/overlay
	expect_eq status applied "$(<$OVERLAYS/overlay/status)"
	! xl-dtdev reclaim $rtc 2>"$TEST_DIR/err" || fail "it was reclaimed under a guest"
	expect_line "xl-dtdev: $rtc: in use by guest holder" "reclaim" <"$TEST_DIR/err"
	now guest_destroy holder
	xl-dtdev reclaim $rtc
	now overlay_remove overlay
	[[ ! -e $LIVE$rtc && ! -e /sys/bus/platform/devices/9010000.pl031 ]] || fail "it is still there"
}

test_what_came_before_the_module_is_taken_by_it() {
	overlays_load
	overlay_rtc overlay 'xen,passthrough;'
	xen_add overlay
	xen_attach overlay 0
	overlay_apply overlay
	expect_eq driver none "$(dt_driver platform/9010000.pl031)"
	dt_load
	expect_eq driver xen-dtdev "$(dt_driver platform/9010000.pl031)"
	expect_fenced 0x9010000
	xl-dtdev reclaim $rtc
}

# All that is on the bus comes with such an overlay, and would go with it.
test_an_overlay_that_only_switches_a_bus_on_stays() {
	local mark part=/bus@9060000/part@9060000
	dt_load
	overlays_load
	overlay_compile switch <<-END
		/dts-v1/;
		/plugin/;
		&{/bus@9060000} {
			status = "okay";
		};
	END
	overlay_apply switch
	xl-dtdev release $part
	expect_eq nodes $part "$(<"$DTDEV/nodes")"
	mark=$(dmesg_mark)
	rmdir $OVERLAYS/switch
	dmesg_since "$mark" | expect_line "xen-dtdev .*: the overlay that $part is of cannot be removed: .*" "kernel log"
	expect_eq nodes $part "$(<"$DTDEV/nodes")"
	expect_eq "status of the bus" okay "$(tr -d '\0' <$LIVE/bus@9060000/status)"
	mkdir $OVERLAYS/switch
	xl-dtdev reclaim $part
	now overlay_remove switch
	expect_eq "status of the bus" disabled "$(tr -d '\0' <$LIVE/bus@9060000/status)"
}

run_tests
