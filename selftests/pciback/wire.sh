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

test_crafted_requests_are_answered() {
	local mark
	pciback_load "hide=($nic)"
	mark=$(dmesg_mark)
	guest_run raw wire.sh "pci=[\"$nic\"]" --modules '' \
		--file /lab/guest/updates/rawfront.ko
	lab-wait 20 grep -q -x idle "$PCI/$nic/pciback/state" || fail "$nic is not idle after the guest"
	expect_eq "decoding in hardware, bus mastering" 3 \
		"$(($(setpci -s "$nic" COMMAND | sed 's/^/0x/') & 7))"
	# What the guest was refused is accounted for, and said once a register.
	grep -q '^000:4 ' "$PCI/$nic/pciback/refused_writes" || fail "the write to the ids is not in refused_writes"
	(($(dmesg_since "$mark" | grep -c "pciback $nic") < 30)) || fail "the log is full of what the guest did"
}

run_tests
