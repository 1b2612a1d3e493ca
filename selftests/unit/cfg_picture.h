/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_picture - the oracle's pictures of registers, and how it lays them
 */
#ifndef UNIT_CFG_PICTURE_H
#define UNIT_CFG_PICTURE_H

#include <linux/types.h>

#include "cfg_oracle.h"

struct cfg_picture {
	u16 offset;
	const char *bits;	/* highest first, spaces for the eye */
	bool quiet;		/* drivers write it as a habit */
	u8 action;		/* what a write does besides: enum pciback_cfg_action */
	bool closed;		/* to quirks, also in a second one of the kind */
};

/* A capability that the oracle has something to say of. */
struct cfg_capability {
	u16 id;
	bool hidden;
	u16 length;		/* the whole of it, or 0: measure() knows */
	u16 (*measure)(const struct cfg_oracle *oracle, u16 pos);
	const struct cfg_picture *pictures;	/* up to one without bits, or none */
	const char *constant;	/* its bytes: k for one that never changes */
};

extern const struct cfg_picture cfg_picture_header0[];
extern const struct cfg_picture cfg_picture_header1[];
extern const char cfg_constant_header0[];

/* Returns NULL for one that shows the hardware, and refuses all. */
const struct cfg_capability *cfg_capability_find(bool extended, u16 id);

/* A byte of the device; nothing but ones beyond its space. */
u8 cfg_oracle_byte(const struct cfg_oracle *oracle, u16 pos);

/* Lays those of the @pictures from @base that end before @end. */
void cfg_oracle_lay(struct cfg_oracle *oracle, u16 base, u16 end,
		    const struct cfg_picture *pictures);
/* The same of the closed ones only. */
void cfg_oracle_lay_closed(struct cfg_oracle *oracle, u16 base, u16 end,
			   const struct cfg_picture *pictures);

/* Notes which bytes from @base on are constant, up to before @end. */
void cfg_oracle_lay_constant(struct cfg_oracle *oracle, u16 base, u16 end,
			     const char *constant);

/* Both lists of capabilities. */
void cfg_oracle_walk(struct cfg_oracle *oracle);

#endif
