/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_map - the policy laid over one function's configuration space
 *
 * Built once, when the function is seized, by a bounded walk over what the
 * device says of itself; a device that lies gets a map that is smaller, never
 * one that is wrong. After that a byte's owner is found in one step.
 *
 * Who may touch it: whoever serves the function's operations, one at a time
 * (guest/ring.h). Everybody else only looks.
 */
#ifndef PCIBACK_CORE_CFG_MAP_H
#define PCIBACK_CORE_CFG_MAP_H

#include <linux/pci_regs.h>
#include <linux/types.h>

#include "bar.h"
#include "cfg_field.h"

/* The header's lines and a few for each of the 48 capabilities that fit. */
#define PCIBACK_CFG_REGS_MAX	128
#define PCIBACK_CFG_BARS	7	/* six and the ROM */
#define PCIBACK_CFG_ROM		6

struct pciback_cfg_reg {
	const struct pciback_cfg_field *field;
	u32 shadow;
	u32 reset;		/* the shadow a new guest starts with */
	u16 pos;
	u8 bar;			/* index, for PCIBACK_CFG_BAR */
};

/* What the host knows better than the device's own registers. */
struct pciback_cfg_facts {
	u16 vendor;
	u16 device;
	u8 irq_line;		/* the GSI, or 0 */
	u16 size;		/* bytes of configuration space: 256 or 4096 */
	struct pciback_region regions[PCIBACK_CFG_BARS];
};

struct pciback_cfg {
	u16 size;
	u16 nregs;
	struct pciback_cfg_reg regs[PCIBACK_CFG_REGS_MAX];
	struct pciback_bar bars[PCIBACK_CFG_BARS];
	/* index into regs + 1 for each byte; 0: nobody's, default deny */
	u8 owner[PCI_CFG_SPACE_EXP_SIZE];
};

/* Reads one byte of the function's real space; never fails (~0 if it must). */
struct pciback_cfg_reader {
	u8 (*read)(const struct pciback_cfg_reader *reader, u16 pos);
};

int pciback_cfg_build(struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts,
		      const struct pciback_cfg_reader *reader);
void pciback_cfg_reset(struct pciback_cfg *cfg);

static inline struct pciback_cfg_reg *
pciback_cfg_owner(struct pciback_cfg *cfg, u16 pos)
{
	return cfg->owner[pos] ? &cfg->regs[cfg->owner[pos] - 1] : NULL;
}

#endif
