# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a device needs is on while it is taken, and only then, in the right order:
# told by the diary of a provider of clocks, domains, a supply, reset lines, a bus, a PHY.
#
# The machine: tree/holds.sh describes it.
#
# arch: arm64
# lab: --dtb-edit selftests/dtdev/tree/holds.sh

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

provider=/sys/kernel/debug/provider class=/sys/class/xen-dtdev

# expect_diary WHAT LINE...: what the provider did since the last time.
expect_diary() {
	printf '%s\n' "${@:2}" >"$TEST_DIR/wanted"
	cat $provider/diary >"$TEST_DIR/diary"
	expect_same "$1" "$TEST_DIR/wanted" "$TEST_DIR/diary"
	echo >$provider/diary
}

# expect_books WHAT CLOCK DOMAIN SUPPLY: what the kernel's own accounts say of those
# of /all@9050000: how often each clock is enabled, prepared and its rate locked;
# "on" or "off"; how many use the supply.
expect_books() {
	local clocks=/sys/kernel/debug/clk/clk_summary domains=/sys/kernel/debug/pm_genpd/pm_genpd_summary
	expect_eq "clocks, $1" "$2|$2" "$(awk '$1 ~ /^provider-clock[01]$/ { print $2, $3, $4 }' $clocks | paste -s -d'|')"
	expect_eq "domains, $1" "$3|$3" "$(awk '$1 ~ /^provider-domain[01]$/ { sub(/-.*/, "", $2); print $2 }' $domains | paste -s -d'|')"
	expect_eq "supply, $1" "$4" "$(</sys/kernel/debug/regulator/provider-supply/use_count)"
}

test_all_is_held_and_let_go_in_order() {
	dt_load
	echo 48000000 >$provider/rate
	dt_release /all@9050000
	expect_diary "what was switched on" "supply0 on" "domain0 on" "domain1 on" "bus0 open" "clock0 on" "clock1 on" \
		"phy0 init" "phy0 on" "reset0 deassert" "reset0 assert" "reset0 deassert"
	expect_books "taken" "1 1 1" on 1
	expect_eq clocks "core 48000000 bus 48000001" "$(paste -s -d' ' $class/9050000.all/clocks)"
	expect_eq reset_method reset-control "$(<$class/9050000.all/reset_method)"
	expect_eq reset_result "ok 1" "$(<$class/9050000.all/reset_result)"
	expect_errno EBUSY $provider/rate 24000000
	expect_eq "clocks after an attempt to change one" "core 48000000 bus 48000001" "$(paste -s -d' ' $class/9050000.all/clocks)"
	echo 1 >$class/9050000.all/reset
	expect_diary "a reset on request" "reset0 assert" "reset0 deassert"
	now xl-dtdev reclaim /all@9050000
	expect_diary "what was switched off" "reset0 assert" "reset0 deassert" "phy0 off" "phy0 exit" \
		"clock1 off" "clock0 off" \
		"bus0 closed" "domain1 off" "domain0 off" "supply0 off"
	expect_books "let go" "0 0 0" off 0
	echo 24000000 >$provider/rate
	echo 48000000 >$provider/rate
}

test_the_guest_is_told_the_real_rates() {
	dt_load
	echo 12345678 >$provider/rate
	dt_release /all@9050000
	xl-dtdev config /all@9050000 --out "$TEST_DIR"
	expect_eq "rate of the first clock" 12345678 "$(fdtget "$TEST_DIR/9050000.all.dtb" /passthrough/clock-0 clock-frequency)"
	expect_eq "rate of the second clock" 48000001 "$(fdtget "$TEST_DIR/9050000.all.dtb" /passthrough/clock-1 clock-frequency)"
	expect_eq "names of clocks" "core bus" "$(fdtget "$TEST_DIR/9050000.all.dtb" /passthrough/all@9050000 clock-names)"
	expect_eq "all properties" "clock-names clocks compatible dma-coherent reg" \
		"$(fdtget -p "$TEST_DIR/9050000.all.dtb" /passthrough/all@9050000 | sort | paste -s -d' ')"
	now xl-dtdev reclaim /all@9050000
	echo 48000000 >$provider/rate
	echo >$provider/diary
}

test_a_shared_reset_line_is_a_reason_and_never_pulled() {
	dt_load
	! xl-dtdev check /twin@9051000 >"$TEST_DIR/out" || fail "a device passes that shares a reset line"
	expect_line "/twin@9051000 - no: shared-reset /twin@9052000" "check" <"$TEST_DIR/out"
	expect_errno EBUSY $DTDEV/new_node /twin@9051000
	expect_errno EBUSY $DTDEV/new_node "/twin@9051000 force=shared-page"
	echo >$provider/diary
	dt_release /twin@9051000 force=shared-reset
	expect_diary "forced" "clock0 on" "reset1 deassert"
	expect_eq reset_method none "$(<$class/9051000.twin/reset_method)"
	now xl-dtdev reclaim /twin@9051000
	expect_diary "let go" "clock0 off"
}

