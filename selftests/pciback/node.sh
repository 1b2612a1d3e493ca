# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What Xen is told anew of a function includes the NUMA node that it belongs to.
#
# only by name: it is another machine
#
# lab: --qemu -object memory-backend-ram,id=near,size=3G -object memory-backend-ram,id=far,size=1G -numa node,nodeid=0,memdev=near -numa node,nodeid=1,memdev=far
# lab: --pci pxb-pcie,id=pxb,bus_nr=0x80,bus=pcie.0,addr=0x5,numa_node=1
# lab: --pci pcie-root-port,id=rp,bus=pxb,chassis=1
# lab: --pci e1000e,bus=rp

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:81:00.0

test_taken_from_a_guest_by_unbinding_it() {
	await_xen "$nic" d0 "node 1"
	pciback_load "hide=($nic)"
	guest_paused user "$nic"
	await_state "$nic" assigned
	write_attr "$PCIBACK/unbind" "$nic"
	await_xen "$nic" "d$(xl domid user)" "node 1"
	now guest_paused_end user
	await_xen "$nic" d0 "node 1"
}

run_tests
