// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_build - builds the owner map of a function
 *
 * Pure: reads the device only through the reader it is given.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bar.h"
#include "cfg_build.h"
#include "cfg_chain.h"
#include "cfg_field.h"
#include "cfg_map.h"
#include "cfg_read.h"

static void build_set(struct pciback_cfg *cfg, u16 pos, u32 value)
{
	pciback_cfg_owner(cfg, pos)->reset = value;
}

static void build_init_bars(struct pciback_cfg *cfg,
			    const struct pciback_region *region)
{
	u8 i, count = cfg->is_bridge ? 2 : 6;

	for (i = 0; i < count; i++) {
		u16 pos = PCI_BASE_ADDRESS_0 + 4 * i;

		pciback_cfg_owner(cfg, pos)->bar = i;
		pciback_bar_init(&cfg->bars[i], &region[i], false);
		if (!region[i].is_64bit || i + 1 == count)
			continue;
		pciback_bar_init(&cfg->bars[i + 1], &region[i], true);
		i++;
		pciback_cfg_owner(cfg, pos + 4)->bar = i;
	}
}

static void build_init_rom(struct pciback_cfg *cfg,
			   const struct pciback_region *region)
{
	u16 pos = cfg->is_bridge ? PCI_ROM_ADDRESS1 : PCI_ROM_ADDRESS;

	pciback_cfg_owner(cfg, pos)->bar = PCIBACK_CFG_ROM_BAR;
	pciback_bar_init_rom(&cfg->bars[PCIBACK_CFG_ROM_BAR], region);
}

static void build_add_header(struct pciback_cfg *cfg,
			     const struct pciback_cfg_facts *facts,
			     const struct pciback_cfg_reader *reader)
{
	const struct pciback_cfg_table *header;
	u16 i;

	header = cfg->is_bridge ? &pciback_cfg_header1 : &pciback_cfg_header0;
	for (i = 0; i < header->count; i++)
		pciback_cfg_add(cfg, &header->fields[i],
				header->fields[i].offset);
	pciback_cfg_fix(cfg, reader, 0, header->fixed);
	build_set(cfg, PCI_VENDOR_ID, facts->vendor);
	build_set(cfg, PCI_DEVICE_ID, facts->device);
	build_set(cfg, PCI_INTERRUPT_LINE, facts->irq_line);
	build_init_bars(cfg, facts->regions);
	build_init_rom(cfg, &facts->regions[PCIBACK_CFG_ROM_BAR]);
}

/*
 * Builds @cfg. Returns -EINVAL if the facts cannot be: a size that is no multiple of
 * four from 64 to 4096, or not the reader's. Most are 256 or 4096; functions that go wrong
 * when they are read further have others.
 */
int pciback_cfg_build(struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts,
		      const struct pciback_cfg_reader *reader)
{
	if (facts->size < PCI_STD_HEADER_SIZEOF || facts->size > PCI_CFG_SPACE_EXP_SIZE ||
	    facts->size % 4 || facts->size != reader->size)
		return -EINVAL;

	memset(cfg, 0, sizeof(*cfg));
	cfg->size = facts->size;
	cfg->is_bridge = facts->is_bridge;
	build_add_header(cfg, facts, reader);
	pciback_cfg_walk(cfg, reader);
	pciback_cfg_reset(cfg);
	return 0;
}
