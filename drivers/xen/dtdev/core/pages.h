/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pages - registers as Xen sees them: in frames of 4 KiB, whatever the kernel's
 * own page size
 */
#ifndef DTDEV_CORE_PAGES_H
#define DTDEV_CORE_PAGES_H

#include <linux/types.h>

#define DTDEV_FRAME_SHIFT	12

/* Registers: bytes from @start to @end, both included. */
struct dtdev_region {
	u64 start;
	u64 end;
	u32 owner;	/* whose they are; a number of the caller's */
};

/* A run of frames. */
struct dtdev_frames {
	u64 first;
	u64 count;
};

/* The regions of one device, and those of everybody else. */
struct dtdev_pages {
	const struct dtdev_region *own;
	unsigned int own_count;
	const struct dtdev_region *others;
	unsigned int others_count;
};

/* Where a walk over exclusive frames is; starts as zero. */
struct dtdev_pages_walk {
	unsigned int region;
	u64 done;	/* frames of that region */
};

struct dtdev_frames dtdev_pages_span(const struct dtdev_region *region);
bool dtdev_pages_share(const struct dtdev_region *a,
		       const struct dtdev_region *b);
bool dtdev_pages_next(const struct dtdev_pages *pages,
		      struct dtdev_pages_walk *walk,
		      struct dtdev_frames *frames);

#endif
