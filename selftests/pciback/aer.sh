# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# PCI errors below a root port: dom0 does its part at once, the guest's driver
# recovers, and a guest that does not recover loses the function, and only that.
#
# lab: --net n0
# lab: --net n1
# lab: --pci pcie-root-port,id=port,chassis=1,slot=1,addr=0x5
# lab: --pci e1000e,id=nic,bus=port,netdev=n0
# lab: --pci e1000e,id=other,addr=0x6,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:01:00.0 other=0000:00:06.0

# errors KIND: how many pciback has counted.
errors() {
	sed -n "s/^$1 //p" "$PCI/$nic/pciback/errors"
}

# expect_errors KIND COUNT: within the time that a guest is given.
expect_errors() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 60 sh -c '[ "$(sed -n "s/^$1 //p" "$2")" = "$3" ]' sh "$1" "$PCI/$nic/pciback/errors" "$2" ||
		fail "$1 errors: $(errors "$1"), wanted $2; $(dmesg | tail -n 5)"
}

# inject ARGUMENT...: an error that the card reports.
inject() {
	lab-monitor "pcie_aer_inject_error $*"
}

# error_key: what the toolstack finds beside the function.
error_key() {
	xenstore-read "/local/domain/0/backend/pci/$(xl domid "$1")/0/error-0"
}

expect_idle() {
	lab-wait 60 grep -q -x idle "$PCI/$nic/pciback/state" || fail "$nic is $(<"$PCI/$nic/pciback/state"), not idle"
}

test_a_guest_has_it() {
	pciback_load "hide=($nic)($other)"
	guest_start net e1000e.sh "pci=[\"$nic\"]"
	guest_reaches net ready
	keep
}

test_a_correctable_error_is_counted() {
	inject -c nic RCVR
	expect_errors correctable 1
	guest_tell net ping
	guest_reaches net pinged
}

test_a_nonfatal_error_is_recovered() {
	inject nic COMP_ABORT
	expect_errors nonfatal 1
	expect_errors recovered 1
	guest_tell net ping
	guest_reaches net pinged
}

test_a_fatal_error_is_recovered() {
	inject nic DLP
	expect_errors fatal 1
	expect_errors recovered 2
	guest_tell net ping
	guest_reaches net pinged
	guest_tell net shutdown
	guest_ends net 0
	expect_idle
	keep
}

run_tests
