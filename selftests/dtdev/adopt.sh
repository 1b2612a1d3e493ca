# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# A real-time clock that was marked at boot, and that dom0 wants to have after all: a guest
# has it before, dom0 then, and a guest again, by way of dom0. Xen before 4.19 does not do
# that, and nothing has changed then.
#
# arch: arm64
# only by name: minutes
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 xen,passthrough
# lab: --dtb-edit fdtput -t x $DTB /virtio_mmio@a000000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/relay.sh
source /lab/lib/relay.sh

# adopt_fails REGEX: with that line, and nothing has changed.
adopt_fails() {
	! xl-dtdev adopt "${2:-$rtc}" 2>"$TEST_DIR/err" || fail "${2:-$rtc} is adopted"
	expect_line "xl-dtdev: $1" "adopt" <"$TEST_DIR/err"
}

test_what_cannot_be_adopted() {
	local path
	dt_load
	expect_errno ENOENT $DTDEV/adopt_node /nothing
	expect_errno EINVAL $DTDEV/adopt_node "$rtc force=provider"
	for path in /pl061@9030000 /virtio_mmio@a000200; do
		expect_errno EEXIST $DTDEV/adopt_node $path
	done
	adopt_fails "/pl061@9030000: File exists \(xen-dtdev: /pl061@9030000: not adopted: it is not disabled: .*\)" /pl061@9030000
	dt_release $rtc
	adopt_fails "$rtc: it has been taken for guests: reclaim it first"
	expect_errno EEXIST $DTDEV/adopt_node $rtc
	now xl-dtdev reclaim $rtc
	expect_fenced 0x9010000
}

test_a_page_that_dom0_is_kept_out_of() {
	local beside=/virtio_mmio@a000200 path=/virtio_mmio@a000000
	dt_load
	dt_release $beside force=shared-page
	adopt_fails "$path: Device or resource busy \(.*$path: not adopted: it has registers in a page of $beside, .*\)" $path
	expect_eq status disabled "$(tr -d '\0' </sys/firmware/devicetree/base$path/status)"
}

test_a_guest_that_has_it_keeps_it() {
	local lines
	dt_load
	xl-dtdev release $rtc
	dt_config $rtc
	guest_start owner wait.sh "${lines[@]}"
	# By force: that the guest has it, nobody but Xen knows now.
	echo $rtc >$DTDEV/remove_node
	adopt_fails "$rtc: in use by guest owner"
	expect_errno EBUSY $DTDEV/adopt_node $rtc
	expect_eq status disabled "$(tr -d '\0' </sys/firmware/devicetree/base$rtc/status)"
	now guest_destroy owner
	expect_fenced 0x9010000
}

test_dom0_has_it_after_all() {
	dt_load
	if [[ $LAB_XEN == 4.17 ]]; then
		adopt_fails "$rtc: Device or resource busy \(.* 4.19 is the first\)\)"
		expect_eq status disabled "$(tr -d '\0' </sys/firmware/devicetree/base$rtc/status)"
		expect_fenced 0x9010000
		return
	fi
	keep
	xl-dtdev adopt $rtc | expect_line "$rtc: dom0's until the machine restarts, and rtc-pl031 has it" "adopt"
	[[ ! -e /sys/firmware/devicetree/base$rtc/status ]] || fail "it still has a status"
	rtc_works
	expect_reachable 0x9010000
	expect_errno EEXIST $DTDEV/adopt_node $rtc
	dt_unload
}

test_and_a_guest_by_way_of_dom0() {
	[[ $LAB_XEN != 4.17 ]] || return 0
	dt_load
	dt_release $rtc
	expect_line "34 level-high routed to dom0: this Xen .*" "interrupts" <$dir/interrupts
	relay_config clock
	relay_start clock relayed.sh
	await_state armed
	guest_tell clock alarm
	guest_reaches clock interrupts
	guest_tell clock end
	guest_ends clock
	now xl-dtdev reclaim $rtc
	rtc_works
	# It is dom0's until the machine restarts; all else is as it was.
	keep
	dt_unload
	write_attr /sys/bus/amba/drivers/rtc-pl031/unbind 9010000.pl031
}

run_tests
