# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A real-time clock that dom0 uses: taken at runtime, kept out of dom0's reach,
# given to a guest, returned, and in use again.
#
# The machine: QEMU's virt, and a node that needs its GPIO controller.
#
# arch: arm64
# lab: --dtb-edit fdtput -c $DTB /supply; fdtput -t s $DTB /supply compatible regulator-fixed; fdtput -t s $DTB /supply regulator-name supply; fdtput -t x $DTB /supply gpios $(fdtget -t x $DTB /pl061@9030000 phandle) 4 0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

rtc=/pl031@9010000 device=/sys/bus/amba/devices/9010000.pl031
rtc_base=0x9010000 gpio_id=0x9030fe0 uart_id=0x9040fe0

test_dom0_uses_the_clock() {
	expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
	rtc_works
}

test_nothing_is_taken_unasked() {
	local mark
	mark=$(dmesg_mark)
	dt_load
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	dmesg_since "$mark" | expect_no xen-dtdev "kernel log"
	expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
}

test_check_says_what_stands_in_the_way() {
	local mark
	dt_load
	mark=$(dmesg_mark)
	driver_load fixed
	lab-wait 20 test -e /sys/bus/platform/devices/supply/driver
	cat /sys/kernel/debug/xen-dtdev/report
	xl-dtdev check $rtc | expect_line "$rtc rtc-pl031 ok" "check of the clock"
	! xl-dtdev check /pl061@9030000 >"$TEST_DIR/out" || fail "the GPIO controller passes"
	expect_line "/pl061@9030000 pl061_gpio no: provider (/gpio-keys/poweroff, /supply|/supply, /gpio-keys/poweroff); consumers supply" "check of the GPIO controller" <"$TEST_DIR/out"
	! xl-dtdev check /virtio_mmio@a000200 >"$TEST_DIR/out" || fail "a device passes that shares a page"
	expect_line "/virtio_mmio@a000200 - no: shared-page( /virtio_mmio@a000[0468ace]00,?){7}" "check of a virtio device" <"$TEST_DIR/out"
	! xl-dtdev check serial1 >"$TEST_DIR/out" || fail "a driver that must not be unbound passes"
	expect_line "/pl011@9040000 uart-pl011 no: no-unbind uart-pl011" "check of an alias" <"$TEST_DIR/out"
	! xl-dtdev check /pcie@10000000 >"$TEST_DIR/out" || fail "a bus with devices passes"
	expect_line "/pcie@10000000 pci-host-generic no: children 0000:00:00.0" "check of the PCI bus" <"$TEST_DIR/out"
	grep '^/interrupt-controller ' /sys/kernel/debug/xen-dtdev/report | expect_line '.* - no: interrupt-controller; .*' "the interrupt controller"
	expect_no '^/(hypervisor|memory|cpus)' "what is no device" </sys/kernel/debug/xen-dtdev/report
	expect_errno ENOENT /sys/kernel/debug/xen-dtdev/check /nothing
	expect_eq "check of nobody" "" "$(</sys/kernel/debug/xen-dtdev/check)"
	dmesg_since "$mark" | expect_no 'OF:|xen-dtdev' "kernel log"
}

test_bad_requests_change_nothing() {
	local path
	dt_load
	expect_errno EINVAL $DTDEV/new_node "$rtc force=nonsense"
	expect_errno EINVAL $DTDEV/new_node "/pl031@9010000/.."
	expect_errno ENOENT $DTDEV/new_node "/pl031@9010001"
	expect_errno ENOENT $DTDEV/new_node "$rtc/compatible"
	expect_errno ENOENT $DTDEV/remove_node "$rtc"
	expect_errno ENXIO $DTDEV/new_node "/hypervisor"
	expect_errno ENXIO $DTDEV/new_node "/$(cd /sys/firmware/devicetree/base && echo memory@*)"
	expect_errno EBUSY $DTDEV/new_node "/virtio_mmio@a000200"
	for path in $rtc/compatible $rtc/.. /nothing serial7; do
		! xl-dtdev release "$path" 2>"$TEST_DIR/err" || fail "xl-dtdev takes $path"
		expect_line "xl-dtdev: $path: there is no (such node|alias 'serial7')" "release" <"$TEST_DIR/err"
	done
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
}

test_hide_takes_at_load_what_it_can() {
	local mark
	mark=$(dmesg_mark)
	dt_load "hide=(/nothing)(bad one) (serial7) ($rtc)(compatible=arm,pl031)"
	expect_eq nodes "$rtc" "$(<$DTDEV/nodes)"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "xen-dtdev: /nothing: there is no such node" "kernel log" <"$TEST_DIR/log"
	expect_line "xen-dtdev: malformed at character 6: \(bad one\)" "kernel log" <"$TEST_DIR/log"
	expect_line "xen-dtdev: serial7: there is no such node" "kernel log" <"$TEST_DIR/log"
	xl-dtdev reclaim $rtc
	expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
}

