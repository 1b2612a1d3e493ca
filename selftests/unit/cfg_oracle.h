/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_oracle - what a guest may see and change, bit by bit
 *
 * Written from the pictures of the registers in PCI Local Bus 3.0 and its
 * companions, and without the tables or masks of core/, so that both are wrong
 * together only by coincidence. It is slow and has no idea of registers: each
 * bit of the space has a sort, and that says it all.
 */
#ifndef UNIT_CFG_ORACLE_H
#define UNIT_CFG_ORACLE_H

#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_map.h"

struct cfg_oracle_bar {
	u32 place;		/* what it shows */
	u32 sized;		/* what it shows where it is being sized */
	u32 address;		/* bits that have a part in sizing */
	u8 sizing;		/* a bit for each byte */
};

struct cfg_oracle {
	u16 size;
	char sort[PCI_CFG_SPACE_EXP_SIZE][8];	/* cfg_oracle.c has the list */
	u8 hw[PCI_CFG_SPACE_EXP_SIZE];		/* what the device must hold */
	u8 shadow[PCI_CFG_SPACE_EXP_SIZE];
	struct cfg_oracle_bar bars[PCIBACK_CFG_BARS];
};

/* A function that holds @hw (of PCI_CFG_SPACE_EXP_SIZE bytes) right now. */
void cfg_oracle_build(struct cfg_oracle *oracle,
		      const struct pciback_cfg_facts *facts, const u8 *hw);

u32 cfg_oracle_read(const struct cfg_oracle *oracle, u16 pos, u8 size);
void cfg_oracle_write(struct cfg_oracle *oracle, u16 pos, u8 size, u32 value,
		      bool permissive);

/* The bits of an access that have one of the @sorts. */
u32 cfg_oracle_bits(const struct cfg_oracle *oracle, u16 pos, u8 size,
		    const char *sorts);

#endif
