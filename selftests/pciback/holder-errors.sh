# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# PCI errors of a function that a device model serves: nobody can tell the guest, so the
# toolstack is told, and nothing counts as recovered.
#
# The guest never runs: it is enough that it has the function.
#
# lab: --guests hvm
# lab: --xen-args iommu=no-sharept
# lab: --net n0
# lab: --pci pcie-root-port,id=rp,chassis=1,slot=1,addr=0x5,x-speed=2_5
# lab: --pci e1000e,bus=rp,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

nic=0000:01:00.0

# hvm_paused NAME: one that has $nic by its device model, and never runs.
hvm_paused() {
	printf '%s\n' "name='$1'" "type='hvm'" 'memory=96' "vga='none'" 'nographic=1' 'vnc=0' \
		"serial='none'" "pci=['$nic']" >"$TEST_DIR/$1.cfg"
	defer guest_paused_end "$1"
	xl create -q -p "$TEST_DIR/$1.cfg" || fail "guest $1 could not be made"
	await_state "$nic" assigned
}

# expect_told ERROR COUNTS WHY: after this error.
expect_told() {
	local backend
	backend=/local/domain/0/backend/pci/$(xl domid user)/0
	lab-monitor "pcie_aer_inject_error rp $1"
	lab-wait 60 xenstore-exists "$backend/error-0" || fail "the toolstack is not told: $(paste -s -d' ' "$PCI/$nic/pciback/errors")"
	expect_eq "error-0" "$3" "$(backend_key user error-0)"
	expect_eq "errors" "correctable 0 $2" "$(paste -s -d' ' "$PCI/$nic/pciback/errors")"
	expect_eq "owner" "$(xl domid user)" "$(of "$nic" owner)"
	expect_eq "state" assigned "$(of "$nic" state)"
	expect_eq "power state" D0 "$(<"$PCI/$nic/power_state")"
}

ports_tell() {
	# This machine's firmware keeps what happens below a port to itself.
	setpci -s 0:05.0 COMMAND=100:100 BRIDGE_CONTROL=2:2
}

test_the_link_works() {
	ports_tell
	pciback_load "hide=($nic)"
	hvm_paused user
	expect_told COMP_ABORT 'nonfatal 1 fatal 0 recovered 0 isolated 0' 'PCI error: the guest was not told'
}

test_the_link_was_reset() {
	ports_tell
	pciback_load "hide=($nic)"
	hvm_paused user
	setpci -s "$nic" COMMAND=4:4
	expect_told DLP 'nonfatal 0 fatal 1 recovered 0 isolated 1' 'PCI error: its link was reset, detach it'
	expect_eq "bus mastering" 0 "$((0x$(setpci -s "$nic" COMMAND) & 4))"
	now guest_paused_end user
	await_state "$nic" idle
	expect_eq "reset afterwards" 0 "$(of "$nic" reset_result)"
}

# It refuses to decode after the link's reset, so dom0 gives it up, and says so to nobody.
test_dom0_gives_it_up_and_the_next_error_is_told_of() {
	ports_tell
	cfgfault_load "$nic"
	pciback_load "hide=($nic)"
	hvm_paused user
	defer fault stuck 0
	fault stuck 2
	expect_told DLP 'nonfatal 0 fatal 1 recovered 0 isolated 1' 'dom0 did not get it to work again'
	fault stuck 0
	setpci -s "$nic" COMMAND=2:2
	xenstore-rm "/local/domain/0/backend/pci/$(xl domid user)/0/error-0"
	expect_told COMP_ABORT 'nonfatal 1 fatal 1 recovered 0 isolated 1' 'PCI error: the guest was not told'
}

run_tests
