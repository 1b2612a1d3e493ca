# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Requests that no driver would send: a guest whose frontend sends what it is
# told gets the right error codes, changes nothing it may not, and fills no log.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# device REGISTER...: of the hardware, whatever its guest believes.
device() {
	setpci -s "$nic" "$@" | paste -s -d' '
}

# guest_stands KEY: it waits there until it is told to go on.
guest_stands() {
	guest_reaches raw "$1"
	note "the guest stands at '$1': COMMAND $(device COMMAND)"
}

test_crafted_requests_are_answered() {
	local mark lines bars=(BASE_ADDRESS_{0..5}.L)
	pciback_load "hide=($nic)"
	mark=$(dmesg_mark)
	raw_guest raw wire.sh "$nic"

	# All of the space stays as it was, but for what the guest may set.
	guest_stands before
	od -A x -v -t x1 -w4 "$PCI/$nic/config" >"$TEST_DIR/before"
	expect_ge "words of the space" 1024 "$(wc -l <"$TEST_DIR/before")"
	expect_eq "ids" "8086 10d3" "$(device VENDOR_ID DEVICE_ID)"
	device "${bars[@]}" >"$TEST_DIR/bars"
	expect_ge "bytes from BAR 0" 1 "$((0x$(cut -d' ' -f1 "$TEST_DIR/bars") & ~15))"
	guest_tell raw before
	guest_stands sized
	od -A x -v -t x1 -w4 "$PCI/$nic/config" >"$TEST_DIR/sized"
	expect_same "the device after writes that are refused" "$TEST_DIR/before" "$TEST_DIR/sized"
	guest_tell raw sized

	# Decoding stays on; bus mastering is what the guest says.
	guest_stands on
	expect_eq "decoding and mastering, on" 7 "$((0x$(device COMMAND) & 7))"
	guest_tell raw on
	guest_stands off
	expect_eq "decoding on, mastering off" 3 "$((0x$(device COMMAND) & 7))"
	expect_eq "BARs" "$(<"$TEST_DIR/bars")" "$(device "${bars[@]}")"
	guest_tell raw off

	guest_stands slept
	expect_eq "power state" 0 "$((0x$(device CAP_PM+4.W) & 3))"
	expect_eq "BARs after D3hot" "$(<"$TEST_DIR/bars")" "$(device "${bars[@]}")"
	expect_eq "decoding after D3hot" 3 "$((0x$(device COMMAND) & 7))"
	guest_tell raw slept

	guest_ends raw 0
	lab-wait 20 grep -q -x idle "$PCI/$nic/pciback/state" || fail "$nic is not idle after the guest"
	expect_eq "decoding in hardware, bus mastering" 3 \
		"$(($(setpci -s "$nic" COMMAND | sed 's/^/0x/') & 7))"
	# What the guest was refused is accounted for, and said once a register.
	expect_line '000:4 (0x)?0*2e7d6fe (0x)?12345678 2' "the writes to the ids in refused_writes" <"$PCI/$nic/pciback/refused_writes"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_eq "lines about the ids" 1 "$(grep -c "pciback $nic: domain [0-9]* wrote .* at 0x0:4, bits .* refused" "$TEST_DIR/log" || :)"
	lines=$(grep -c "pciback $nic" "$TEST_DIR/log")
	((lines < 30)) || fail "the log is full of what the guest did: $lines lines"
}

run_tests
