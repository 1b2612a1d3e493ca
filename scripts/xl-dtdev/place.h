/* SPDX-License-Identifier: GPL-2.0 */
/*
 * place - where a guest finds the registers that it is given
 *
 * Whole frames, each given once, however many regions touch it.
 */
#ifndef XL_DTDEV_PLACE_H
#define XL_DTDEV_PLACE_H

#include "pages.h"
#include "pool.h"

/* Frames of the host, from @first to @last, and the guest's for @first. */
struct place_run {
	u64 first;
	u64 last;
	u64 guest;
	bool placed;
};

struct place {
	struct pool *pool;
	struct place_run *runs;
	u32 count;
	u64 moved;	/* frames of the last hole that are behind us */
};

void place_add(struct place *place, const struct dtdev_region *region);
const struct place_run *place_all(struct place *place);
bool place_address(const struct place *place, const struct dtdev_region *region,
		   u64 *address);

#endif