test_a_shared_interrupt_is_a_reason() {
	dt_load
	! xl-dtdev check /pair@905c000 >"$TEST_DIR/out" || fail "a device passes that shares an interrupt"
	expect_line "/pair@905c000 - no: shared-interrupt /pair@905d000" "check" <"$TEST_DIR/out"
	expect_errno EBUSY $DTDEV/new_node /pair@905c000
}

test_of_two_that_are_taken_nobody_pulls_the_line() {
	local first=$class/9056000.off second=$class/9057000.off
	dt_load
	dt_release /off@9056000
	expect_eq reset_method reset-control "$(<$first/reset_method)"
	! xl-dtdev check /off@9057000 >"$TEST_DIR/out" || fail "a device passes that shares a line with one that is taken"
	expect_line "/off@9057000 - no: shared-reset /off@9056000" "check" <"$TEST_DIR/out"
	expect_errno EBUSY $DTDEV/new_node /off@9057000
	echo >$provider/diary
	dt_release /off@9057000 force=shared-reset
	expect_eq reset_method none "$(<$second/reset_method)"
	expect_errno EBUSY $first/reset 1
	expect_eq "the diary with both taken" "" "$(<$provider/diary)"
	now xl-dtdev reclaim /off@9057000
	echo 1 >$first/reset
	expect_diary "alone again" "reset2 assert" "reset2 deassert"
	now xl-dtdev reclaim /off@9056000
	echo >$provider/diary
}

test_two_hold_one_clock() {
	dt_load
	dt_release /all@9050000
	dt_release /twin@9051000 force=shared-reset
	echo >$provider/diary
	now xl-dtdev reclaim /all@9050000
	expect_no '^clock0 off' "the diary" <$provider/diary
	expect_errno EBUSY $provider/rate 24000000
	echo >$provider/diary
	now xl-dtdev reclaim /twin@9051000
	expect_diary "let go" "clock0 off"
}

test_power_is_cut_where_nothing_else_resets() {
	dt_load
	echo >$provider/diary
	dt_release /power@9053000
	expect_diary "taken" "domain2 on" "domain2 off" "domain2 on"
	expect_eq reset_method power-domain "$(<$class/9053000.power/reset_method)"
	expect_eq reset_result "ok 1" "$(<$class/9053000.power/reset_result)"
	now xl-dtdev reclaim /power@9053000
	expect_diary "let go" "domain2 off" "domain2 on" "domain2 off"
}

test_power_that_another_needs_is_no_reset() {
	local first=$class/9053000.power second=$class/9058000.power
	dt_load
	dt_release /power@9053000
	echo >$provider/diary
	dt_release /power@9058000
	expect_eq "the diary of the second" "" "$(<$provider/diary)"
	expect_eq reset_method power-domain "$(<$second/reset_method)"
	expect_eq reset_result "error -16, try 1" "$(<$second/reset_result)"
	expect_errno EBUSY $first/reset 1
	expect_eq reset_result "error -16, try 2" "$(<$first/reset_result)"
	now xl-dtdev reclaim /power@9058000
	echo 1 >$first/reset
	expect_eq reset_result "ok 3" "$(<$first/reset_result)"
	echo require >/sys/module/xen_dtdev/parameters/reset_policy
	! xl-dtdev release /power@9058000 2>"$TEST_DIR/err" || fail "taken without a reset"
	expect_line '.*cannot be reset \(-16\), and reset_policy=require.*' "release" <"$TEST_DIR/err"
	now xl-dtdev reclaim /power@9053000
	echo >$provider/diary
}

# lines: the GPIO lines that xen-dtdev has, and how they are set.
lines() {
	sed -n 's/.*|xen-dtdev *) \(in\|out\) *\(hi\|lo\).*/\1 \2/p' /sys/kernel/debug/gpio | paste -s -d' '
}

test_lines_that_keep_it_from_working_are_set() {
	dt_load
	expect_eq "lines before" "" "$(lines)"
	# Active low, and not in reset; enabled.
	dt_release /wired@9059000
	expect_eq lines "out hi out hi" "$(lines)"
	now xl-dtdev reclaim /wired@9059000 >"$TEST_DIR/out"
	expect_line "/wired@9059000: returned to dom0, where no driver has it" "reclaim" <"$TEST_DIR/out"
	expect_eq "lines let go" "" "$(lines)"
}

# gpio_driver bind|unbind
gpio_driver() {
	echo 9030000.pl061 >"/sys/bus/amba/drivers/pl061_gpio/$1"
}

