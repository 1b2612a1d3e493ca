# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# PCI errors where something else than a guest's function that is awake has to be brought
# back: a seized bridge, with what is behind it, and a function that sleeps.
#
# The connection is one of dom0 with itself.
#
# lab: --net n0
# lab: --net n1
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x5,x-speed=2_5
# lab: --pci pcie-pci-bridge,id=br,bus=rp
# lab: --pci e1000,bus=br,addr=0x1,netdev=n0
# lab: --pci pcie-root-port,id=rp2,chassis=2,slot=2,addr=0x6,x-speed=2_5
# lab: --pci e1000e,bus=rp2,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

port=0000:00:05.0 bridge=0000:01:00.0 behind=0000:02:01.0 nic=0000:03:00.0
COMMAND=4 MEMORY=0x2 MASTER=0x4 PMCSR=204

# This machine's firmware keeps what happens below a port to itself.
ports_tell() {
	setpci -s 0:05.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	setpci -s 0:06.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
}

# await_error BDF "KIND COUNT"
await_error() {
	lab-wait 40 grep -q -x "$2" "$PCI/$1/pciback/errors" ||
		fail "errors of $1: $(paste -s -d' ' "$PCI/$1/pciback/errors"), wanted $2"
}

is_there_again() {
	loop_ask 0 0 0 0 0 2 0 && [[ $answer == '0 0x8086' ]]
}

test_a_fatal_error_where_the_function_sleeps() {
	ports_tell
	pciback_load "hide=($nic)"
	loop_connect "$nic" aer=1
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	loop_put $PMCSR 2 3
	lab-monitor "pcie_aer_inject_error rp2 DLP"
	await_error "$nic" 'fatal 1'
	await 20 is_there_again || fail "the guest cannot reach it: '$answer'"
	loop_put $PMCSR 2 0
	note "COMMAND $(setpci -s "$nic" COMMAND)"
	expect_eq "COMMAND, as the guest sees it" 0x6 "$(loop_get $COMMAND 2)"
	expect_eq "memory, bus mastering, the line" 6 "$((16#$(setpci -s "$nic" COMMAND) & 0x406))"
}

# is_over MARK: in whatever way.
is_over() {
	dmesg_since "$1" | grep -q -E 'AER: device recovery (successful|failed)|BUG:'
}

# The kernel's thread for errors has its locks while it tells drivers of them.
test_a_fatal_error_above_a_seized_bridge() {
	local mark numbers
	ports_tell
	numbers=$(setpci -s "$bridge" 18.L)
	pciback_load "hide=($port)"
	expect_eq hide_status "($port) seized 2, bridge left to pcieport" "$(<"$PCIBACK/hide_status")"
	mark=$(dmesg_mark)
	lab-monitor "pcie_aer_inject_error rp DLP"
	await_error "$behind" 'fatal 1'
	await 40 is_over "$mark" || fail "the kernel does not come to an end with it"
	# Where it has died with the bridge's lock, all else would wait for that.
	within 30 cat "$PCI/$bridge/driver_override"
	dmesg_since "$mark" | expect_no 'BUG:|Oops|Call Trace' "kernel log"
	expect_eq "the bridge's buses" "$numbers" "$(setpci -s "$bridge" 18.L)"
	expect_eq "what is behind it" 8086 "$(setpci -s "$behind" VENDOR_ID)"
	now pciback_unload
}

# Xen would forget whose what is behind it is.
test_a_bridge_that_is_returned_is_not_announced_anew() {
	pciback_load "hide=($port)"
	expect_driver "$bridge" pciback
	xl dmesg -c >/dev/null
	write_attr "$PCIBACK/return" "$bridge"
	expect_driver "$bridge" none
	xl dmesg | expect_no "PCI (add|remove) .*$bridge" "Xen's log"
}

run_tests
