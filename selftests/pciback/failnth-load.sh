# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Loading and unloading, each allocation on the way failing once.
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

act_load() {
	local said
	if ! said=$(modprobe xen-pciback "hide=($nic)" 2>&1); then
		outcome="modprobe: ${said##*: }"
		[[ ! -e /sys/module/xen_pciback ]] || outcome="silent: half of the module stays"
	elif [[ $(driver_of "$nic") == pciback ]]; then
		outcome=works
	else
		outcome="hide_status: $(<"$PCIBACK/hide_status")"
		# The PCI core may not get as far as asking the driver.
		[[ $outcome == *error* || $outcome == *unbound* ]] || outcome="silent: $outcome"
	fi
}

test_load() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_unloaded act_load 'fault_below_function do_init_module'
}

test_load_without_pages() {
	defer ensure_unloaded
	fault_kind fail_page_alloc
	sweep ensure_unloaded act_load 'fault_below_function do_init_module'
}

test_hide_status_forgets_an_error() {
	defer ensure_unloaded
	ensure_unloaded
	fault_kind failslab
	modprobe xen-pciback "hide=($nic)"
	write_attr "$PCIBACK/unbind" "$nic"
	fault_below_module xen_pciback
	fault_arm 1
	expect_errno ENOMEM "$PCIBACK/bind" "$nic"
	fault_disarm || fail "no allocation failed"
	expect_eq hide_status "($nic) error -12" "$(<"$PCIBACK/hide_status")"
	write_attr "$PCIBACK/bind" "$nic"
	write_attr "$PCIBACK/unbind" "$nic"
	expect_eq hide_status "($nic) unbound 1" "$(<"$PCIBACK/hide_status")"
}

act_unload() {
	local said
	if said=$(modprobe -r xen-pciback 2>&1); then
		outcome=works
	else
		outcome="silent: $said"
	fi
}

test_unload() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_seized act_unload
}

run_tests