test_a_supplier_that_goes_gives_nothing_back() {
	local mark node
	dt_load
	for node in /wired@9059000 /idle@905a000; do
		dt_release $node
		mark=$(dmesg_mark)
		gpio_driver unbind
		defer gpio_driver bind
		expect_eq nodes "" "$(<$DTDEV/nodes)"
		dmesg_since "$mark" | grep -q "unbound without having been returned" || fail "the log has no word of it"
		expect_fenced "0x${node#*@}"
		expect_eq "lines let go" "" "$(lines)"
		now gpio_driver bind
		# The driver core knows whose it is, but need not look soon.
		echo "${node#*@}.$(basename "${node%@*}")" >/sys/bus/platform/drivers_probe
		expect_eq "nodes with the supplier back" $node "$(<$DTDEV/nodes)"
		[[ $(lines) == "out hi"* ]] || fail "lines taken again: $(lines)"
		now xl-dtdev reclaim $node
	done
}

test_what_was_taken_by_force_comes_back() {
	dt_load
	dt_release /pair@905c000 force=shared-interrupt
	gpio_driver unbind
	defer gpio_driver bind
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	now gpio_driver bind
	# The driver core looks again in its own time.
	lab-wait 20 grep -q -x /pair@905c000 $DTDEV/nodes || fail "it is not taken again with the supplier back"
	now xl-dtdev reclaim /pair@905c000
}

test_a_placeholder_goes_with_the_module() {
	dt_load
	xl-dtdev release /spare@905b000
	gpio_driver unbind
	defer gpio_driver bind
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	[[ -e /sys/bus/platform/devices/905b000.spare ]] || fail "the placeholder is gone already"
	now dt_unload
	[[ ! -e /sys/bus/platform/devices/905b000.spare ]] || fail "a placeholder outlives the module"
	now gpio_driver bind
	dt_load
	dt_release /spare@905b000
	expect_fenced 0x905b000
}

test_the_policy_decides_without_a_reset() {
	local policy=/sys/module/xen_dtdev/parameters/reset_policy
	dt_load reset_policy=require
	expect_eq "reset_policy" require "$(<$policy)"
	expect_errno EINVAL $policy nonsense
	! xl-dtdev release /plain@9054000 2>"$TEST_DIR/err" || fail "taken without a reset"
	expect_line '.*cannot be reset \(-95\), and reset_policy=require.*' "release" <"$TEST_DIR/err"
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	expect_eq driver none "$(dt_driver platform/9054000.plain)"
	echo auto >$policy
	dt_release /plain@9054000
	expect_eq reset_result "error -95, try 1" "$(<$class/9054000.plain/reset_result)"
	echo require >$policy
	! xl-dtdev reclaim /plain@9054000 2>/dev/null || fail "returned without a reset"
	expect_eq nodes /plain@9054000 "$(<$DTDEV/nodes)"
	expect_eq fence "up 0x9054,1" "$(<$class/9054000.plain/fence)"
	expect_eq state released "$(<$class/9054000.plain/state)"
	echo warn >$policy
}

test_a_part_of_what_is_taken_stays() {
	dt_load
	! xl-dtdev check /plain@9054000/part@9054800 >"$TEST_DIR/out" || fail "a part passes by itself"
	expect_line "/plain@9054000/part@9054800 - no: dom0 has no device of it" "check" <"$TEST_DIR/out"
	dt_release /plain@9054000
	expect_eq fence "up 0x9054,1" "$(<$class/9054000.plain/fence)"
	expect_errno EBUSY $DTDEV/new_node /plain@9054000/part@9054800
	expect_eq nodes /plain@9054000 "$(<$DTDEV/nodes)"
}

test_the_whole_is_not_taken_over_its_part() {
	local bus=/bus@9055000
	dt_load
	! xl-dtdev check $bus >"$TEST_DIR/out" || fail "a bus passes that has a device"
	expect_line "$bus - no: children 9055800.part" "check" <"$TEST_DIR/out"
	# A bus's window is no neighbour of what is in it.
	xl-dtdev check $bus/part@9055800 | expect_line "$bus/part@9055800 - ok, no DMA: no IOMMU looks after it" "check of the part"
	dt_release $bus/part@9055800
	expect_eq state released "$(<$class/9055800.part/state)"
	expect_eq fence "up 0x9055,1" "$(<$class/9055800.part/fence)"
	! xl-dtdev check $bus >"$TEST_DIR/out" || fail "a bus passes whose device is taken"
	expect_line "$bus - no: $bus/part@9055800 below it has been taken" "check" <"$TEST_DIR/out"
	! xl-dtdev release $bus force=children 2>"$TEST_DIR/err" || fail "taken over a part of it"
	expect_line ".*Device or resource busy .*$bus: not taken: $bus/part@9055800 below it has been.*" "release" <"$TEST_DIR/err"
	expect_eq nodes $bus/part@9055800 "$(<$DTDEV/nodes)"
	expect_eq driver none "$(dt_driver platform/9055000.bus)"
	now xl-dtdev reclaim $bus/part@9055800
	xl-dtdev release $bus force=children
	xl-dtdev reclaim $bus
}

# Once there, it stays: power domains cannot be taken away.
modprobe provider
lab-wait 20 test -e $provider/diary
echo >$provider/diary
run_tests
