# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Vital product data that come late, never or without end, read by a guest: who resets or
# takes the function does not wait for them, and the log is not filled.
#
# The connection is one of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --pci igb,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

# The capability is where igb has none.
nic=0000:00:05.0 VPD=0xe0

vpd_begin() {
	cfgfault_load "$nic" vpd_at=$VPD "$@"
	pciback_load "hide=($nic)"
	loop_connect "$nic"
}

# vpd_ask ADDRESS: whatever comes of it.
vpd_ask() {
	loop_ask 1 0 0 0 $((VPD + 2)) 2 "$1" || :
}

# reading: in a loop, in the background, until the test ends.
reading() {
	touch "$TEST_DIR/reading"
	vpd_loop >/dev/null 2>&1 &
	defer stop_reading $!
	is_being_read
}

vpd_loop() {
	while [[ -e $TEST_DIR/reading ]]; do
		vpd_ask 0
	done
}

# is_being_read: whoever waits for an answer looks for it again and again.
is_being_read() {
	fault seen 0
	await 20 vpd_is_awaited || fail "nobody reads vital product data: $(<"$CFGFAULT/seen")"
}

vpd_is_awaited() {
	(($(seen writes) >= 1 && $(seen reads) >= 10))
}

stop_reading() {
	rm -f "$TEST_DIR/reading"
	lab-wait 30 test ! -e "/proc/$1" || fail "who reads does not end"
}

test_a_guest_reads_them() {
	vpd_begin
	vpd_ask 0
	expect_eq "the flag" 0x8000 "$(loop_get $((VPD + 2)) 2)"
	expect_eq "the first four bytes" 0x63000882 "$(loop_get $((VPD + 4)) 4)"
	vpd_ask 8
	expect_eq "the last four bytes" 0x78746c75 "$(loop_get $((VPD + 4)) 4)"
}

# Twenty lines a minute are a guest's, whoever prints them.
test_data_that_never_come_do_not_fill_the_log() {
	local mark n lines began=$SECONDS
	vpd_begin vpd_ms=-1
	mark=$(dmesg_mark)
	for ((n = 0; n < 60; n++)); do
		vpd_ask 0
	done
	lines=$(dmesg_since "$mark" | grep -c "$nic" || :)
	note "60 requests in $((SECONDS - began)) s: $lines lines"
	((lines <= 20 * ((SECONDS - began) / 60 + 1))) || fail "$lines lines in the log in $((SECONDS - began)) s: $(dmesg_since "$mark" | grep "$nic" | tail -n 1)"
}

# Tags of no length: there are as many as there are bytes, and each takes a while.
test_data_without_end_do_not_keep_a_function() {
	vpd_begin vpd_ms=20 vpd=08
	defer fault vpd_ms -1
	reading
	now loop_destroy
	await_state "$nic" idle
}

test_do_flr_while_a_guest_reads() {
	local n
	vpd_begin vpd_ms=100
	reading
	for n in 1 2 3 4 5; do
		is_being_read
		within 30 write_attr "$PCIBACK/do_flr" "$nic"
		expect_eq "reset_result, $n" 0 "$(of "$nic" reset_result)"
	done
}

test_a_reset_by_the_kernel_while_a_guest_reads() {
	local n
	vpd_begin vpd_ms=100
	reading
	for n in 1 2 3 4 5; do
		note "reset $n"
		is_being_read
		within 30 write_attr "$PCI/$nic/reset" 1
	done
}

run_tests
