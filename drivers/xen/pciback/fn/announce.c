// SPDX-License-Identifier: GPL-2.0
/*
 * announce - tells Xen of a function as if it had just been found
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <xen/interface/xen.h>
#include <xen/interface/physdev.h>
#include <asm/xen/hypercall.h>

#include "announce.h"

/* As Xen takes it: what is optional comes behind the rest. */
union announce_add {
	struct physdev_pci_device_add add;
	struct {
		u8 fixed[offsetof(struct physdev_pci_device_add, optarr)];
		u32 pxm;
	};
};

static int announce_add(struct pci_dev *dev)
{
	struct pci_dev *physfn = pci_physfn(dev);
	union announce_add arg = {
		.add = {
			.seg = pci_domain_nr(dev->bus),
			.bus = dev->bus->number,
			.devfn = dev->devfn,
		},
	};

	if (dev->is_virtfn) {
		arg.add.flags = XEN_PCI_DEV_VIRTFN;
		arg.add.physfn.bus = physfn->bus->number;
		arg.add.physfn.devfn = physfn->devfn;
	} else if (pci_ari_enabled(dev->bus) && PCI_SLOT(dev->devfn)) {
		arg.add.flags = XEN_PCI_DEV_EXTFN;
	}
	if (pciback_announce_node(dev, &arg.pxm))
		arg.add.flags |= XEN_PCI_DEV_PXM;
	return HYPERVISOR_physdev_op(PHYSDEVOP_pci_device_add, &arg);
}

/*
 * What a guest had, Xen keeps for nobody, and denies dom0 DMA and interrupts until
 * a toolstack gives it back. Announced anew, it is dom0's. Not a physical function
 * with virtual ones: they would lose it; nor a bridge, of which Xen keeps nothing.
 * Caller: device_lock, and no driver has it. May sleep.
 */
void pciback_announce(struct pci_dev *dev)
{
	struct physdev_pci_device device = {
		.seg = pci_domain_nr(dev->bus),
		.bus = dev->bus->number,
		.devfn = dev->devfn,
	};
	int err;

	/* Of what has been pulled out, Xen hears when the kernel has done with it. */
	if (pci_num_vf(dev) || dev->hdr_type != PCI_HEADER_TYPE_NORMAL ||
	    !pci_device_is_present(dev))
		return;
	err = HYPERVISOR_physdev_op(PHYSDEVOP_pci_device_remove, &device);
	if (!err)
		err = announce_add(dev);
	if (err)
		pci_warn(dev, "Xen does not give it back to dom0: %d\n", err);
}
