# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a guest sees of disk and USB controllers, and that these work with their stock
# drivers, nothing made permissive: as many of QEMU's as there are drivers for, and a
# virtual function. Not lsi53c895a: QEMU's reads its own memory through the IOMMU,
# where a guest has no such memory. Not mptsas1068: its driver finds no disk in dom0
# either. Not am53c974: its driver takes no interrupt of a neighbour on its line while
# it starts.
#
# lab: --timeout 2000
# only by name: minutes for what cfgspace-few shows of few
# after: selftests/lib/cfgspace-table.sh
# lab: --disk d-nvme:2
# lab: --pci nvme,serial=nvme,drive=d-nvme,addr=0xb
# lab: --disk d-ahci:2
# lab: --pci ich9-ahci,id=ahci,addr=0xc
# lab: --pci ide-hd,bus=ahci.0,drive=d-ahci
# lab: --disk d-qemu-xhci:2
# lab: --pci qemu-xhci,id=xhci,addr=0xd
# lab: --pci usb-storage,bus=xhci.0,drive=d-qemu-xhci
# lab: --disk d-usb-ehci:2
# lab: --pci usb-ehci,id=ehci,addr=0xe
# lab: --pci usb-storage,bus=ehci.0,drive=d-usb-ehci
# lab: --disk d-pci-ohci:2
# lab: --pci pci-ohci,id=ohci,addr=0xf
# lab: --pci usb-storage,bus=ohci.0,drive=d-pci-ohci
# lab: --disk d-piix3-usb-uhci:2
# lab: --pci piix3-usb-uhci,id=uhci,addr=0x10
# lab: --pci usb-storage,bus=uhci.0,drive=d-piix3-usb-uhci
# lab: --disk d-megasas:2
# lab: --pci megasas,id=megasas,addr=0x11
# lab: --pci scsi-hd,bus=megasas.0,drive=d-megasas
# lab: --disk d-megasas-gen2:2
# lab: --pci megasas-gen2,id=gen2,addr=0x12
# lab: --pci scsi-hd,bus=gen2.0,drive=d-megasas-gen2
# lab: --disk d-pvscsi:2
# lab: --pci pvscsi,id=pvscsi,addr=0x16
# lab: --pci scsi-hd,bus=pvscsi.0,drive=d-pvscsi
# lab: --disk d-virtio-blk:2
# lab: --pci virtio-blk-pci,disable-legacy=on,iommu_platform=on,drive=d-virtio-blk,addr=0x17
# lab: --disk d-virtio-scsi:2
# lab: --pci virtio-scsi-pci,disable-legacy=on,iommu_platform=on,id=vscsi,addr=0x18
# lab: --pci scsi-hd,bus=vscsi.0,drive=d-virtio-scsi
# lab: --disk d-sdhci-pci:4
# lab: --pci sdhci-pci,addr=0x19
# lab: --pci sd-card,drive=d-sdhci-pci
# lab: --disk d-ufs:2
# lab: --pci ufs,id=ufs,addr=0x1a
# lab: --pci ufs-lu,drive=d-ufs
# lab: --disk d-vf:2
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x1b
# lab: --pci nvme-subsys,id=subsys0
# lab: --pci nvme,id=pf,bus=rp,serial=pf,subsys=subsys0,sriov_max_vfs=1,sriov_vq_flexible=2,sriov_vi_flexible=1
# lab: --pci nvme-ns,bus=pf,drive=d-vf,nsid=1,shared=on

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgspace.sh
source /lab/lib/cfgspace.sh

device disks nvme 0000:00:0b.0 disk d-nvme
device disks ahci 0000:00:0c.0 disk d-ahci
device disks qemu-xhci 0000:00:0d.0 disk d-qemu-xhci
device disks usb-ehci 0000:00:0e.0 disk d-usb-ehci
device disks pci-ohci 0000:00:0f.0 disk d-pci-ohci
device disks piix3-usb-uhci 0000:00:10.0 disk d-piix3-usb-uhci
device disks megasas 0000:00:11.0 disk d-megasas
device disks megasas-gen2 0000:00:12.0 disk d-megasas-gen2
device disks pvscsi 0000:00:16.0 disk d-pvscsi
device disks virtio-blk 0000:00:17.0 disk d-virtio-blk
device disks virtio-scsi 0000:00:18.0 disk d-virtio-scsi
device disks sdhci-pci 0000:00:19.0 disk d-sdhci-pci
device disks ufs 0000:00:1a.0 disk d-ufs
device disks nvme-vf 0000:01:00.1 disk d-vf

pf=0000:01:00.0

# The virtual function belongs to a controller that dom0 keeps, and gives it queues
# and an interrupt.
test_disks_are_given() {
	group_seized disks
	modprobe nvme
	defer modprobe -r nvme
	echo 1 >"$PCI/$pf/sriov_numvfs"
	defer write_attr "$PCI/$pf/sriov_numvfs" 0
	expect_driver "${device_bdf[nvme-vf]}" pciback
	group_given disks
	keep
}

test_disks_look_as_declared() {
	group_viewed disks
}

# Takes queues and interrupts from the physical function, and gives the virtual one
# some. Resets take them away, so this comes after the last.
nvme_vf_online() {
	local controller
	controller=/dev/$(ls "$PCI/$pf/nvme")
	nvme virt-mgmt "$controller" -c 0 -r 0 -a 1 -n 0 &&
		nvme virt-mgmt "$controller" -c 0 -r 1 -a 1 -n 0 &&
		nvme reset "$controller" &&
		nvme virt-mgmt "$controller" -c 1 -r 0 -a 8 -n 2 &&
		nvme virt-mgmt "$controller" -c 1 -r 1 -a 8 -n 1 &&
		nvme virt-mgmt "$controller" -c 1 -a 9
}

test_disks_work() {
	defer group_returned
	defer modprobe -r nvme
	defer write_attr "$PCI/$pf/sriov_numvfs" 0
	nvme_vf_online || note "the virtual function stays offline"
	group_worked disks
	now write_attr "$PCI/$pf/sriov_numvfs" 0
	now modprobe -r nvme
	now group_returned
	keep
	group_verdict disks
}

run_tests
