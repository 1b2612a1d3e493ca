# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Seizing, each allocation on the way failing once.
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

ensure_loaded() {
	[[ -e /sys/module/xen_pciback ]] || modprobe xen-pciback
}

ensure_not_seized() {
	ensure_loaded
	[[ $(driver_of "$nic") != pciback ]] || write_attr "$PCIBACK/unbind" "$nic"
	[[ -z $(slots) ]] || write_attr "$PCIBACK/remove_slot" "$nic"
}

act_seize() {
	local said
	if ! said=$(write_attr "$PCIBACK/new_slot" "$nic" 2>&1) || ! said=$(write_attr "$PCIBACK/bind" "$nic" 2>&1); then
		outcome=${said##*: }
	elif [[ $(driver_of "$nic") == pciback ]]; then
		outcome=works
	else
		outcome="silent: not seized"
	fi
}

test_seize() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_not_seized act_seize
}

test_bind() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_not_seized act_seize 'fault_below_function device_driver_attach'
}

run_tests
