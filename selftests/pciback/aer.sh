# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# PCI errors below a root port: dom0 does its part at once, the guest's driver
# recovers, and a guest that does not recover loses the function, and only that.
#
# lab: --net n0
# lab: --net n1
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x5,x-speed=2_5
# lab: --pci e1000e,bus=rp,netdev=n0
# lab: --pci pcie-root-port,id=rp2,chassis=2,slot=2,addr=0x6,x-speed=2_5
# lab: --pci virtio-net-pci,id=virtio,bus=rp2,aer=on,netdev=n1

# At this speed a port says nothing of its link, which QEMU leaves down after a
# reset.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:01:00.0 virtio=0000:02:00.0

# errors BDF: what pciback has counted, on one line.
errors() {
	paste -s -d' ' "$PCI/$1/pciback/errors"
}

# expect_errors BDF "KIND COUNT": within the time that a guest is given.
expect_errors() {
	lab-wait 40 grep -q -x "$2" "$PCI/$1/pciback/errors" ||
		fail "errors of $1: $(errors "$1"), wanted $2; $(dmesg | tail -n 5)"
}

# inject [-c] ID ERROR: as if the port or function ID had found it.
inject() {
	lab-monitor "pcie_aer_inject_error $*"
}

# key NAME KEY: what the toolstack reads of a guest.
key() {
	xenstore-read "/local/domain/0/backend/pci/$(xl domid "$1")/0/$2"
}

# mute_guest NAME AER: one that has $virtio and a frontend that never answers.
mute_guest() {
	echo "$2" >/lab/aer
	raw_guest "$1" mute.sh "$virtio" --file /lab/aer
}

# expect_isolated NAME WHY: the function is no longer the guest's.
expect_isolated() {
	expect_idle "$virtio"
	expect_eq "error-0" "$2" "$(key "$1" error-0)"
	expect_eq "state-0" 6 "$(key "$1" state-0)"
	expect_eq "state of the connection" 4 "$(key "$1" state)"
	expect_empty owner "$PCI/$virtio/pciback/owner"
}

expect_idle() {
	lab-wait 60 grep -q -x idle "$PCI/$1/pciback/state" || fail "$1 is $(<"$PCI/$1/pciback/state"), not idle"
}

# guest_pings WHEN: each time by another word, for the guest waits for a change.
guest_pings() {
	guest_tell net "ping-$1"
	guest_reaches net "pinged-$1"
}

test_a_guest_drives_an_e1000e() {
	# This machine's firmware keeps what happens below a port to itself.
	setpci -s 0:05.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	setpci -s 0:06.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
	pciback_load takeover=1 "hide=($nic)($virtio)"
	guest_start net e1000e.sh "pci=[\"$nic\"]"
	guest_reaches net ready
	keep
}

test_correctable_errors_are_counted() {
	inject -c virtio 1
	expect_errors "$virtio" 'correctable 1'
	expect_eq "errors" "correctable 1 nonfatal 0 fatal 0 recovered 0 isolated 0" "$(errors "$virtio")"
}

test_a_nonfatal_error_is_recovered() {
	monitor_start
	inject rp COMP_ABORT
	expect_errors "$nic" 'recovered 1'
	expect_eq "errors" "correctable 0 nonfatal 1 fatal 0 recovered 1 isolated 0" "$(errors "$nic")"
	uevent error "$nic"
	uevent recovered "$nic"
	guest_pings nonfatal
}

test_a_fatal_error_is_recovered() {
	inject rp DLP
	expect_errors "$nic" 'recovered 2'
	expect_eq "errors" "correctable 0 nonfatal 1 fatal 1 recovered 2 isolated 0" "$(errors "$nic")"
	guest_pings fatal
}

test_a_guest_that_never_answers_loses_it() {
	monitor_start
	mute_guest mute 1
	inject rp2 DLP
	expect_errors "$virtio" 'isolated 1'
	expect_isolated mute 'no answer from the guest'
	uevent error "$virtio"
	uevent isolated "$virtio"
	guest_pings beside
}

test_a_frontend_without_recovery_loses_it() {
	mute_guest plain 0
	inject rp2 COMP_ABORT
	expect_errors "$virtio" 'isolated 2'
	expect_isolated plain 'a frontend that knows nothing of PCI errors'
}

test_a_guest_dies_while_it_is_asked() {
	mute_guest doomed 1
	inject rp2 DLP
	expect_errors "$virtio" 'fatal 2'
	guest_tell doomed die
	guest_ends doomed 0
	expect_idle "$virtio"
}

test_all_goes_back() {
	guest_tell net shutdown
	guest_ends net 0
	expect_idle "$nic"
	modprobe -r xen-pciback
	# Where it had a driver, that is built in.
	if [[ -d /sys/bus/pci/drivers/virtio-pci ]]; then
		lab-wait 10 test -e "$PCI/$virtio/driver" || echo "$virtio" >/sys/bus/pci/drivers/virtio-pci/bind
	fi
	keep
}

run_tests
