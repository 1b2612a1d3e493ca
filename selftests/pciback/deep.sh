# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What is far away: a function behind two switches, named by the way to it, and one whose
# registers lie above 4 GiB.
#
# Connections are ones of dom0 with itself.
#
# only by name: few machines are like that
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x5
# lab: --pci x3130-upstream,id=u1,bus=rp
# lab: --pci xio3130-downstream,id=d1,bus=u1,chassis=2,slot=1
# lab: --pci x3130-upstream,id=u2,bus=d1
# lab: --pci xio3130-downstream,id=d2,bus=u2,chassis=3,slot=2
# lab: --pci e1000e,bus=d2
# lab: --pci pci-testdev,addr=0x6,membar=8G

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

far=0000:00:06.0 WAY=00.0/00.0/00.0/00.0/00.0

deep() {
	basename "$(dirname "$(grep -l -x 0x10d3 "$PCI"/*/device)")"
}

test_by_the_way_to_it() {
	local nic
	nic=$(deep)
	note "$nic: $(readlink "$PCI/$nic")"
	pciback_load "hide=(path=00:05.0/$WAY)"
	expect_eq "seized" "$nic" "$(seized)"
	now pciback_unload
	# As Qubes spells it, and a step less, or another one, is something else.
	pciback_load "hide=(path=0000_00_05.0-00_${WAY//\//-00_})"
	expect_eq "seized, in another spelling" "$nic" "$(seized)"
	now pciback_unload
	pciback_load "hide=(path=00:05.0/${WAY%/*})(path=00:05.0/$WAY/00.0)(path=00:05.0/00.0/00.0/01.0/00.0/00.0)"
	expect_eq "seized, by another way" "" "$(seized)"
}

# bar_of BDF REGISTER: of the device.
bar_of() {
	echo "0x$(setpci -s "$1" "$2.L")"
}

# pci-testdev's memory is BAR 2, of 64 bits.
test_registers_above_4_gib() {
	local low=0x18 high=0x1c
	note "BAR 2 of $far: $(sed -n 3p "$PCI/$far/resource")"
	(($(bar_of "$far" $high) > 0)) || fail "its registers are below 4 GiB"
	pciback_load "hide=($far)"
	loop_connect "$far"
	expect_eq "the lower half" $(($(bar_of "$far" $low))) $(($(loop_get $low 4)))
	expect_eq "the upper half" $(($(bar_of "$far" $high))) $(($(loop_get $high 4)))
	loop_put $low 4 0xffffffff
	loop_put $high 4 0xffffffff
	expect_eq "sized, the lower half: its kind alone" 0xc "$(loop_get $low 4)"
	expect_eq "sized, the upper half" 0xfffffffe "$(loop_get $high 4)"
}

run_tests
