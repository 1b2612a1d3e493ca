# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Level-triggered interrupts: an e1000 and an rtl8139, which have nothing else,
# each in a guest of its own and both in one.
#
# lab: --net n0
# lab: --net n1
# lab: --pci e1000,addr=0x5,netdev=n0
# lab: --pci rtl8139,addr=0x6,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

e1000=0000:00:05.0
rtl=0000:00:06.0

expect_idle() {
	lab-wait 20 grep -q -x idle "$PCI/$1/pciback/state" || fail "$1 is $(<"$PCI/$1/pciback/state"), not idle"
}

# uses GUEST BDF...: leases, pings and interrupts on all of them.
uses() {
	local guest=$1 list='' bdf
	shift
	for bdf; do
		list+="${list:+,}\"$bdf\""
	done
	guest_run "$guest" intx.sh "pci=[$list]"
	expect_eq "functions that did their work" "$#" "$(guest_said "$guest" | grep -c '^intx [1-9]')"
	guest_said "$guest" | expect_no 'msi' "message interrupts"
	for bdf; do
		expect_idle "$bdf"
	done
}

test_both_are_seized() {
	pciback_load "hide=($e1000)($rtl)"
	expect_eq "seized" "$e1000 $rtl" "$(seized)"
	keep
}

test_an_e1000_in_a_guest() {
	uses one "$e1000"
}

test_an_rtl8139_in_a_guest() {
	uses two "$rtl"
}

test_both_in_one_guest_stay_siblings() {
	echo warn >/sys/module/xen_pciback/parameters/reset_policy
	uses both "$e1000" "$rtl"
	pciback_unload
	keep
}

run_tests
