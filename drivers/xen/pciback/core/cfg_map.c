// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_map - builds the owner map of a function
 *
 * Pure: reads the device only through the reader it is given, allocates
 * nothing, and lays nothing over a byte that has an owner.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bar.h"
#include "cfg_chain.h"
#include "cfg_field.h"
#include "cfg_map.h"
#include "cfg_read.h"

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
struct pciback_cfg_reg *
pciback_cfg_add(struct pciback_cfg *cfg, const struct pciback_cfg_field *field,
		u16 pos)
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

/* Hides what nobody owns from @pos to before @end. */
void pciback_cfg_hide(struct pciback_cfg *cfg, u16 pos, u16 end)
{
	for (; pos < end && pos < cfg->size; pos++)
		if (!cfg->owner[pos])
			cfg->owner[pos] = PCIBACK_CFG_HIDDEN;
}

/*
 * Takes what the @bytes from @pos on hold, a bit for each, for what they will always
 * hold: no read asks the hardware again, until a guest is let write there.
 */
void pciback_cfg_fix(struct pciback_cfg *cfg,
		     const struct pciback_cfg_reader *reader, u16 pos,
		     u64 bytes)
{
	for (; bytes && pos < cfg->size; pos++, bytes >>= 1) {
		struct pciback_cfg_fixed *fixed = &cfg->fixed[pos / 4];
		unsigned int shift = 8 * (pos % 4);

		if (!(bytes & 1))
			continue;
		fixed->bits |= 0xffu << shift;
		fixed->value &= ~(0xffu << shift);
		fixed->value |= (u32)pciback_cfg_read8(reader, pos) << shift;
	}
}

static void map_set(struct pciback_cfg *cfg, u16 pos, u32 value)
{
	pciback_cfg_owner(cfg, pos)->reset = value;
}

static void map_init_bars(struct pciback_cfg *cfg,
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

static void map_init_rom(struct pciback_cfg *cfg,
			 const struct pciback_region *region)
{
	u16 pos = cfg->is_bridge ? PCI_ROM_ADDRESS1 : PCI_ROM_ADDRESS;

	pciback_cfg_owner(cfg, pos)->bar = PCIBACK_CFG_ROM_BAR;
	pciback_bar_init_rom(&cfg->bars[PCIBACK_CFG_ROM_BAR], region);
}

static void map_add_header(struct pciback_cfg *cfg,
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
	map_set(cfg, PCI_VENDOR_ID, facts->vendor);
	map_set(cfg, PCI_DEVICE_ID, facts->device);
	map_set(cfg, PCI_INTERRUPT_LINE, facts->irq_line);
	map_init_bars(cfg, facts->regions);
	map_init_rom(cfg, &facts->regions[PCIBACK_CFG_ROM_BAR]);
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
 * Builds @cfg. Returns -EINVAL if the facts cannot be (size not 256 or 4096, or
 * not the reader's).
 */
int pciback_cfg_build(struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts,
		      const struct pciback_cfg_reader *reader)
{
	if ((facts->size != PCI_CFG_SPACE_SIZE &&
	     facts->size != PCI_CFG_SPACE_EXP_SIZE) ||
	    facts->size != reader->size)
		return -EINVAL;

	memset(cfg, 0, sizeof(*cfg));
	cfg->size = facts->size;
	cfg->is_bridge = facts->is_bridge;
	map_add_header(cfg, facts, reader);
	pciback_cfg_walk(cfg, reader);
	pciback_cfg_reset(cfg);
	return 0;
}
