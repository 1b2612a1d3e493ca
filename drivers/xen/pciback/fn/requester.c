// SPDX-License-Identifier: GPL-2.0
/*
 * requester - the ids that a function's DMA may arrive with at an IOMMU
 *
 * Its own; those that the PCI core knows it to err with; and those of bridges above it
 * that put theirs in its place (PCI Express to PCI Bridge 1.0, 2.3). Modules have no
 * pci_for_each_dma_alias().
 */
#include <linux/bitops.h>
#include <linux/pci.h>

#include "requester.h"

static u32 requester_id(const struct pci_bus *bus, unsigned int devfn)
{
	return (u32)pci_domain_nr((struct pci_bus *)bus) << 16 |
	       PCI_DEVID(bus->number, devfn);
}

/* What @bridge sends for who is behind it. Returns false if it lets their ids through. */
static bool requester_of_bridge(struct pci_dev *bridge, u32 *id)
{
	bool by_bus = bridge->dev_flags & PCI_DEV_FLAG_PCIE_BRIDGE_ALIAS;

	if (pci_is_pcie(bridge)) {
		by_bus = pci_pcie_type(bridge) == PCI_EXP_TYPE_PCI_BRIDGE;
		if (!by_bus && pci_pcie_type(bridge) != PCI_EXP_TYPE_PCIE_BRIDGE)
			return false;
	}
	*id = by_bus ? requester_id(bridge->subordinate, 0) :
		       requester_id(bridge->bus, bridge->devfn);
	return true;
}

/* Calls @visit for each, until one is true: then so is the answer. Any context. */
bool pciback_requester_each(struct pci_dev *dev, bool (*visit)(u32 id, void *data),
			    void *data)
{
	struct pci_bus *bus;
	unsigned int devfn;
	u32 id;

	if (visit(requester_id(dev->bus, dev->devfn), data))
		return true;
	if (dev->dma_alias_mask)
		for_each_set_bit(devfn, dev->dma_alias_mask, 256)
			if (visit(requester_id(dev->bus, devfn), data))
				return true;
	for (bus = dev->bus; !pci_is_root_bus(bus); bus = bus->parent) {
		/* A bus of virtual functions has no bridge of its own. */
		if (!bus->self)
			continue;
		/* The IOMMU sits there. */
		if (bus->self->dev_flags & PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT)
			break;
		if (requester_of_bridge(bus->self, &id) && visit(id, data))
			return true;
	}
	return false;
}

static bool requester_is_second(u32 id, void *data)
{
	return (*(unsigned int *)data)++;
}

/* Does anything but @dev itself say which id its DMA arrives with? Any context. */
bool pciback_requester_has_alias(struct pci_dev *dev)
{
	unsigned int seen = 0;

	return pciback_requester_each(dev, requester_is_second, &seen);
}
