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

# xen_says BDF: whose it is and its node, as Xen's list of functions has them.
xen_says() {
	xl debug-keys Q
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 10 sh -c 'xl dmesg -c >"$2" && grep -q -F "$1" "$2"' sh "$1" "$TEST_DIR/xen" || fail "Xen does not know $1"
	sed -n "s/.*\($1 - .* - node [-0-9]*\).*/\1/p" "$TEST_DIR/xen" | tail -n 1
}

test_taken_from_a_guest_by_unbinding_it() {
	local found
	found=$(xen_says "$nic")
	expect_line "$nic - d0 - node 1" "what Xen says" <<<"$found"
	pciback_load "hide=($nic)"
	guest_paused user "$nic"
	await_state "$nic" assigned
	write_attr "$PCIBACK/unbind" "$nic"
	expect_eq "what Xen says, when it is dom0's again" "$found" "$(xen_says "$nic")"
}

run_tests
