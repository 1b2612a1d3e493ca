// SPDX-License-Identifier: GPL-2.0
/*
 * pages - which frames hold registers of one device only
 *
 * Pure: any context, no allocation.
 */
#include <linux/types.h>

#include "pages.h"

static u64 pages_first(const struct dtdev_region *region)
{
	return region->start >> DTDEV_FRAME_SHIFT;
}

static u64 pages_last(const struct dtdev_region *region)
{
	return region->end >> DTDEV_FRAME_SHIFT;
}

/* The frames that @region touches. */
struct dtdev_frames dtdev_pages_span(const struct dtdev_region *region)
{
	return (struct dtdev_frames){
		.first = pages_first(region),
		.count = pages_last(region) - pages_first(region) + 1,
	};
}

/* Is there a frame that both touch? */
bool dtdev_pages_share(const struct dtdev_region *a,
		       const struct dtdev_region *b)
{
	return pages_first(a) <= pages_last(b) &&
	       pages_first(b) <= pages_last(a);
}

/* Moves *@first past what @regions cover there. Returns true if it moved. */
static bool pages_skip(const struct dtdev_region *regions, unsigned int count,
		       u64 *first)
{
	u64 before = *first;
	unsigned int i;

	for (i = 0; i < count; i++)
		if (pages_first(&regions[i]) <= *first &&
		    pages_last(&regions[i]) >= *first)
			*first = pages_last(&regions[i]) + 1;
	return *first != before;
}

/* Moves *@last before what @regions cover after @first. */
static void pages_limit(const struct dtdev_region *regions, unsigned int count,
			u64 first, u64 *last)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (pages_first(&regions[i]) > first &&
		    pages_first(&regions[i]) <= *last)
			*last = pages_first(&regions[i]) - 1;
}

/*
 * Cuts [*@first, *@last], frames of the device's region number @region, down to
 * the first run that neither others nor its own earlier regions cover. Returns
 * false if nothing remains.
 */
static bool pages_cut(const struct dtdev_pages *pages, unsigned int region,
		      u64 *first, u64 *last)
{
	while (pages_skip(pages->others, pages->others_count, first) ||
	       pages_skip(pages->own, region, first))
		;
	if (*first > *last)
		return false;
	pages_limit(pages->others, pages->others_count, *first, last);
	pages_limit(pages->own, region, *first, last);
	return true;
}

/*
 * The next run of frames that hold registers of no other device, each frame
 * once. Returns false when there is none left.
 */
bool dtdev_pages_next(const struct dtdev_pages *pages,
		      struct dtdev_pages_walk *walk,
		      struct dtdev_frames *frames)
{
	struct dtdev_frames span;
	u64 first, last;

	for (; walk->region < pages->own_count; walk->region++, walk->done = 0) {
		span = dtdev_pages_span(&pages->own[walk->region]);
		if (walk->done == span.count)
			continue;
		first = span.first + walk->done;
		last = span.first + span.count - 1;
		if (!pages_cut(pages, walk->region, &first, &last))
			continue;
		walk->done = last + 1 - span.first;
		frames->first = first;
		frames->count = last - first + 1;
		return true;
	}
	return false;
}
