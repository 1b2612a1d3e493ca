# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# An interrupt that Xen cannot take from dom0: a clock that dom0 uses is released, and
# the driver in the guest gets its alarm through dom0.
#
# The machine: QEMU's virt, whose clock needs a line of the GPIO controller.
#
# arch: arm64
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 enable-gpios $(fdtget -t x $DTB /pl061@9030000 phandle) 4 0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/relay.sh
source /lab/lib/relay.sh
# shellcheck source=../lib/probe.sh
source /lab/lib/probe.sh

# relay_guest NAME: comes back when its driver has the clock.
relay_guest() {
	relay_start "$1" relayed.sh
	await_state armed
}

test_names_that_no_guest_has() {
	dt_load
	dt_release $rtc
	expect_eq guest "" "$(<$dir/guest)"
	expect_eq relays "" "$(<$dir/relays)"
	expect_errno EINVAL $dir/guest "a/b"
	expect_errno EINVAL $dir/guest "a b"
	expect_errno EINVAL $dir/guest "$(printf '%0256d' 0)"
	expect_eq guest "" "$(<$dir/guest)"
	echo nobody >$dir/guest
	expect_eq guest nobody "$(<$dir/guest)"
	expect_eq interrupts "34 level-high relayed 34" "$(<$dir/interrupts)"
	expect_eq relays "34 off turns 0 longest 0 us limited 0 spurious 0" "$(<$dir/relays)"
	echo somebody >$dir/guest
	echo 1 >$dir/reset
	echo >$dir/guest
	expect_eq guest "" "$(<$dir/guest)"
	grep -q "^34 level-high routed to dom0" $dir/interrupts || fail "interrupts: $(<$dir/interrupts)"
	expect_errno EINVAL /sys/module/xen_dtdev/parameters/relay_rate 0
}

test_which_way_the_line_goes_is_said() {
	dt_load
	xl-dtdev release $rtc >"$TEST_DIR/out"
	defer xl-dtdev reclaim $rtc
	head -n 1 "$TEST_DIR/out" | expect_line "$rtc: interrupt 34: it is dom0's: if Xen cannot move it, config --guest has it passed on" "release"
	xl-dtdev config $rtc --out "$TEST_DIR" >"$TEST_DIR/out"
	grep with "$TEST_DIR/out" | expect_line "# $rtc: interrupt 34: with --guest NAME, dom0 passes it on" "config without a name"
	xl-dtdev config $rtc --guest clock --no-relay --out "$TEST_DIR" >"$TEST_DIR/out"
	grep left "$TEST_DIR/out" | expect_line "# left out: interrupt 34 routed to dom0: .*" "config without a relay"
	expect_no xen,dtdev-irq "the tree" <"$TEST_DIR/clock.dts"
	expect_eq guest "" "$(<$dir/guest)"
	now xl-dtdev reclaim $rtc
	xl-dtdev release $rtc --no-relay >"$TEST_DIR/out"
	defer xl-dtdev reclaim $rtc
	head -n 1 "$TEST_DIR/out" | expect_line "$rtc: interrupt 34: it is dom0's: if Xen cannot move it, no guest gets it" "release"
}

test_a_guest_takes_its_alarm() {
	dt_load
	dt_release $rtc
	relay_config clock
	cat "$TEST_DIR/clock.dts"
	relay_guest clock
	guest_said clock | expect_line "told deferred .*" "the guest"
	expect_eq "alarms before" 0 "$(lab-irqs $name)"
	guest_tell clock alarm
	guest_reaches clock interrupts
	expect_eq "interrupts in the guest" 1 "$(guest_told clock interrupts)"
	expect_eq "interrupts in dom0" 1 "$(lab-irqs $name)"
	expect_eq turns 1 "$(relay_count turns)"
	expect_eq spurious 0 "$(relay_count spurious)"
	trace_clear
	echo 1 >$TRACE/events/xen_dtdev/dtdev_relay/enable
	defer write_attr $TRACE/events/xen_dtdev/dtdev_relay/enable 0
	guest_tell clock again
	guest_reaches clock again
	now write_attr $TRACE/events/xen_dtdev/dtdev_relay/enable 0
	expect_eq "its way through dom0" "34 told 34 opened" "$(sed -n 's/.*: dtdev_relay: //p' $TRACE/trace | paste -s -d' ')"

	# As long as it lives, the device is its own.
	! xl-dtdev reclaim $rtc || fail "reclaimed from a guest that lives"
	expect_errno EBUSY $DTDEV/remove_node $rtc
	expect_errno EBUSY $dir/reset 1
	expect_errno EBUSY $dir/guest other
	! modprobe -r xen-dtdev 2>/dev/null || fail "the module goes away"
	expect_eq guest clock "$(<$dir/guest)"
	guest_tell clock end
	guest_ends clock
	await_state off
	now xl-dtdev reclaim $rtc
	rtc_works
}

