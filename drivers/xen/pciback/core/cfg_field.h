/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_field - one line of configuration-space policy
 *
 * Vocabulary
 *	field	a constant line of a table: where, how wide, which bits are whose
 *	register	a field laid over one function's space (cfg_map.h)
 *	shadow	the value a register shows where the hardware's is not shown
 *
 * A bit of a field is in at most one of these states towards a guest:
 *	reads hardware, write refused	no mask set: the zero value, default deny
 *	reads hardware, writes hardware	write, or rw1c for write-1-to-clear
 *	reads shadow, write refused	virt
 *	reads shadow, writes shadow	virt and vwrite
 * write and rw1c never overlap virt. A field with an action is carried out by
 * host/ as a whole; its masks then say what the guest reads and what of its
 * write reaches the action.
 */
#ifndef PCIBACK_CORE_CFG_FIELD_H
#define PCIBACK_CORE_CFG_FIELD_H

#include <linux/types.h>

/* What a write means beyond bits that go to hardware or to the shadow. */
enum pciback_cfg_action {
	PCIBACK_CFG_PLAIN = 0,	/* nothing: masks only */
	PCIBACK_CFG_BAR,	/* sizing; decided in core/bar, touches nothing */
	PCIBACK_CFG_COMMAND,	/* decoding, bus mastering, MWI; may sleep */
	PCIBACK_CFG_PM_CTRL,	/* power state; may sleep */
};

struct pciback_cfg_field {
	u16 offset;		/* from the start of the header or capability */
	u8 size;		/* 1, 2 or 4 bytes, naturally aligned */
	u8 action;		/* enum pciback_cfg_action */
	bool quiet;		/* drivers write here as a habit: not worth a word */
	u32 virt;
	u32 vwrite;
	u32 write;
	u32 rw1c;
	const char *reason;	/* why the line is as it is */
};

/* A table: the fields of one header or capability. */
struct pciback_cfg_table {
	const struct pciback_cfg_field *fields;
	u16 count;
	u16 length;		/* bytes the header or capability takes */
};

#define PCIBACK_CFG_TABLE(_fields, _length) {				\
	.fields = (_fields),						\
	.count = sizeof(_fields) / sizeof((_fields)[0]),		\
	.length = (_length),						\
}

extern const struct pciback_cfg_table pciback_cfg_header0;

const struct pciback_cfg_table *pciback_cfg_cap_table(u8 cap_id);

#endif
