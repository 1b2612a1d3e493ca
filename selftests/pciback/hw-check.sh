# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What owners of a card run to see whether it works here, on several of QEMU's: the page
# says what is true of each, and each is as it was afterwards.
#
# only by name: the program waits, and it runs a dozen times
#
# lab: --file scripts/xen-pciback-hw-check:/usr/sbin/xen-pciback-hw-check
# lab: --file scripts/hw-check.d:/usr/lib/xen-pciback/hw-check
# lab: --net n0
# lab: --disk flash:8
# lab: --pci pcie-root-port,id=rp,addr=0x4,chassis=1
# lab: --pci e1000e,bus=rp,netdev=n0
# lab: --pci nvme,serial=SN0123456789,drive=flash,addr=0x5
# lab: --pci igb,addr=0x6
# lab: --pci rtl8139,addr=0x7
# lab: --pci e1000,addr=0x8
# lab: --pci ich9-ahci,addr=0x9
# lab: --pci virtio-rng-pci,disable-legacy=on,iommu_platform=on,addr=0xa
# lab: --pci qemu-xhci,addr=0xb
# lab: --pci intel-hda,addr=0xc
# lab: --pci pcnet,addr=0xd
# lab: --pci edu,addr=0xe
# lab: --may-fault 0000:01:00.0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/hw-check.sh
source /lab/lib/hw-check.sh

nic=0000:01:00.0 nvme=0000:00:05.0 igb=0000:00:06.0

test_a_network_card_and_a_guest() {
	local interface address
	driver_load e1000e
	interface=$(interface_of "$nic")
	address=$(<"/sys/class/net/$interface/address")
	# A guest that never came to be leaves what it would have been made of.
	guest_call guest alive.sh 'kernel="/nowhere"' || :
	sed 's,^kernel=.*,kernel="/lab/guest/vmlinuz",' /run/lab/guests/guest/cfg >"$TEST_DIR/cfg"
	hw_check 0 "$nic" --guest "$TEST_DIR/cfg" --output "$TEST_DIR/page"
	expect_row take 'ok: from e1000e; its DMA: quarantined'
	expect_row reset 'ok: 10 times by [a-z]+, [0-9]+ ms at most'
	expect_row sleep 'ok: D3hot and back'
	expect_row guest 'ok: pv, [1-9][0-9]* requests; reset afterwards: 0'
	expect_row return 'ok: to e1000e'
	expect_row verify 'ok: driver, link and 4096 bytes of configuration are as before'
	expect_row verdict 'all is well'
	expect_row link '2.5 GT/s PCIe x1 of .*'
	expect_row above '0000:00:04\.0 PCI bridge .*'
	expect_row log "pciback $nic: released, configuration as it was found"
	expect_no "$address|SN0123|${address//:/-}" "the page" <"$SAID"
	sed -n '/^---- xen-pciback-hw-check/,$p' "$SAID" >"$TEST_DIR/shown"
	expect_same "the page in its file" "$TEST_DIR/shown" "$TEST_DIR/page"
	[[ ! -e /sys/module/xen_pciback ]] || fail "xen-pciback is still loaded"
	dom0_gets_lease "$nic"
}

test_a_disk() {
	driver_load nvme
	hw_check 0 "$nvme" --resets 3
	expect_row driver 'nvme \(.*nvme.*\)'
	expect_row reset 'ok: 3 times by flr, .*'
	expect_row guest '-: none was named'
	expect_no 'SN0123' "the page" <"$SAID"
}

# With the module loaded by somebody else, it stays so, and as it was.
test_a_module_that_is_there_already() {
	pciback_load idle_d3=0 "hide=($nvme)"
	hw_check 0 "$igb" --resets 1
	expect_eq seized "$nvme" "$(seized)"
	expect_eq slots "$nvme" "$(slots)"
	expect_eq takeover N "$(</sys/module/xen_pciback/parameters/takeover)"
	expect_eq idle_d3 N "$(</sys/module/xen_pciback/parameters/idle_d3)"
}

# others STATUS RESETS BDF...: functions without a driver.
others() {
	local bdf
	for bdf in "${@:3}"; do
		hw_check "$1" "$bdf" --resets 2
		expect_row reset "$2"
		expect_row return 'ok: to .*'
		expect_row verify 'ok: .*'
	done
}

test_what_resets_by_itself() {
	others 0 'ok: 2 times by flr, .*' "$igb"
}

test_what_has_no_reset() {
	others 1 'FAILED: reset 1: Inappropriate ioctl for device: reset_result -25 no method fits' \
		0000:00:07.0 0000:00:08.0 0000:00:09.0 0000:00:0a.0 0000:00:0b.0 0000:00:0c.0 0000:00:0d.0 0000:00:0e.0
}

run_tests
