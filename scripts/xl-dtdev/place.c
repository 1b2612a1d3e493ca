// SPDX-License-Identifier: GPL-2.0
/*
 * place - registers stay at their own address if a guest has nothing there, else
 * they move to the last hole of its layout
 */
#include <linux/kernel.h>

#include "place.h"

struct place_hole {
	u64 first;
	u64 last;
};

/* Where guests have nothing, in Xen 4.17 to 4.21. */
static const struct place_hole place_holes[] = {
	{ 0x0, 0x1fff }, { 0x4020, 0xffff }, { 0x10000, 0x1ffff },
};

#define HOLES	ARRAY_SIZE(place_holes)
#define SPARE	(&place_holes[HOLES - 1])

/* Takes number @index away. */
static void place_drop(struct place *place, u32 index)
{
	for (place->count--; index < place->count; index++)
		place->runs[index] = place->runs[index + 1];
}

static bool place_touch(const struct place_run *a, const struct place_run *b)
{
	return a->first <= b->last && b->first <= a->last;
}

static void place_extend(struct place_run *run, const struct place_run *other)
{
	run->first = other->first < run->first ? other->first : run->first;
	run->last = other->last > run->last ? other->last : run->last;
}

/*
 * The frames of @region will be wanted. Runs that have a frame of it become one, in
 * the place of the first of them.
 */
void place_add(struct place *place, const struct dtdev_region *region)
{
	struct dtdev_frames span = dtdev_pages_span(region);
	struct place_run wanted = { span.first, span.first + span.count - 1 }, *run = NULL;
	u32 i;

	for (i = 0; i < place->count; i++) {
		if (!place_touch(&place->runs[i], &wanted))
			continue;
		if (!run) {
			run = &place->runs[i];
			place_extend(run, &wanted);
		} else {
			place_extend(run, &place->runs[i]);
			place_drop(place, i--);
		}
	}
	if (run)
		return;
	place->runs = pool_grow(place->pool, place->runs, place->count,
				sizeof(*place->runs));
	place->runs[place->count++] = wanted;
}

/* Is one that has its place between @first and @last? *@after is behind it then. */
static bool place_is_used(const struct place *place, u64 first, u64 last, u64 *after)
{
	const struct place_run *run;
	u64 end;
	u32 i;

	for (i = 0; i < place->count; i++) {
		run = &place->runs[i];
		end = run->guest + (run->last - run->first);
		if (run->placed && run->guest <= last && end >= first) {
			*after = end + 1;
			return true;
		}
	}
	return false;
}

static bool place_in_hole(const struct place_run *run)
{
	u32 i;

	for (i = 0; i < HOLES; i++)
		if (run->first >= place_holes[i].first && run->last <= place_holes[i].last)
			return true;
	return false;
}

static bool place_move(struct place *place, struct place_run *run)
{
	u64 at = SPARE->first + place->moved, length = run->last - run->first;

	while (at <= SPARE->last && length <= SPARE->last - at) {
		if (!place_is_used(place, at, at + length, &at)) {
			run->guest = at;
			run->placed = true;
			place->moved = at + length + 1 - SPARE->first;
			return true;
		}
	}
	return false;
}

/*
 * Gives everything that was added its place. Returns NULL, or what finds no hole
 * that is large enough.
 */
const struct place_run *place_all(struct place *place)
{
	u32 i;

	for (i = 0; i < place->count; i++) {
		place->runs[i].placed = place_in_hole(&place->runs[i]);
		place->runs[i].guest = place->runs[i].first;
	}
	for (i = 0; i < place->count; i++)
		if (!place->runs[i].placed && !place_move(place, &place->runs[i]))
			return &place->runs[i];
	return NULL;
}

/* Where the guest finds @region. Returns false if it has not the whole of it. */
bool place_address(const struct place *place, const struct dtdev_region *region,
		   u64 *address)
{
	struct dtdev_frames span = dtdev_pages_span(region);
	const struct place_run *run;
	u32 i;

	for (i = 0; i < place->count; i++) {
		run = &place->runs[i];
		if (span.first < run->first || span.first + span.count - 1 > run->last)
			continue;
		*address = ((run->guest + (span.first - run->first)) << DTDEV_FRAME_SHIFT) +
			   (region->start & ((1 << DTDEV_FRAME_SHIFT) - 1));
		return true;
	}
	return false;
}
