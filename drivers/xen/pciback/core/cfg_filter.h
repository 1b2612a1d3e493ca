/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_filter - what becomes of one access by a guest
 *
 * The filter decides and changes nothing but shadows; fn/hwcfg carries the
 * decision out. A read needs at most one access to the hardware. A write is
 * split into steps, one for each register it touches.
 */
#ifndef PCIBACK_CORE_CFG_FILTER_H
#define PCIBACK_CORE_CFG_FILTER_H

#include <linux/types.h>

#include "cfg_map.h"

/* value = (hardware & hw) | shadow; no hardware access where hw is 0 */
struct pciback_cfg_read {
	u32 hw;
	u32 shadow;
};

/*
 * One register's part of a write. All values and masks are shifted so that
 * bit 0 is bit 0 of the byte at @pos.
 */
struct pciback_cfg_step {
	struct pciback_cfg_reg *reg;	/* NULL: bytes that nobody owns */
	u8 action;			/* enum pciback_cfg_action */
	u8 size;			/* 1, 2 or 4, naturally aligned at pos */
	u16 pos;
	u32 value;			/* as written by the guest */
	u32 write;			/* its bits that may reach hardware */
	u32 rw1c;			/* its bits that clear by writing 1 */
	u32 hold;			/* bits that are written as 0 */
	u32 shadow;			/* of the whole register, if all goes well */
};

struct pciback_cfg_write {
	u16 offset;
	u8 size;
	u32 value;
	u8 nsteps;
	struct pciback_cfg_step steps[4];
	u32 refused;			/* bits that go nowhere, and that is news */
	bool may_sleep;			/* some step has an action that may */
};

bool pciback_cfg_access_ok(const struct pciback_cfg *cfg, s32 offset, s32 size);
void pciback_cfg_decide_read(struct pciback_cfg *cfg, u16 offset, u8 size,
			     struct pciback_cfg_read *decision);
void pciback_cfg_decide_write(struct pciback_cfg *cfg, u16 offset, u8 size,
			      u32 value, bool permissive,
			      struct pciback_cfg_write *decision);
u32 pciback_cfg_merge(const struct pciback_cfg_step *step, u32 current_value);
bool pciback_cfg_needs_current(const struct pciback_cfg_step *step);
void pciback_cfg_commit(struct pciback_cfg *cfg,
			const struct pciback_cfg_step *step);
bool pciback_cfg_next_given(struct pciback_cfg *cfg, unsigned int *next,
			    struct pciback_cfg_step *step);

#endif
