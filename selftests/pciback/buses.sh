# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# With passthrough=1 the guest sees functions where dom0 does: one on a bus that the
# guest has not brings that bus along, also while the guest runs.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x6,x-speed=2_5
# lab: --pci edu,bus=rp

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 edu=0000:01:00.0
as_nic=$nic=8086:10d3 as_edu=$edu=1234:11e8

test_another_bus_comes_and_its_function_goes() {
	pciback_load "hide=($nic)($edu)" passthrough=1 reset_policy=warn
	guest_start plug hotplug.sh "pci=[\"$nic\"]"
	guest_reaches plug ready
	expect_seen plug "$as_nic"
	expect_eq "root_num, root-0" "1 0000:00" "$(backend_key plug root_num) $(backend_key plug root-0)"

	xl pci-attach plug "$edu"
	expect_seen plug "$as_nic $as_edu"
	expect_eq "root_num, root-1" "2 0000:01" "$(backend_key plug root_num) $(backend_key plug root-1)"
	expect_eq "guest_bdf" "$edu" "$(of "$edu" guest_bdf)"

	xl pci-detach plug "$edu"
	expect_seen plug "$as_nic"
	await_state "$edu" idle
	xl pci-attach plug "$edu"
	expect_seen plug "$as_nic $as_edu"
	expect_eq "root_num the second time" 2 "$(backend_key plug root_num)"

	guest_tell plug lease-1
	guest_reaches plug leased-1
	guest_tell plug shutdown
	guest_ends plug 0
}

run_tests
