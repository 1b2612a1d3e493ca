# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A function is pulled out of the machine while a guest uses it: in order, all of a
# sudden, with the port above it. The guest loses it and nothing else, and gets it
# again when it is back.
#
# QEMU's slots have a button and a power switch as real ones do if ACPI leaves them
# alone. At this speed a port says nothing of its link, which QEMU leaves down after
# a reset.
#
# lab: --qemu -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x6,x-speed=2_5
# lab: --pci igb,id=card,bus=rp,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

stays=0000:00:05.0 port=0000:00:06.0 goes=0000:01:00.0

# expect_told MARK WHY: dom0 has asked the guest, and taken the function back in time
# (on the debug kernel a driver may take longer for a card that is gone than it has).
expect_told() {
	dmesg_since "$1" >"$TEST_DIR/log"
	expect_line "pciback $goes: $2: domain $domid is asked to let go of it" "kernel log" <"$TEST_DIR/log"
	expect_line "pciback $goes: taken from domain $domid" "kernel log" <"$TEST_DIR/log"
	[[ $LAB_KERNEL == debug ]] || expect_no "does not let go" "kernel log" <"$TEST_DIR/log"
}

# expect_lost ROUND: dom0 and the guest agree that it is gone, and all else is there.
expect_lost() {
	lab-wait 60 test ! -e "$PCI/$goes" || fail "$goes is still there"
	guest_tell puller "gone-$1"
	guest_reaches puller "done-gone-$1"
	await_backend puller state 4
	expect_eq "owner of the other" "$domid" "$(of "$stays" owner)"
	expect_eq "seized" "$stays" "$(seized)"
}

# expect_again ROUND: it is back in the machine; the guest gets it anew.
expect_again() {
	lab-wait 60 test -e "$PCI/$goes/pciback" || fail "$goes is not back: driver $(driver_of "$goes")"
	await_state "$goes" idle
	# The toolstack does not know yet that it was gone.
	xl pci-detach puller "$goes"
	xl pci-attach puller "$goes"
	lab-wait 30 grep -q -x "$domid" "$PCI/$goes/pciback/owner" || fail "not attached again"
	guest_tell puller "back-$1"
	guest_reaches puller "done-back-$1"
}

# QEMU takes the card from a slot without power; the port speaks up only when that is
# on again, and is then as if the card had been torn out.
tear_out() {
	setpci -s "$port" CAP_EXP+18.w=0700:0720 CAP_EXP+18.w=0128:0728
}

plug() {
	lab-monitor "device_add igb,id=card,bus=rp,netdev=n1"
}

test_a_guest_uses_both() {
	pciback_load "hide=($stays)(path=$port/00.0)"
	guest_start puller removal.sh "pci=[\"$stays\",\"$goes\"]" --timeout 900
	guest_reaches puller ready
	keep
}

test_in_order() {
	local mark domid
	domid=$(xl domid puller)
	mark=$(dmesg_mark)
	# Presses the button; the kernel waits five seconds for second thoughts.
	lab-monitor "device_del card"
	expect_lost 1
	expect_told "$mark" "needed in dom0"
	plug
	expect_again 1
	keep
}

test_all_of_a_sudden() {
	local mark domid
	domid=$(xl domid puller)
	mark=$(dmesg_mark)
	tear_out
	expect_lost 2
	expect_told "$mark" unplugged
	dmesg_since "$mark" | expect_no "reset failed|not as it was found" "kernel log"
	plug
	expect_again 2
	keep
}

test_with_the_port_above_it() {
	local mark domid
	domid=$(xl domid puller)
	mark=$(dmesg_mark)
	write_attr "$PCI/$port/remove" 1
	[[ ! -e $PCI/$port ]] || fail "the port is still there"
	expect_lost 3
	expect_told "$mark" "needed in dom0"
	write_attr /sys/bus/pci/rescan 1
	expect_again 3
	keep
}

test_while_the_guest_stands_still() {
	local mark domid
	domid=$(xl domid puller)
	mark=$(dmesg_mark)
	xl pause puller
	tear_out
	lab-wait 60 test ! -e "$PCI/$goes" || fail "$goes is still there"
	dmesg_since "$mark" | expect_line "pciback $goes: domain $domid does not let go: taken away from it" "kernel log"
	xl unpause puller
	expect_lost 4
	plug
	expect_again 4
	keep
}

test_the_guest_ends() {
	guest_tell puller shutdown
	guest_ends puller 0
	await_state "$goes" idle
	pciback_unload
	keep
}

run_tests
