# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The gate of a function's interrupt line, and bus mastering: whatever a guest writes, in
# whatever order, the line is open only while dom0 stands in for it and the guest wants
# it, and the function is a bus master only while the guest says so.
#
# Most connections are ones of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6
# lab: --pci e1000,addr=0xa,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

# The last is dom0's, and four slots from the second: they have one line.
nic=0000:00:05.0 edu=0000:00:06.0 card=0000:00:0a.0
COMMAND=4 MEMORY=0x2 MASTER=0x4 SHUT=0x400 PMCSR=204

# edu's registers: what raises its line, and what takes that back.
RAISE=0x60 LOWER=0x64

connected_to() {
	pciback_load "hide=($1)" reset_policy=warn
	loop_connect "$1"
}

# has BDF BIT: in COMMAND, of the function itself.
has() {
	(($((16#$(setpci -s "$1" COMMAND))) & $2))
}

expect_shut() {
	has "$1" $SHUT || fail "the line of $1 is open: COMMAND $(setpci -s "$1" COMMAND)"
}

expect_open() {
	! has "$1" $SHUT || fail "the line of $1 is shut: COMMAND $(setpci -s "$1" COMMAND)"
}

expect_no_master() {
	! has "$1" $MASTER || fail "$1 is a bus master: COMMAND $(setpci -s "$1" COMMAND)"
}

sleeps() {
	loop_put $PMCSR 2 3
}

wakes() {
	loop_put $PMCSR 2 0
}

test_a_line_that_is_given_up_asleep_stays_shut() {
	connected_to "$nic"
	loop_put $COMMAND 2 $MEMORY
	expect_open "$nic"
	sleeps
	loop_put $COMMAND 2 0
	wakes
	expect_shut "$nic"
}

test_bus_mastering_that_is_given_up_asleep_is_gone() {
	connected_to "$nic"
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	sleeps
	loop_put $COMMAND 2 $MEMORY
	wakes
	expect_no_master "$nic"
}

test_bus_mastering_that_is_taken_up_asleep_is_there() {
	connected_to "$nic"
	loop_put $COMMAND 2 $MEMORY
	sleeps
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	wakes
	has "$nic" $MASTER || fail "$nic is no bus master"
	expect_open "$nic"
}

test_a_frontend_comes_again_to_a_function_that_sleeps() {
	connected_to "$nic"
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	sleeps
	loop_over
	wakes
	expect_no_master "$nic"
	expect_shut "$nic"
	# And it can be used.
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	has "$nic" $MASTER || fail "$nic is no bus master"
	expect_open "$nic"
}

# As vfio and DPDK try whether the bit is there.
test_the_guest_shuts_its_line() {
	connected_to "$edu"
	loop_put $COMMAND 2 $MEMORY
	expect_open "$edu"
	loop_put $COMMAND 2 $((MEMORY | SHUT))
	expect_eq "COMMAND, read back" 0x402 "$(loop_get $COMMAND 2)"
	expect_shut "$edu"
	loop_put $COMMAND 2 $MEMORY
	expect_eq "COMMAND, read back" 0x2 "$(loop_get $COMMAND 2)"
	expect_open "$edu"
}

# Never open where nobody stands in.
test_the_guest_opens_what_is_not_decoded() {
	connected_to "$edu"
	loop_put $COMMAND 2 $SHUT
	loop_put $COMMAND 2 0
	expect_shut "$edu"
}

test_a_line_that_the_guest_shut_stays_shut_over_a_reset() {
	connected_to "$nic"
	loop_put $COMMAND 2 $((MEMORY | SHUT))
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_shut "$nic"
	loop_put $COMMAND 2 $MEMORY
	expect_open "$nic"
}


# Shutting is the driver's answer to an interrupt: when it has come to the function,
# no other one can follow.
test_one_event_is_one_interrupt() {
	local n
	pciback_load "hide=($edu)" reset_policy=warn
	guest_start uio uio.sh "pci=[\"$edu\"]"
	guest_reaches uio ready
	for n in 1 2 3; do
		expect_open "$edu"
		register "$edu" $RAISE 1
		lab-wait 20 sh -c "[ \$((0x\$(setpci -s $edu COMMAND) & $SHUT)) != 0 ]" ||
			fail "event $n: the guest has shut the line, and it is open; $(expect_count)"
		register "$edu" $LOWER 1
		expect_answer "interrupts of $n events" "$n" uio "count-$n"
		expect_answer "opened" 0 uio "open-$n"
	done
	guest_tell uio shutdown
	guest_ends uio 0
}

expect_count() {
	guest_tell uio count-storm
	guest_reaches uio count-storm
	echo "$(guest_told uio count-storm) interrupts"
}

# The guest does not use its line, so that nobody answers for it; then the function resets
# itself inside, as some can be told to, and interrupts.
test_a_function_forgets_that_its_line_is_shut() {
	local mark
	connected_to "$edu"
	loop_put $COMMAND 2 $MEMORY
	loop_put $COMMAND 2 0
	expect_shut "$edu"
	mark=$(dmesg_mark)
	setpci -s "$edu" COMMAND=2:402
	register "$edu" $RAISE 1
	await 20 is_shut "$edu" || fail "the line of $edu is open: COMMAND $(setpci -s "$edu" COMMAND)"
	register "$edu" $LOWER 1
	dmesg_since "$mark" | expect_no "nobody cared" "kernel log"
}

is_shut() {
	has "$1" $SHUT
}

# handled BDF: the interrupts that its stand-in has seen.
handled() {
	sed -n "s/^$1:.*:\([0-9]*\)$/\1/p" "$PCIBACK/irq_handlers"
}

# No guest takes its interrupts, so its gate is closed. What dom0's own card on that line
# has to say then costs the function nothing, which may be slow to answer.
test_a_function_that_is_held_back_is_left_alone() {
	local before count
	cfgfault_load "$edu"
	driver_load e1000
	connected_to "$edu"
	expect_eq "the line of $card and $edu" "$(<"$PCI/$edu/irq")" "$(<"$PCI/$card/irq")"
	loop_put $COMMAND 2 $MEMORY
	register "$edu" $RAISE 1
	await 20 is_shut "$edu" || fail "the line of $edu is open: COMMAND $(setpci -s "$edu" COMMAND)"
	register "$edu" $LOWER 1
	before=$(handled "$edu")
	fault seen 0
	dom0_gets_lease "$card"
	count=$(($(handled "$edu") - before))
	note "$count interrupts; $(<"$CFGFAULT/seen")"
	expect_ge "interrupts of $card" 5 "$count"
	# One in a thousand looks whether the function has forgotten that its gate is closed.
	(($(seen irq) <= count / 1000 + 1)) || fail "$(seen irq) accesses of $edu, with interrupts off, for $count interrupts of $card"
}

# power_toggled: asleep and awake, until there is no $TEST_DIR/toggling.
power_toggled() {
	while [[ -e $TEST_DIR/toggling ]]; do
		sleeps
		wakes
	done
}

# Each access takes a moment, so that dom0 always goes down in the middle of something.
test_no_bus_master_after_shutdown_though_the_guest_goes_on() {
	local pid try
	cfgfault_load "$nic"
	for try in 1 2 3; do
		connected_to "$nic"
		loop_put $COMMAND 2 $((MEMORY | MASTER))
		fault delay_us 1000
		touch "$TEST_DIR/toggling"
		power_toggled &
		pid=$!
		fault seen 0
		await 20 accesses 30 || fail "nothing goes on"
		modprobe callshutdown device="$nic"
		modprobe -r callshutdown
		rm "$TEST_DIR/toggling"
		wait "$pid"
		fault delay_us 0
		note "try $try: COMMAND $(setpci -s "$nic" COMMAND)"
		expect_no_master "$nic"
		now loop_destroy
		now rmmod rawfront
		now pciback_unload
	done
}

# accesses NUMBER: so many have begun.
accesses() {
	(($(seen reads) + $(seen writes) >= $1))
}

# The interrupt comes while bus mastering is being switched off: what closes the gate has
# read COMMAND before, and writes it after. A CPU cannot do both at once, hence the tries.
test_an_interrupt_while_the_guest_leaves() {
	local try
	cfgfault_load "$edu"
	for try in 1 2 3 4; do
		connected_to "$edu"
		loop_put $COMMAND 2 $((MEMORY | MASTER))
		fault delay_us 200000
		fault seen 0
		echo pci-0 >"$LOOP_DRIVER/unbind"
		loop_front 6
		await 20 accesses 1 || fail "the backend does nothing"
		register "$edu" $RAISE 1
		await 20 loop_state_is 2 || fail "the backend is in state $(loop_state)"
		fault delay_us 0
		register "$edu" $LOWER 1
		note "try $try: COMMAND $(setpci -s "$edu" COMMAND)"
		expect_no_master "$edu"
		expect_shut "$edu"
		now loop_destroy
		now rmmod rawfront
		now pciback_unload
	done
}

# The same where the guest itself gives bus mastering up.
test_an_interrupt_while_the_guest_gives_up_bus_mastering() {
	local try pid
	cfgfault_load "$edu"
	for try in 1 2 3 4; do
		connected_to "$edu"
		loop_put $COMMAND 2 $((MEMORY | MASTER))
		fault delay_us 200000
		fault seen 0
		loop_ask 1 0 0 0 $COMMAND 2 $MEMORY &
		pid=$!
		# The first seven look whether it has lost where it decodes.
		await 20 accesses 8 || fail "the backend does nothing"
		register "$edu" $RAISE 1
		wait "$pid" || :
		lab-wait 30 sh -c '! grep -l ring_work /proc/[0-9]*/stack' || fail "the backend is still at it"
		fault delay_us 0
		register "$edu" $LOWER 1
		note "try $try: COMMAND $(setpci -s "$edu" COMMAND)"
		expect_no_master "$edu"
		now loop_destroy
		now rmmod rawfront
		now pciback_unload
	done
}

run_tests
