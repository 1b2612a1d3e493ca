# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What guests see of network, sound and other cards, and that these work with their
# stock drivers, nothing made permissive: as many of QEMU's as there are drivers for.
#
# only by name: minutes for what cfgspace-few shows of few
# after: selftests/lib/cfgspace-table.sh
# lab: --qemu -audiodev none,id=sound
# lab: --net n-e1000e
# lab: --pci e1000e,addr=0x1,netdev=n-e1000e
# lab: --net n-igb
# lab: --pci igb,addr=0x2,netdev=n-igb
# lab: --net n-rtl8139
# lab: --pci rtl8139,addr=0x3,netdev=n-rtl8139
# lab: --net n-e1000
# lab: --pci e1000,addr=0x4,netdev=n-e1000
# lab: --net n-virtio-net
# lab: --pci virtio-net-pci,addr=0x5,disable-legacy=on,iommu_platform=on,netdev=n-virtio-net
# lab: --net n-vmxnet3
# lab: --pci vmxnet3,addr=0x6,netdev=n-vmxnet3
# lab: --net n-tulip
# lab: --pci tulip,addr=0x7,netdev=n-tulip
# lab: --net n-pcnet
# lab: --pci pcnet,addr=0x8,netdev=n-pcnet
# lab: --net n-ne2k-pci
# lab: --pci ne2k_pci,addr=0x9,netdev=n-ne2k-pci
# lab: --net n-i82801
# lab: --pci i82801,addr=0xa,netdev=n-i82801
# lab: --pci intel-hda,id=hda,addr=0x1c
# lab: --pci hda-duplex,bus=hda.0,audiodev=sound
# lab: --pci ES1370,audiodev=sound,addr=0x1d.0x0,multifunction=on
# lab: --pci AC97,audiodev=sound,addr=0x1d.0x1
# lab: --pci virtio-rng-pci,disable-legacy=on,iommu_platform=on,addr=0x1e.0x0,multifunction=on
# lab: --pci edu,addr=0x1e.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgspace.sh
source /lab/lib/cfgspace.sh

device nics e1000e 0000:00:01.0 nic
device nics igb 0000:00:02.0 nic
device nics rtl8139 0000:00:03.0 nic
device nics e1000 0000:00:04.0 nic
device nics virtio-net 0000:00:05.0 nic
device nics vmxnet3 0000:00:06.0 nic
device nics tulip 0000:00:07.0 nic
device nics pcnet 0000:00:08.0 nic
device nics ne2k_pci 0000:00:09.0 nic
device nics i82801 0000:00:0a.0 nic
device others intel-hda 0000:00:1c.0 sound
device others ES1370 0000:00:1d.0 sound
device others AC97 0000:00:1d.1 sound
device others virtio-rng 0000:00:1e.0 rng
device others edu 0000:00:1e.1 edu

test_network_cards_are_given() {
	group_seized nics
	group_given nics
	keep
}

test_network_cards_look_as_declared() {
	group_viewed nics
}

test_network_cards_work() {
	defer group_returned
	group_worked nics
	now group_returned
	keep
	group_verdict nics
}

test_others_are_given() {
	group_seized others
	group_given others
	keep
}

test_others_look_as_declared() {
	group_viewed others
}

test_others_work() {
	defer group_returned
	group_worked others
	now group_returned
	keep
	group_verdict others
}

run_tests
