/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bar - base address registers as the guest sees them
 *
 * A PV guest uses machine addresses, so a BAR cannot be moved for it: it shows
 * where the host put the region. What it must do is answer sizing: a byte whose
 * address bits were all written with ones shows the size mask until it is
 * written with anything else. That is per byte, so sizing works by accesses of
 * any width and in any order.
 */
#ifndef PCIBACK_CORE_BAR_H
#define PCIBACK_CORE_BAR_H

#include <linux/types.h>

/* A region of the function, as the host knows it. */
struct pciback_region {
	u64 start;
	u64 size;		/* a power of two; 0: not implemented */
	u32 flags;		/* the read-only low bits of the register */
	bool is_64bit;		/* the next register holds the upper half */
};

/* One register: its value, and what sizing answers. */
struct pciback_bar {
	u32 value;
	u32 size_mask;		/* with the read-only low bits merged in */
	u32 address_bits;	/* the bits that hold an address */
	u8 sizing;		/* a bit for each byte that is being sized */
};

void pciback_bar_init(struct pciback_bar *bar,
		      const struct pciback_region *region, bool upper);
void pciback_bar_init_rom(struct pciback_bar *bar,
			  const struct pciback_region *region);
u32 pciback_bar_read(const struct pciback_bar *bar);
void pciback_bar_write(struct pciback_bar *bar, u32 value, u32 lanes);

#endif
