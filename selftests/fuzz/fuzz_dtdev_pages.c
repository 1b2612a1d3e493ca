// SPDX-License-Identifier: GPL-2.0
/*
 * Any registers of one device and of others: the walk names the frames that only
 * the device touches, each once, and no other.
 */
#include <linux/types.h>

#include "fuzz.h"
#include "pages.h"

#define REGIONS		6
#define FRAMES		64	/* that regions can be in */
#define UNIT		1024	/* so that some share a frame */

static void get_region(struct fuzz_input *in, struct dtdev_region *region)
{
	u64 a = (u64)fuzz_u8(in) * UNIT, b = (u64)fuzz_u8(in) * UNIT;

	region->start = a < b ? a : b;
	region->end = (a < b ? b : a) + UNIT - 1;
	region->owner = 0;
}

static unsigned int get_regions(struct fuzz_input *in, struct dtdev_region *regions)
{
	unsigned int count = fuzz_u8(in) % (REGIONS + 1), i;

	for (i = 0; i < count; i++)
		get_region(in, &regions[i]);
	return count;
}

/* Frame by frame, instead of run by run. */
static bool touches(const struct dtdev_region *regions, unsigned int count, u64 frame)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (regions[i].start >> DTDEV_FRAME_SHIFT <= frame &&
		    regions[i].end >> DTDEV_FRAME_SHIFT >= frame)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	struct dtdev_region own[REGIONS], others[REGIONS];
	struct dtdev_pages pages = { .own = own, .others = others };
	struct dtdev_pages_walk walk = { 0 };
	struct dtdev_frames run;
	unsigned int named[FRAMES] = { 0 };
	u64 frame;

	pages.own_count = get_regions(&in, own);
	pages.others_count = get_regions(&in, others);
	while (dtdev_pages_next(&pages, &walk, &run)) {
		ORACLE(run.count > 0);
		ORACLE(run.first + run.count <= FRAMES);
		for (frame = run.first; frame < run.first + run.count; frame++)
			named[frame]++;
	}
	for (frame = 0; frame < FRAMES; frame++)
		ORACLE(named[frame] == (touches(own, pages.own_count, frame) &&
					!touches(others, pages.others_count, frame)));
	return 0;
}