test_released_it_is_out_of_reach() {
	local dir=/sys/class/xen-dtdev/9010000.pl031
	dt_load
	dt_release $rtc
	expect_eq driver xen-dtdev "$(dt_driver amba/9010000.pl031)"
	[[ ! -e $device/rtc ]] || fail "dom0 still has a clock"
	expect_eq state released "$(<$dir/state)"
	expect_eq driver_was rtc-pl031 "$(<$dir/driver_was)"
	expect_eq iomem 0x9010000-0x9010fff "$(<$dir/iomem)"
	expect_eq clocks "apb_pclk 24000000" "$(<$dir/clocks)"
	expect_eq reset_method "quiesce arm,pl031" "$(<$dir/reset_method)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_eq fence "up 0x9010,1" "$(<$dir/fence)"
	expect_eq interrupts "34 level-high routed to dom0: this Xen cannot move it; dom0 can pass it on (xl-dtdev config --guest), or mark the node at boot: fdt set $rtc xen,passthrough" "$(<$dir/interrupts)"
	expect_errno EEXIST $DTDEV/new_node $rtc
	expect_fenced $rtc_base
	expect_fenced $((rtc_base + 0xffc))
	expect_reachable $gpio_id
	expect_reachable $uart_id
	! modprobe -r xen-dtdev 2>/dev/null || fail "the module goes away with a device"
	expect_fenced $rtc_base
	echo 1 >$dir/reset
	expect_eq "reset_result after one on request" "ok 2" "$(<$dir/reset_result)"
	expect_fenced $rtc_base
	awk '/clk24mhz/ { exit !($4 > 0) }' /sys/kernel/debug/clk/clk_summary || fail "its clock's rate is not locked"
}

test_events_tell_the_story() {
	local tracing=/sys/kernel/tracing
	dt_load
	echo >$tracing/trace
	echo 1 >$tracing/events/xen_dtdev/enable
	defer sh -c "echo 0 >$tracing/events/xen_dtdev/enable"
	xl-dtdev release $rtc
	xl-dtdev reclaim $rtc
	now sh -c "echo 0 >$tracing/events/xen_dtdev/enable"
	sed -n 's/.*: dtdev_\([a-z]*: 9010000.pl031 [-0-9]*\)$/\1/p' $tracing/trace >"$TEST_DIR/told"
	printf '%s 9010000.pl031 %s\n' reset: 0 iommu: 0 fence: 1 seize: 0 fence: 0 reset: 0 release: 0 >"$TEST_DIR/wanted"
	expect_same "what is told" "$TEST_DIR/wanted" "$TEST_DIR/told"
}

test_reclaimed_it_works_again() {
	dt_load
	dt_release $rtc
	now xl-dtdev reclaim $rtc >"$TEST_DIR/out"
	expect_line "$rtc: returned to dom0, and rtc-pl031 has it" "reclaim" <"$TEST_DIR/out"
	expect_reachable $rtc_base
	expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
	rtc_works
	awk '/clk24mhz/ { exit $4 > 0 }' /sys/kernel/debug/clk/clk_summary || fail "its clock's rate is still locked"
}

test_a_guest_reads_the_time() {
	dt_load
	dt_release $rtc
	dt_config $rtc
	cat "$TEST_DIR/9010000.pl031.dts"
	expect_line 'iomem = \[ "0x9010,1@0x9010" \]' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	expect_no '^irqs' "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	guest_run clock rtc.sh "${lines[@]}"
	guest_said clock | expect_line "told rtc rtc-pl031 9010000.pl031" "the guest"
	expect_ge "what the guest's clock says" $(($(date +%s) - 600)) "$(guest_told clock time)"
	expect_fenced $rtc_base
	now xl-dtdev reclaim $rtc
	rtc_works
}

test_a_guest_gets_two_devices_by_one_configuration() {
	local lines both=("$rtc" /fw-cfg@9020000)
	dt_load
	dt_release "${both[0]}"
	! xl-dtdev config "${both[@]}" --out "$TEST_DIR" 2>"$TEST_DIR/err" || fail "one of them has not been released"
	expect_line "xl-dtdev: ${both[1]}: release it first: .*" "config of both" <"$TEST_DIR/err"
	dt_release "${both[1]}"
	! xl-dtdev config $rtc $rtc --out "$TEST_DIR" 2>"$TEST_DIR/err" || fail "one device twice"
	expect_line "xl-dtdev: $rtc: named twice" "config of one twice" <"$TEST_DIR/err"
	# A guest without the relay's module.
	xl-dtdev config "${both[@]}" --guest pair --no-relay --out "$TEST_DIR"
	expect_line 'iomem = \[ "0x9010,1@0x9010", "0x9020,1@0x9020" \]' "xl.cfg" <"$TEST_DIR/pair.cfg"
	expect_eq "devices in the tree" "clock-0 fw-cfg@9020000 pl031@9010000" \
		"$(fdtget -l "$TEST_DIR/pair.dtb" /passthrough | sort | paste -s -d' ')"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/pair.cfg")
	guest_run pair rtc.sh "${lines[@]}"
	guest_said pair | expect_line "told rtc rtc-pl031 9010000.pl031" "the guest"
}

