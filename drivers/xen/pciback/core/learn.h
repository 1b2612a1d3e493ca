/* SPDX-License-Identifier: GPL-2.0 */
/*
 * learn - what a guest's driver tried to write and could not
 *
 * Bounded: a guest can fill the list, not make it grow. The writer is whoever
 * serves the guest's operations; readers look without a lock and may see an
 * entry half updated, which is good enough for people.
 */
#ifndef PCIBACK_CORE_LEARN_H
#define PCIBACK_CORE_LEARN_H

#include <linux/types.h>

#define PCIBACK_LEARN_MAX	32

struct pciback_learned {
	u16 offset;
	u8 size;
	u32 bits;		/* all that were ever tried */
	u32 last;		/* the last value written */
	u32 count;		/* sticks at its maximum */
};

struct pciback_learn {
	u8 used;
	u32 lost;		/* refused writes that found no place */
	struct pciback_learned entries[PCIBACK_LEARN_MAX];
};

bool pciback_learn_refused(struct pciback_learn *learn, u16 offset, u8 size,
			   u32 value, u32 bits);

#endif
