# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# QEMU's clock, whose interrupt dom0 passes on: source /lab/lib/relay.sh after dt.sh.

# shellcheck disable=SC2034 # used by tests
rtc=/pl031@9010000 name=9010000.pl031 dir=/sys/class/xen-dtdev/9010000.pl031

# relay_config NAME: what that guest needs; dom0 knows then that the clock is its.
relay_config() {
	xl-dtdev config $rtc --guest "$1" --out "$TEST_DIR" >/dev/null || fail "there is no configuration"
	expect_eq guest "$1" "$(<$dir/guest)"
	expect_no '^irqs' "xl.cfg" <"$TEST_DIR/$1.cfg"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/$1.cfg")
}

# relay_start NAME SCRIPT LAB-GUEST-ARGUMENT...: with the module that it needs.
relay_start() {
	guest_start "$1" "$2" "${lines[@]}" --file /lab/guest/updates/xen-dtdev-irq.ko "${@:3}"
	guest_reaches "$1" offers
}

# await_state STATE [SECONDS]: of the line.
await_state() {
	lab-wait "${2:-60}" grep -q "^34 $1 " $dir/relays || fail "the line is not $1: $(<$dir/relays)"
}

# relay_count NAME: a counter of the line.
relay_count() {
	sed -n "s/.* $1 \([0-9]*\).*/\1/p" $dir/relays
}

# expect_silence: no interrupt of the line comes any more, while others do. One may
# have been on its way.
expect_silence() {
	local before i
	for i in 1 2; do
		before=$(lab-irqs $name)
		lab-wait 60 lab-irqs arch_timer "$(($(lab-irqs arch_timer) + 200))" || fail "dom0 stands still"
		[[ $(lab-irqs $name) != "$before" ]] || return 0
	done
	fail "the line goes on: $before, $(lab-irqs $name); $(<$dir/relays)"
}

# expect_turns COUNT: so many more interrupts come.
expect_turns() {
	lab-wait 120 lab-irqs $name "$(($(lab-irqs $name) + $1))" || fail "the line stands still: $(<$dir/relays)"
}
