/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_field - one line of configuration-space policy
 *
 * Vocabulary
 *	field	a constant line of a table: where, how wide, which bits are whose
 *	register	a field laid over one function's space (cfg_map.h)
 *	shadow	the value a register shows where the hardware's is not shown
 *	fixed	bytes that the specifications call read-only: what the hardware
 *		shows is read once, when the function is seized, until a quirk or
 *		permissive lets a guest write there
 *
 * A bit of a field is in at most one of these states towards a guest:
 *	reads hardware, write refused	no mask set: the zero value, default deny
 *	reads hardware, writes hardware	write, or rw1c for write-1-to-clear
 *	reads shadow, write refused	virt
 *	reads shadow, writes shadow	virt and vwrite
 * write, rw1c and hold never overlap one another, nor virt. A field with an
 * action is carried out by fn/ as a whole; its masks then say what the guest
 * reads and what of its write reaches the action.
 */
#ifndef PCIBACK_CORE_CFG_FIELD_H
#define PCIBACK_CORE_CFG_FIELD_H

#include <linux/types.h>

struct pciback_cfg_reader;

/* What a write means beyond bits that go to hardware or to the shadow. */
enum pciback_cfg_action {
	PCIBACK_CFG_PLAIN = 0,	/* nothing: masks only */
	PCIBACK_CFG_BAR,	/* sizing; decided in core/bar, touches nothing */
	PCIBACK_CFG_SLEEPS,	/* all that follow may sleep */
	PCIBACK_CFG_ROM = PCIBACK_CFG_SLEEPS,	/* sizing, and switching it on */
	PCIBACK_CFG_COMMAND,	/* decoding, bus mastering, MWI */
	PCIBACK_CFG_PM_CTRL,	/* power state */
	PCIBACK_CFG_MSI_FLAGS,	/* only with allow_interrupt_control */
	PCIBACK_CFG_MSIX_FLAGS,	/* the same */
	PCIBACK_CFG_VPD_ADDR,	/* starts reading vital product data */
	PCIBACK_CFG_DEVCTL,	/* read request size, function-level reset */
	PCIBACK_CFG_AF_CTRL,	/* function-level reset */
};

struct pciback_cfg_field {
	u16 offset;		/* from the start of the header or capability */
	u8 size;		/* 1, 2 or 4 bytes, naturally aligned */
	u8 action;		/* enum pciback_cfg_action */
	bool quiet;		/* drivers write here as a habit: not worth a word */
	bool closed;		/* to quirks */
	bool from_hw;		/* the shadow starts with what the hardware holds */
	u32 virt;
	u32 vwrite;
	u32 write;
	u32 rw1c;
	u32 hold;		/* a 1 would do something: refused, written as 0 */
	const char *reason;	/* why the line is as it is */
};

/* @size bytes from @offset on, as a table's fixed ones. */
#define PCIBACK_CFG_BYTES(offset, size) \
	(((1ULL << (size)) - 1) << (offset))

/* The policy for a header or a capability. */
struct pciback_cfg_table {
	u8 id;			/* of the capability */
	bool hidden;		/* left out of the chain; its bytes read 0 */
	u16 size;		/* in bytes, header of the capability included */
	u16 count;
	u64 fixed;		/* bytes that never change, a bit for each */
	const struct pciback_cfg_field *fields;
	/* The real size of the capability at @pos, where it varies. */
	u16 (*length)(const struct pciback_cfg_reader *reader, u16 pos);
	const char *reason;	/* why it is hidden, or has no fields */
};

extern const struct pciback_cfg_table pciback_cfg_header0;
extern const struct pciback_cfg_table pciback_cfg_header1;
extern const struct pciback_cfg_table pciback_cfg_pcie;

/* The policies known, for capabilities and for extended ones. */
extern const struct pciback_cfg_table *const pciback_cfg_caps[];
extern const unsigned int pciback_cfg_ncaps;
extern const struct pciback_cfg_table pciback_cfg_extcaps[];
extern const unsigned int pciback_cfg_nextcaps;

const struct pciback_cfg_table *pciback_cfg_cap_table(u8 cap_id);
const struct pciback_cfg_table *pciback_cfg_extcap_table(u16 cap_id);

#endif
