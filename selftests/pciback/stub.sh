# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Where there are no PV guests: on Arm the driver takes functions from dom0, resets
# and returns them, and is no backend.
#
# arch: arm64
# lab: --pci e1000e,addr=0x5
# lab: --pci nvme,serial=flash,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 nvme=0000:00:06.0

test_hide_seizes_at_load() {
	pciback_load "hide=($nic)(id=1b36:0010)(0000:00:0g.0)"
	expect_driver "$nic" pciback
	expect_driver "$nvme" pciback
	expect_eq hide_status "($nic) seized 1"$'\n'"(id=1b36:0010) seized 1"$'\n''(0000:00:0g.0) malformed at 10: "g.0)"' "$(<"$PCIBACK/hide_status")"
	expect_eq state idle "$(of "$nic" state)"
}

test_it_is_no_backend() {
	pciback_load
	[[ ! -e /sys/bus/xen-backend/drivers/pciback ]] || fail "it registered as one"
}

test_reset() {
	pciback_load "hide=($nic)"
	setpci -s "$nic" CACHE_LINE_SIZE=10
	expect_eq "what it was given" 10 "$(setpci -s "$nic" CACHE_LINE_SIZE)"
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq reset_result 0 "$(of "$nic" reset_result)"
	expect_eq reset_method pm "$(of "$nic" reset_method)"
	expect_eq "what it held when it was seized" 00 "$(setpci -s "$nic" CACHE_LINE_SIZE)"
	expect_errno ENODEV "$PCIBACK/do_flr" "$nvme"
}

test_takeover_and_return() {
	local mark
	driver_load e1000e
	expect_driver "$nic" e1000e
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)" takeover=1
	expect_driver "$nic" pciback
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	dmesg_since "$mark" | expect_line "pciback $nic: released, configuration as it was found" "kernel log"
	[[ -d $PCI/$nic/net ]] || fail "dom0's driver has no interface"
}

run_tests
