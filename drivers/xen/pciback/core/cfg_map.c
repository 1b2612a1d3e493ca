// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_map - the owner map of a function
 *
 * Pure: allocates nothing, and lays nothing over a byte that has an owner.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

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

/* Makes the shadow what a guest that has done nothing yet should see. */
void pciback_cfg_reset(struct pciback_cfg *cfg)
{
	u16 i;

	for (i = 0; i < cfg->nregs; i++) {
		cfg->regs[i].shadow = cfg->regs[i].reset;
		cfg->regs[i].given = 0;
		cfg->regs[i].given_bits = 0;
	}
	for (i = 0; i < PCIBACK_CFG_BARS; i++)
		cfg->bars[i].sizing = 0;
}
