// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_map - builds the owner map of a function
 *
 * Pure: reads the device only through the reader it is given, allocates
 * nothing. The walk takes at most one step for each place a capability can
 * stand at, and lays nothing over a byte that has an owner.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bar.h"
#include "cfg_field.h"
#include "cfg_map.h"

/* Capabilities are on dword boundaries behind the header. */
#define CAP_PLACES	((PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4)

static bool map_is_free(const struct pciback_cfg *cfg, u16 pos, u16 size)
{
	u16 i;

	if (pos + size > cfg->size)
		return false;
	for (i = 0; i < size; i++)
		if (cfg->owner[pos + i])
			return false;
	return true;
}

/* Lays @field at @pos. Returns the register, or NULL where it does not fit. */
static struct pciback_cfg_reg *
map_add(struct pciback_cfg *cfg, const struct pciback_cfg_field *field, u16 pos)
{
	struct pciback_cfg_reg *reg;

	if (cfg->nregs == PCIBACK_CFG_REGS_MAX ||
	    !map_is_free(cfg, pos, field->size))
		return NULL;
	reg = &cfg->regs[cfg->nregs++];
	reg->field = field;
	reg->pos = pos;
	memset(&cfg->owner[pos], cfg->nregs, field->size);
	return reg;
}

static void map_add_table(struct pciback_cfg *cfg,
			  const struct pciback_cfg_table *table, u16 base)
{
	u16 i;

	for (i = 0; i < table->count; i++)
		map_add(cfg, &table->fields[i], base + table->fields[i].offset);
}

static void map_set(struct pciback_cfg *cfg, u16 pos, u32 value)
{
	struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);

	reg->reset = value;
}

static void map_set_bar(struct pciback_cfg *cfg, u16 pos, u8 bar)
{
	pciback_cfg_owner(cfg, pos)->bar = bar;
}

static void map_init_bars(struct pciback_cfg *cfg,
			  const struct pciback_cfg_facts *facts)
{
	const struct pciback_region *region = facts->regions;
	u8 i;

	for (i = 0; i < PCIBACK_CFG_ROM; i++) {
		map_set_bar(cfg, PCI_BASE_ADDRESS_0 + 4 * i, i);
		pciback_bar_init(&cfg->bars[i], &region[i], false);
		if (!region[i].is_64bit || i + 1 == PCIBACK_CFG_ROM)
			continue;
		pciback_bar_init(&cfg->bars[i + 1], &region[i], true);
		i++;
		map_set_bar(cfg, PCI_BASE_ADDRESS_0 + 4 * i, i);
	}
	map_set_bar(cfg, PCI_ROM_ADDRESS, PCIBACK_CFG_ROM);
	pciback_bar_init_rom(&cfg->bars[PCIBACK_CFG_ROM],
			     &region[PCIBACK_CFG_ROM]);
}

/* Walks the list of capabilities, however the device may have tied it. */
static void map_walk_caps(struct pciback_cfg *cfg,
			  const struct pciback_cfg_reader *reader)
{
	unsigned int left = CAP_PLACES;
	u8 pos;

	if (!(reader->read(reader, PCI_STATUS) & PCI_STATUS_CAP_LIST))
		return;
	pos = reader->read(reader, PCI_CAPABILITY_LIST);
	while (left--) {
		const struct pciback_cfg_table *table;
		u8 id;

		pos &= ~3;
		if (pos < PCI_STD_HEADER_SIZEOF)
			break;
		id = reader->read(reader, pos + PCI_CAP_LIST_ID);
		if (id == 0xff)
			break;
		table = pciback_cfg_cap_table(id);
		/* One that runs into the extended space is no capability. */
		if (table && pos + table->length <= PCI_CFG_SPACE_SIZE)
			map_add_table(cfg, table, pos);
		pos = reader->read(reader, pos + PCI_CAP_LIST_NEXT);
	}
}

/* Makes the shadow what a guest that has done nothing yet should see. */
void pciback_cfg_reset(struct pciback_cfg *cfg)
{
	u16 i;

	for (i = 0; i < cfg->nregs; i++)
		cfg->regs[i].shadow = cfg->regs[i].reset;
	for (i = 0; i < PCIBACK_CFG_BARS; i++)
		cfg->bars[i].sizing = 0;
}

/*
 * Builds @cfg for a function with a type 0 header.
 * Returns -EINVAL if the facts cannot be (size not 256 or 4096).
 */
int pciback_cfg_build(struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts,
		      const struct pciback_cfg_reader *reader)
{
	if (facts->size != PCI_CFG_SPACE_SIZE &&
	    facts->size != PCI_CFG_SPACE_EXP_SIZE)
		return -EINVAL;

	memset(cfg, 0, sizeof(*cfg));
	cfg->size = facts->size;
	map_add_table(cfg, &pciback_cfg_header0, 0);
	map_set(cfg, PCI_VENDOR_ID, facts->vendor);
	map_set(cfg, PCI_DEVICE_ID, facts->device);
	map_set(cfg, PCI_INTERRUPT_LINE, facts->irq_line);
	map_init_bars(cfg, facts);
	map_walk_caps(cfg, reader);
	pciback_cfg_reset(cfg);
	return 0;
}
