// SPDX-License-Identifier: GPL-2.0
/*
 * hwcfg - configuration accesses of a guest, on the real function
 *
 * Exclusion: whoever serves the guest's operations (guest/ring.h). Reads and
 * plain writes run in any context; a write that may sleep says so beforehand.
 */
#include <linux/pci.h>
#include <linux/slab.h>
#include <xen/interface/io/pciif.h>

#include "../core/cfg_field.h"
#include "../core/cfg_filter.h"
#include "../core/cfg_map.h"
#include "../core/learn.h"
#include "../trace.h"
#include "claim.h"
#include "function.h"
#include "hwaction.h"
#include "hwcfg.h"

struct hwcfg_reader {
	struct pciback_cfg_reader reader;
	struct pci_dev *dev;
};

static u8 hwcfg_reader_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	u8 value = 0xff;

	pci_read_config_byte(container_of(reader, struct hwcfg_reader,
					  reader)->dev, pos, &value);
	return value;
}

/* A region as its BAR describes it; what is not there or not placed reads 0. */
static void hwcfg_region(const struct pci_dev *dev, int bar,
			 struct pciback_region *region)
{
	unsigned long flags = pci_resource_flags(dev, bar);

	if (!pci_resource_len(dev, bar) ||
	    flags & (IORESOURCE_DISABLED | IORESOURCE_UNSET) ||
	    (bar == PCI_ROM_RESOURCE && flags & IORESOURCE_ROM_SHADOW))
		return;
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

/* Lays the policy over @dev. May sleep. Returns NULL for no memory. */
struct pciback_cfg *pciback_hwcfg_alloc(struct pci_dev *dev)
{
	struct hwcfg_reader reader = {
		{ hwcfg_reader_read, dev->cfg_size }, dev
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
	int i;

	if (!cfg)
		return NULL;
	for (i = 0; i < PCIBACK_CFG_ROM_BAR; i++)
		hwcfg_region(dev, i, &facts.regions[i]);
	hwcfg_region(dev, PCI_ROM_RESOURCE, &facts.regions[PCIBACK_CFG_ROM_BAR]);
	pciback_cfg_build(cfg, &facts, &reader.reader);
	return cfg;
}

/* PCIBIOS_* or -errno, as the PCI core has it, to what guests are told. */
static int hwcfg_error(int err)
{
	switch (err) {
	case PCIBIOS_SUCCESSFUL:
		return XEN_PCI_ERR_success;
	case PCIBIOS_DEVICE_NOT_FOUND:
		return XEN_PCI_ERR_dev_not_found;
	case PCIBIOS_BAD_REGISTER_NUMBER:
		return XEN_PCI_ERR_invalid_offset;
	case PCIBIOS_SET_FAILED:
		return XEN_PCI_ERR_access_denied;
	default:
		return XEN_PCI_ERR_op_failed;
	}
}

static int hwcfg_get(struct pci_dev *dev, u16 pos, u8 size, u32 *value)
{
	u16 word;
	u8 byte;
	int err;

	switch (size) {
	case 1:
		err = pci_read_config_byte(dev, pos, &byte);
		*value = byte;
		return err;
	case 2:
		err = pci_read_config_word(dev, pos, &word);
		*value = word;
		return err;
	default:
		return pci_read_config_dword(dev, pos, value);
	}
}

static int hwcfg_put(struct pci_dev *dev, u16 pos, u8 size, u32 value)
{
	switch (size) {
	case 1:
		return pci_write_config_byte(dev, pos, value);
	case 2:
		return pci_write_config_word(dev, pos, value);
	default:
		return pci_write_config_dword(dev, pos, value);
	}
}

/* Any context. Returns XEN_PCI_ERR_*; at most one access to the hardware. */
int pciback_hwcfg_read(struct pciback_fn *fn, s32 offset, s32 size, u32 *value)
{
	struct pciback_cfg_read decision;
	u32 hardware = 0;
	int err = 0;

	*value = 0;
	if (!pciback_cfg_access_ok(fn->cfg, offset, size))
		return XEN_PCI_ERR_invalid_offset;
	pciback_cfg_decide_read(fn->cfg, offset, size, &decision);
	trace_decision(fn->bdf, false, offset, size, decision.hw,
		       decision.shadow);
	if (decision.hw)
		err = hwcfg_get(fn->dev, offset, size, &hardware);
	*value = (hardware & decision.hw) | decision.shadow;
	return hwcfg_error(err);
}

/* Any context, touches nothing. Returns XEN_PCI_ERR_*. */
int pciback_hwcfg_decide_write(struct pciback_fn *fn, s32 offset, s32 size,
			       u32 value, struct pciback_cfg_write *write)
{
	if (!pciback_cfg_access_ok(fn->cfg, offset, size))
		return XEN_PCI_ERR_invalid_offset;
	pciback_cfg_decide_write(fn->cfg, offset, size, value,
				 pciback_hwaction_is_permissive(fn), write);
	return XEN_PCI_ERR_success;
}

/*
 * Writes what a step may write to the hardware, as plain bits. Any context.
 * Returns PCIBIOS_*.
 */
int pciback_hwcfg_write_masked(struct pci_dev *dev,
			       const struct pciback_cfg_step *step)
{
	u32 now = 0;
	int err;

	if (!(step->write | step->rw1c))
		return 0;
	if (pciback_cfg_needs_current(step)) {
		err = hwcfg_get(dev, step->pos, step->size, &now);
		if (err)
			return err;
	}
	return hwcfg_put(dev, step->pos, step->size,
			 pciback_cfg_merge(step, now));
}

/* Keeps account of bits that went nowhere, and says so once per register. */
static void hwcfg_refused(struct pciback_fn *fn,
			  const struct pciback_cfg_write *write)
{
	u32 now = 0, bits;

	pciback_hwcfg_read(fn, write->offset, write->size, &now);
	/* Writing what is there anyway asks for nothing. */
	bits = write->refused & (now ^ write->value);
	if (!bits || !pciback_learn_refused(&fn->learn, write->offset,
					    write->size, write->value, bits) ||
	    !pciback_claim_may_log(fn->claim))
		return;
	pci_info(fn->dev,
		 "domain %u wrote %#x at %#x:%u, bits %#x refused; see refused_writes and quirks_suggested\n",
		 fn->claim->domid, write->value, write->offset, write->size,
		 bits);
}

/*
 * Carries out @write, as decided. May sleep if @write->may_sleep.
 * Returns XEN_PCI_ERR_* of the first step that failed; later ones are not
 * tried. Bits that were refused are no error: to a driver, they are read-only.
 */
int pciback_hwcfg_write(struct pciback_fn *fn,
			const struct pciback_cfg_write *write)
{
	unsigned int i;
	int err;

	trace_decision(fn->bdf, true, write->offset, write->size,
		       write->refused, write->value);
	if (write->refused)
		hwcfg_refused(fn, write);
	for (i = 0; i < write->nsteps; i++) {
		struct pciback_cfg_step step = write->steps[i];

		err = pciback_hwaction(fn, &step);
		if (err)
			return hwcfg_error(err);
		pciback_cfg_commit(fn->cfg, &step);
	}
	return XEN_PCI_ERR_success;
}
