# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Message interrupts go on and off, each allocation on the way failing once.
#
# kernel: debug
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --timeout 7200

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/sweep.sh
source /lab/lib/sweep.sh

# A new guest each time: how much one can have logged is limited.
ensure_no_msi() {
	ensure_not_connected
	ensure_connected
}

act_msi() {
	act_op 2 0 0 0 0 0 0
}

test_msi() {
	connection_begins failslab
	sweep ensure_no_msi act_msi
}

test_msix() {
	connection_begins failslab
	sweep ensure_no_msi act_msix
}

test_disabling_msix_needs_no_memory() {
	connection_begins failslab
	ensure_msi
	fault_below_module xen_pciback
	fault_arm 1
	act_op 5 0 0 0 0 0 0
	! fault_disarm || fail "it asks for memory"
	expect_eq outcome works "$outcome"
}

run_tests
