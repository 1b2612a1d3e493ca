/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_oracle - what a guest may see and change, bit by bit
 *
 * Written from the pictures of the registers in PCI Local Bus 3.0, PCI Express
 * and their companions, and without the tables or masks of core/, so that both
 * are wrong together only by coincidence. It is slow and has no idea of
 * registers: each bit of the space has a sort, and that says it all. It takes
 * devices at their word; those that say something else each time are for others
 * to judge.
 *
 * The sorts of bits:
 *	.	in no register that is known: shows the hardware, and is written
 *		only by a permissive guest, or where a quirk opens it
 *	r	the same, beside others that are known
 *	w	shows the hardware, written as the guest writes it
 *	c	shows the hardware, cleared where the guest writes 1
 *	h	shows the hardware, which must never be written a 1
 *	s	shows what the host says, is never written
 *	v	shows what the guest wrote last, which goes nowhere else
 *	b	of a base address: shows its place or its size
 *	x	of a hidden capability: shows 0, is never written
 * The pictures also have V: a v that starts with what the hardware holds.
 */
#ifndef UNIT_CFG_ORACLE_H
#define UNIT_CFG_ORACLE_H

#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_build.h"
#include "quirk.h"

/* What somebody may allow a guest to write. */
#define CFG_ORACLE_CLOSED	".r"

struct cfg_oracle_bar {
	u32 place;		/* what it shows */
	u32 sized;		/* what it shows where it is being sized */
	u32 address;		/* bits that have a part in sizing */
	u8 sizing;		/* a bit for each byte */
};

struct cfg_oracle {
	u16 size;
	bool is_bridge;
	char sort[PCI_CFG_SPACE_EXP_SIZE][8];
	bool quiet[PCI_CFG_SPACE_EXP_SIZE];	/* not worth a word */
	bool closed[PCI_CFG_SPACE_EXP_SIZE];	/* no quirk may open it */
	bool constant[PCI_CFG_SPACE_EXP_SIZE];	/* need be read but once */
	u8 action[PCI_CFG_SPACE_EXP_SIZE];	/* what a write does besides */
	u8 opened[PCI_CFG_SPACE_EXP_SIZE];	/* bits, by quirks */
	u8 hw[PCI_CFG_SPACE_EXP_SIZE];		/* what the device must hold */
	u8 shadow[PCI_CFG_SPACE_EXP_SIZE];
	struct cfg_oracle_bar bars[PCIBACK_CFG_BARS];
};

/* A function that holds @hw (of PCI_CFG_SPACE_EXP_SIZE bytes) right now. */
void cfg_oracle_build(struct cfg_oracle *oracle,
		      const struct pciback_cfg_facts *facts, const u8 *hw);

/* Returns 0 and opens it, or what pciback_quirk_check() should. */
int cfg_oracle_quirk(struct cfg_oracle *oracle,
		     const struct pciback_quirk *quirk);

u32 cfg_oracle_read(const struct cfg_oracle *oracle, u16 pos, u8 size);
void cfg_oracle_write(struct cfg_oracle *oracle, u16 pos, u8 size, u32 value,
		      bool permissive);

/* The bits of an access that the device must be asked for, until something is opened. */
u32 cfg_oracle_asked(const struct cfg_oracle *oracle, u16 pos, u8 size);

/* The bits of an access that have one of the @sorts. */
u32 cfg_oracle_bits(const struct cfg_oracle *oracle, u16 pos, u8 size,
		    const char *sorts);
/* The same of the whole space, of one @sort, a byte in @bytes for each. */
void cfg_oracle_mark(const struct cfg_oracle *oracle, char sort, u8 *bytes);

/* Those of the closed ones that the guest may write after all. */
u32 cfg_oracle_opened(const struct cfg_oracle *oracle, u16 pos, u8 size,
		      bool permissive);
/* Those that a write is refused, and it is news. */
u32 cfg_oracle_refused(const struct cfg_oracle *oracle, u16 pos, u8 size,
		       bool permissive);

#endif
