# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A card with two functions is torn out of the machine, each the function of another guest,
# and both stand still: dom0 waits for them at the same time.
#
# QEMU's slots have a button and a power switch as real ones do if ACPI leaves them alone.
#
# only by name: two guests make it long
# lab: --qemu -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off
# lab: --net n0
# lab: --net n1
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x6,x-speed=2_5
# lab: --pci e1000e,bus=rp,addr=0x0.0x0,multifunction=on,netdev=n0
# lab: --pci e1000e,bus=rp,addr=0x0.0x1,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

port=0000:00:06.0 one=0000:01:00.0 two=0000:01:00.1

# QEMU takes the card from a slot without power; the port speaks up only when that is
# on again, and is then as if the card had been torn out.
tear_out() {
	setpci -s "$port" CAP_EXP+18.w=0700:0720 CAP_EXP+18.w=0128:0728
}

# still_guest NAME BDF: one that has it, and does not run any more.
still_guest() {
	raw_guest "$1" mute.sh "$2" --file /lab/aer
	await_state "$2" assigned
	xl pause "$1"
}

# waited MARK: whole seconds, from the first question to the end of the last one's time.
waited() {
	dmesg | awk -v mark="$1" '
		function at() { match($0, /[0-9]+[.][0-9]+/); return substr($0, RSTART, RLENGTH) }
		index($0, mark) { on = 1 }
		on && /is asked to let go of it/ && !from { from = at() }
		on && /does not let go: taken away from it/ { to = at(); n++ }
		END { if (n != 2) exit 1; printf "%d", to - from }'
}

test_two_guests_stand_still_when_their_card_goes() {
	local mark seconds
	pciback_load "hide=($one)($two)"
	echo 0 >/lab/aer
	still_guest first "$one"
	still_guest second "$two"
	mark=$(dmesg_mark)
	tear_out
	lab-wait 90 test ! -e "$PCI/$one" || fail "$one is still there"
	lab-wait 90 test ! -e "$PCI/$two" || fail "$two is still there"
	seconds=$(waited "$mark") || fail "not both were asked and did not let go: $(dmesg_since "$mark" | grep 'let go' | paste -s -d';')"
	note "$seconds s for both"
	expect_ge "seconds that a guest is given" 9 "$seconds"
	((seconds < 15)) || fail "dom0 waits $seconds s for one card"
}

run_tests