test_destroyed_and_again() {
	local i domid
	dt_load
	dt_release $rtc
	relay_config clock
	echo >$dir/guest
	for i in 1 2; do
		guest_start clock relayed.sh "${lines[@]}" --file /lab/guest/updates/xen-dtdev-irq.ko
		# Named while it lives already.
		echo clock >$dir/guest
		guest_reaches clock offers
		await_state armed
		guest_tell clock forever
		guest_reaches clock forever
		domid=$(xl domid clock)
		xl destroy clock
		lab-guest --wait clock || [[ $? == 124 ]]
		await_state off
		! xenstore-exists "/local/domain/$domid" || fail "something is left in xenstore"
		expect_eq guest clock "$(<$dir/guest)"
	done
	echo 1 >$dir/reset
	relay_guest clock
	guest_tell clock alarm
	guest_reaches clock interrupts
	guest_tell clock end
	guest_ends clock
	await_state off
	now xl-dtdev reclaim $rtc
	rtc_works
}

test_one_that_does_not_answer_costs_one_interrupt() {
	local before
	dt_load
	dt_release $rtc
	relay_config mute
	relay_guest mute
	before=$(lab-irqs $name)
	guest_tell mute set
	guest_reaches mute set
	xl pause mute
	await_state waiting
	expect_eq "interrupts in dom0" $((before + 1)) "$(lab-irqs $name)"
	# It is still asserted, and stays masked while others come.
	expect_silence
	expect_eq turns 0 "$(relay_count turns)"
	xl unpause mute
	await_state armed
	expect_eq turns 1 "$(relay_count turns)"

	# Taken back while it lives: silent, and dom0 has the line.
	echo >$dir/guest
	expect_eq relays "" "$(<$dir/relays)"
	! xenstore-exists "/local/domain/$(xl domid mute)/xen-dtdev/irq/34" || fail "the offer is still there"
	echo mute >$dir/guest
	await_state armed

	# And again, before it can see that: dom0's port may have the same number.
	xl pause mute
	echo >$dir/guest
	echo mute >$dir/guest
	xl unpause mute
	await_state armed
	guest_tell mute alarm
	guest_reaches mute interrupts
	guest_tell mute end
	guest_ends mute
	now xl-dtdev reclaim $rtc
	rtc_works
}

test_the_guest_chooses_the_cpu() {
	local cpu
	dt_load
	dt_release $rtc
	relay_config choosy
	relay_start choosy relayed.sh --vcpus 2
	await_state armed
	for cpu in 1 0; do
		guest_tell choosy cpu$cpu
		guest_reaches choosy cpu$cpu
		expect_eq "alarms on CPU $cpu" 1 "$(guest_told choosy cpu$cpu)"
	done
	expect_eq turns 2 "$(relay_count turns)"
	guest_tell choosy end
	guest_ends choosy
	await_state off
	now xl-dtdev reclaim $rtc
	rtc_works
}

# It goes with what it needs, unasked, and is the guest's when it is back.
test_its_supplier_is_away_for_a_while() {
	local domid
	dt_load
	dt_release $rtc
	relay_config loyal
	relay_guest loyal
	domid=$(xl domid loyal)
	gpio_driver unbind
	defer gpio_driver bind
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	! modprobe -r xen-dtdev 2>/dev/null || fail "the module goes away"
	! xenstore-exists "/local/domain/$domid/xen-dtdev/irq/34" || fail "the offer is still there"
	now gpio_driver bind
	# The driver core looks again in its own time.
	lab-wait 20 grep -q -x $rtc $DTDEV/nodes || fail "it is not taken again with the supplier back"
	expect_eq guest loyal "$(<$dir/guest)"
	expect_eq "its driver before" rtc-pl031 "$(<$dir/driver_was)"
	expect_errno EBUSY $DTDEV/remove_node $rtc
	expect_errno EBUSY $dir/reset 1
	await_state armed
	guest_tell loyal alarm
	guest_reaches loyal interrupts
	guest_tell loyal end
	guest_ends loyal
	await_state off
	now xl-dtdev reclaim $rtc
	rtc_works
}

# Of what is in use by dom0 nothing is masked for a guest's sake.
test_a_line_that_dom0_has_after_all() {
	local mark
	dt_load
	dt_release $rtc
	modprobe irqhog node=$rtc
	defer modprobe -r irqhog
	relay_config late
	mark=$(dmesg_mark)
	guest_start late wait.sh "${lines[@]}"
	await_state failed
	# Once for each try would be more by now.
	lab-wait 60 lab-irqs arch_timer "$(($(lab-irqs arch_timer) + 1000))" || fail "dom0 stands still"
	await_state failed
	expect_eq "lines in the log" 1 "$(dmesg_since "$mark" | grep -c "interrupt 34 is not relayed to guest late: -16")"
	dmesg_since "$mark" | expect_no "Flags mismatch" "kernel log"
	now modprobe -r irqhog
	await_state waiting
	now guest_destroy late
	await_state off
	now xl-dtdev reclaim $rtc
	rtc_works
}

run_tests
