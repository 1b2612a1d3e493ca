# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Disks: an nvme on several MSI-X vectors, an AHCI controller on MSI, a USB stick
# behind an xhci, in three guests side by side. What they read is compared with
# what the disks hold.
#
# lab: --mem 6144
# lab: --dom0-mem 3072
# lab: --disk nv
# lab: --disk sata
# lab: --disk usb
# lab: --pci nvme,addr=0x5,drive=nv,serial=lab
# lab: --pci ich9-ahci,addr=0x6,id=ahci
# lab: --pci ide-hd,bus=ahci.0,drive=sata
# lab: --pci qemu-xhci,addr=0x7,id=xhci
# lab: --pci usb-storage,bus=xhci.0,drive=usb

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nvme=0000:00:05.0
ahci=0000:00:06.0
xhci=0000:00:07.0

test_all_are_seized() {
	pciback_load "hide=($nvme)($ahci)($xhci)"
	expect_eq "seized" "$nvme $ahci $xhci" "$(seized)"
	keep
}

# read_in_guest NAME BDF DISK DRIVER VCPUS: starts it.
read_in_guest() {
	guest_start "$1" disk.sh "pci=[\"$2\"]" --vcpus "$5" --file "/lab/disks/$3.sha256:/lab/sha256" \
		--file <(printf '%s\n' "$4"):/lab/driver
}

# has_read NAME
has_read() {
	guest_ends "$1" 0
	guest_said "$1" | expect_line 'same [0-9a-f]{64}' "the disk's content"
}

test_three_guests_read_their_disks() {
	read_in_guest nvme "$nvme" nv nvme 2
	read_in_guest sata "$ahci" sata ahci 1
	read_in_guest usb "$xhci" usb 'xhci-pci usb-storage' 1
	has_read nvme
	has_read sata
	has_read usb
	keep
}

test_the_nvme_used_several_msix_vectors() {
	guest_said nvme | grep '^interrupts ' || fail "no interrupts were counted"
	expect_ge "vectors with interrupts" 2 "$(guest_said nvme | grep -c '^interrupts [1-9][0-9]* .*msi-x')"
}

test_the_ahci_used_msi() {
	guest_said sata | expect_line 'interrupts [1-9][0-9]* .*msi.*' "the controller's interrupts"
}

test_the_xhci_used_msix() {
	guest_said usb | expect_line 'interrupts [1-9][0-9]* .*msi-x.*' "the controller's interrupts"
}

test_nothing_was_refused_that_mattered() {
	local bdf
	for bdf in "$nvme" "$ahci" "$xhci"; do
		lab-wait 30 grep -q -x idle "$PCI/$bdf/pciback/state" || fail "$bdf is not idle"
		sed "s/^/$bdf refused /" "$PCI/$bdf/pciback/refused_writes"
	done
	pciback_unload
	keep
}

run_tests