# xl reads the numbers of frames as hexadecimal ones.
test_a_large_region_is_given_as_a_whole() {
	local lines
	dt_load
	dt_release /flash@0
	dt_config /flash@0
	expect_line 'iomem = \[ "0x0,0x4000@0x10000", "0x4000,0x4000@0x14000" \]' "xl.cfg" <"$TEST_DIR/0.flash.cfg"
	guest_start holder wait.sh "${lines[@]}"
	xl list -l holder >"$TEST_DIR/json"
	expect_eq "frames as xl has them" 2 "$(grep -c '"number": 16384' "$TEST_DIR/json")"
	now guest_destroy holder
}

test_a_shared_page_is_never_fenced() {
	local dir=/sys/class/xen-dtdev/a000200.virtio_mmio
	dt_load
	dt_release /virtio_mmio@a000200 force=shared-page
	expect_eq state held "$(<$dir/state)"
	expect_eq fence "down partial: other pages hold registers of other devices" "$(paste -s -d' ' $dir/fence)"
	expect_eq reset_method "quiesce virtio,mmio" "$(<$dir/reset_method)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_reachable 0xa000000
	xl-dtdev config /virtio_mmio@a000200 --out "$TEST_DIR" >"$TEST_DIR/cfg"
	expect_line '# its pages hold registers of other devices: .*' "xl.cfg" <"$TEST_DIR/cfg"
	expect_eq "registers in the guest" "0 a000200 0 200" \
		"$(fdtget -t x "$TEST_DIR/a000200.virtio_mmio.dtb" /passthrough/virtio_mmio@a000200 reg)"
}

test_force_overrides_just_what_it_names() {
	local dir=/sys/class/xen-dtdev/9030000.pl061
	dt_load
	driver_load fixed
	lab-wait 20 test -e /sys/bus/platform/devices/supply/driver
	expect_errno EBUSY $DTDEV/new_node "/pl061@9030000 force=provider"
	expect_eq driver pl061_gpio "$(dt_driver amba/9030000.pl061)"
	expect_eq "driver of its consumer" reg-fixed-voltage "$(dt_driver platform/supply)"
	dt_release /pl061@9030000 force=provider,consumers
	expect_eq "driver of its consumer" none "$(dt_driver platform/supply)"
	expect_eq reset_method "quiesce arm,pl061" "$(<$dir/reset_method)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_fenced $gpio_id
	now xl-dtdev reclaim /pl061@9030000
	expect_eq driver pl061_gpio "$(dt_driver amba/9030000.pl061)"
	echo supply >/sys/bus/platform/drivers_probe
	expect_eq "driver of its consumer" reg-fixed-voltage "$(dt_driver platform/supply)"
}

test_nobody_unbinds_it_by_hand() {
	local bus
	dt_load
	dt_release $rtc
	for bus in amba platform; do
		[[ -d /sys/bus/$bus/drivers/xen-dtdev ]] || fail "no driver on $bus"
		[[ ! -e /sys/bus/$bus/drivers/xen-dtdev/unbind ]] || fail "there is unbind on $bus"
		[[ ! -e /sys/bus/$bus/drivers/xen-dtdev/bind ]] || fail "there is bind on $bus"
	done
	expect_fenced $rtc_base
}

# again COUNT COMMAND...: whether it works or not.
again() {
	local i
	for ((i = 0; i < $1; i++)); do
		"${@:2}" 2>/dev/null || :
	done
}

test_requests_that_race_leave_it_whole() {
	local amba=/sys/bus/amba/drivers
	dt_load
	again 15 write_attr $DTDEV/new_node $rtc &
	again 15 write_attr $amba/xen-dtdev/new_node $rtc &
	again 15 write_attr $DTDEV/remove_node $rtc &
	again 15 write_attr /sys/class/xen-dtdev/9010000.pl031/reset 1 &
	again 5 cat /sys/kernel/debug/xen-dtdev/report >/dev/null &
	again 15 modprobe -r xen-dtdev &
	wait
	modprobe xen-dtdev
	write_attr $DTDEV/new_node $rtc 2>/dev/null || :
	expect_eq nodes $rtc "$(<$DTDEV/nodes)"
	expect_fenced $rtc_base
	xl-dtdev reclaim $rtc
	rtc_works
}

test_ten_times_over() {
	local i
	dt_load
	for i in {1..10}; do
		xl-dtdev release $rtc >/dev/null
		expect_fenced $rtc_base
		xl-dtdev reclaim $rtc >/dev/null
		expect_reachable $rtc_base
	done
	rtc_works
}

run_tests
