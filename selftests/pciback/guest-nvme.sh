# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Disks: an NVMe controller, which sets its interrupts up twice, an AHCI one and a
# USB host with a stick, all in one guest with two CPUs. What the guest reads is
# what is on the disks.
#
# lab: --disk flash:16
# lab: --disk plate:8
# lab: --disk stick:8
# lab: --pci nvme,serial=flash,drive=flash,addr=0x5
# lab: --pci ich9-ahci,id=sata,addr=0x6
# lab: --pci ide-hd,bus=sata.0,drive=plate
# lab: --pci qemu-xhci,id=usb,addr=0x7
# lab: --pci usb-storage,bus=usb.0,drive=stick

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nvme=0000:00:05.0 ahci=0000:00:06.0 xhci=0000:00:07.0

test_a_guest_drives_all_three() {
	modprobe xen-pciback "hide=($nvme)($ahci)($xhci)"
	defer pciback_unload
	expect_eq seized "$nvme $ahci $xhci" "$(seized)"
	guest_run disks disks.sh --vcpus 2 "pci=[\"$nvme\",\"$ahci\",\"$xhci\"]"
	expect_eq "drivers" "nvme ahci xhci_hcd" "$(guest_said disks | sed -n 's/^driver //p' | paste -s -d' ')"
	keep
}

# expect_read BDF-IN-GUEST DISK
expect_read() {
	guest_said disks | expect_line "sha256 $1 $(<"/lab/disks/$2.sha256")" "what the guest read"
}

# vectors KIND NAME: how many of these interrupts came.
vectors() {
	guest_said disks | grep -c -E "^interrupt $1 [1-9][0-9]* $2" || :
}

test_nvme_reads_its_disk() {
	expect_read 0000:00:00.0 flash
}

test_nvme_uses_a_vector_for_each_queue() {
	guest_said disks | grep 'interrupt.*nvme'
	expect_eq "vectors" 3 "$(vectors pcifront-msi-x 'nvme0q[012]')"
}

test_ahci_reads_its_disk_by_msi() {
	expect_read 0000:00:01.0 plate
	expect_eq "vectors" 1 "$(vectors pcifront-msi 'ahci')"
}

test_xhci_reads_a_stick_by_msix() {
	expect_read 0000:00:02.0 stick
	expect_ge "vectors" 1 "$(vectors pcifront-msi-x 'xhci_hcd')"
}

test_unloads() {
	pciback_unload
	keep
}

run_tests
