// SPDX-License-Identifier: GPL-2.0
/*
 * policy - reads a function for core/cfg_build, and tells it what the host knows better
 */
#include <linux/err.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "../core/cfg_build.h"
#include "../core/cfg_map.h"
#include "bars.h"
#include "policy.h"

struct policy_reader {
	struct pciback_cfg_reader reader;
	struct pci_dev *dev;
};

static u8 policy_reader_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	u8 value = 0xff;

	pci_read_config_byte(container_of(reader, struct policy_reader,
					  reader)->dev, pos, &value);
	return value;
}

/*
 * A region as its BAR describes it; what is not there reads 0, and so does a ROM that is
 * not placed. Another BAR that is not has its size and kind, and no address, as in dom0.
 */
static void policy_region(const struct pci_dev *dev, int bar,
			  struct pciback_region *region)
{
	unsigned long flags = pci_resource_flags(dev, bar);

	if (!pci_resource_len(dev, bar) ||
	    flags & IORESOURCE_DISABLED ||
	    (bar == PCI_ROM_RESOURCE && flags & (IORESOURCE_UNSET | IORESOURCE_ROM_SHADOW)))
		return;
	if (bar == PCI_ROM_RESOURCE || pciback_bars_is_placed(dev, bar))
		region->start = pci_resource_start(dev, bar);
	region->size = pci_resource_len(dev, bar);
	if (bar == PCI_ROM_RESOURCE)
		return;
	if (flags & IORESOURCE_IO) {
		region->flags = PCI_BASE_ADDRESS_SPACE_IO;
		return;
	}
	if (flags & IORESOURCE_PREFETCH)
		region->flags |= PCI_BASE_ADDRESS_MEM_PREFETCH;
	if (flags & IORESOURCE_MEM_64) {
		region->flags |= PCI_BASE_ADDRESS_MEM_TYPE_64;
		region->is_64bit = true;
	}
}

/*
 * Lays the policy over @dev, which @reader reads, if it is not NULL. May sleep. Returns it
 * or an ERR_PTR.
 */
struct pciback_cfg *pciback_policy_alloc(struct pci_dev *dev,
					 const struct pciback_cfg_reader *reader)
{
	struct policy_reader own = {
		{ policy_reader_read, dev->cfg_size }, dev
	};
	struct pciback_cfg_facts facts = {
		.vendor = dev->vendor,
		.device = dev->device,
		/* The register has eight bits; a GSI above has no place in it. */
		.irq_line = dev->pin && dev->irq < 256 ? dev->irq : 0,
		.size = dev->cfg_size,
		.is_bridge = dev->hdr_type == PCI_HEADER_TYPE_BRIDGE,
	};
	struct pciback_cfg *cfg = kvzalloc(sizeof(*cfg), GFP_KERNEL);
	int i, err;

	if (!cfg)
		return ERR_PTR(-ENOMEM);
	for (i = 0; i < PCIBACK_CFG_ROM_BAR; i++)
		policy_region(dev, i, &facts.regions[i]);
	policy_region(dev, PCI_ROM_RESOURCE, &facts.regions[PCIBACK_CFG_ROM_BAR]);
	err = pciback_cfg_build(cfg, &facts, reader ?: &own.reader);
	if (!err)
		return cfg;
	kvfree(cfg);
	return ERR_PTR(err);
}
