/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_map - the policy laid over one function's configuration space
 *
 * Built once (cfg_build); after that a byte's owner is found in one step.
 *
 * Who may touch it: whoever serves the function's operations, one at a time
 * (guest/ring.h). Everybody else only looks, except at the quirks.
 */
#ifndef PCIBACK_CORE_CFG_MAP_H
#define PCIBACK_CORE_CFG_MAP_H

#include <linux/pci_regs.h>
#include <linux/types.h>

#include "bar.h"
#include "cfg_field.h"
#include "cfg_read.h"

#define PCIBACK_CFG_REGS_MAX	250
#define PCIBACK_CFG_BARS	7	/* six and the ROM */
#define PCIBACK_CFG_ROM_BAR	6

/* What a byte's owner can be besides the index of a register, counted from 1. */
#define PCIBACK_CFG_NOBODY	0	/* default deny */
#define PCIBACK_CFG_HIDDEN	255	/* reads 0, whatever is written */

struct pciback_cfg_reg {
	const struct pciback_cfg_field *field;
	u32 shadow;
	u32 reset;		/* the shadow a new guest starts with */
	u32 given;		/* what the guest has had written to the hardware, */
	u32 given_bits;		/* and which bits that is */
	u16 pos;
	u8 bar;			/* index, for PCIBACK_CFG_BAR and _ROM */
};

/* Of four bytes, those that never change, and what they hold. */
struct pciback_cfg_fixed {
	u32 bits;
	u32 value;
};

struct pciback_cfg {
	u16 size;
	u8 nregs;
	bool is_bridge;
	struct pciback_cfg_reg regs[PCIBACK_CFG_REGS_MAX];
	struct pciback_bar bars[PCIBACK_CFG_BARS];
	u8 owner[PCI_CFG_SPACE_EXP_SIZE];
	struct pciback_cfg_fixed fixed[PCI_CFG_SPACE_EXP_SIZE / 4];
	/* Bits that quirks open for writing, byte by byte. */
	u8 quirk[PCI_CFG_SPACE_EXP_SIZE];
};

void pciback_cfg_reset(struct pciback_cfg *cfg);

/* For those who lay fields and hide ranges: core/cfg_chain. */
struct pciback_cfg_reg *
pciback_cfg_add(struct pciback_cfg *cfg, const struct pciback_cfg_field *field,
		u16 pos);
void pciback_cfg_hide(struct pciback_cfg *cfg, u16 pos, u16 end);
void pciback_cfg_fix(struct pciback_cfg *cfg,
		     const struct pciback_cfg_reader *reader, u16 pos,
		     u64 bytes);

static inline bool pciback_cfg_is_hidden(const struct pciback_cfg *cfg, u16 pos)
{
	return cfg->owner[pos] == PCIBACK_CFG_HIDDEN;
}

static inline struct pciback_cfg_reg *
pciback_cfg_owner(struct pciback_cfg *cfg, u16 pos)
{
	u8 owner = cfg->owner[pos];

	if (owner == PCIBACK_CFG_NOBODY || owner == PCIBACK_CFG_HIDDEN)
		return NULL;
	return &cfg->regs[owner - 1];
}

#endif
