// SPDX-License-Identifier: GPL-2.0
/* Frames: what a region touches, who shares, what is nobody else's. */
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "pages.h"

static void spans(void)
{
	static const struct {
		struct dtdev_region region;
		u64 first, count;
	} rows[] = {
		{ { 0x9010000, 0x9010fff }, 0x9010, 1 },
		{ { 0x9010000, 0x9011000 }, 0x9010, 2 },
		{ { 0xa000200, 0xa0003ff }, 0xa000, 1 },
		{ { 0xfff, 0x1000 }, 0, 2 },
		{ { 0, 0xffffffffffffffff }, 0, 1ull << 52 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dtdev_frames span = dtdev_pages_span(&rows[i].region);

		KTAP_ROW("%u", i);
		EXPECT_EQ(span.first, rows[i].first);
		EXPECT_EQ(span.count, rows[i].count);
	}
}

static void knows_who_shares(void)
{
	static const struct {
		struct dtdev_region a, b;
		bool share;
	} rows[] = {
		{ { 0x1000, 0x10ff }, { 0x1100, 0x11ff }, true },
		{ { 0x1000, 0x1fff }, { 0x2000, 0x2fff }, false },
		{ { 0x1000, 0x2000 }, { 0x2800, 0x2fff }, true },
		{ { 0x0, 0xffffff }, { 0x5000, 0x5003 }, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_pages_share(&rows[i].a, &rows[i].b), rows[i].share);
		EXPECT_EQ(dtdev_pages_share(&rows[i].b, &rows[i].a), rows[i].share);
	}
}

#define FRAMES(_first, _last) \
	{ (u64)(_first) << 12, ((u64)(_last) << 12) + 0xfff }
#define NONE	{ 1, 0 }

static void finds_what_is_exclusive(void)
{
	static const struct {
		struct dtdev_region own[2], others[2];
		struct dtdev_frames runs[4];	/* up to one of count 0 */
	} rows[] = {
		{ { FRAMES(1, 1), NONE }, { NONE, NONE }, { { 1, 1 } } },
		{ { FRAMES(1, 9), NONE }, { FRAMES(5, 5), NONE }, { { 1, 4 }, { 6, 4 } } },
		{ { FRAMES(1, 9), NONE }, { FRAMES(1, 1), FRAMES(9, 9) }, { { 2, 7 } } },
		{ { FRAMES(1, 9), NONE }, { FRAMES(0, 20), NONE }, { } },
		{ { FRAMES(1, 9), NONE }, { FRAMES(4, 12), FRAMES(1, 3) }, { } },
		{ { FRAMES(1, 4), FRAMES(3, 6) }, { NONE, NONE }, { { 1, 4 }, { 5, 2 } } },
		{ { FRAMES(1, 4), FRAMES(1, 4) }, { NONE, NONE }, { { 1, 4 } } },
		{ { FRAMES(0, 4), FRAMES(0, 9) }, { FRAMES(5, 5), NONE },
		  { { 0, 5 }, { 6, 4 } } },
		{ { FRAMES(8, 9), FRAMES(1, 2) }, { FRAMES(2, 8), NONE },
		  { { 9, 1 }, { 1, 1 } } },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dtdev_pages pages = { rows[i].own, 2, rows[i].others, 2 };
		struct dtdev_pages_walk walk = { 0 };
		struct dtdev_frames run;

		pages.own_count = rows[i].own[1].start == 1 ? 1 : 2;
		pages.others_count = rows[i].others[0].start == 1 ? 0 :
				     rows[i].others[1].start == 1 ? 1 : 2;
		for (j = 0; j < 4 && rows[i].runs[j].count; j++) {
			KTAP_ROW("%u run %u", i, j);
			EXPECT(dtdev_pages_next(&pages, &walk, &run));
			EXPECT_EQ(run.first, rows[i].runs[j].first);
			EXPECT_EQ(run.count, rows[i].runs[j].count);
		}
		EXPECT(!dtdev_pages_next(&pages, &walk, &run));
		EXPECT(!dtdev_pages_next(&pages, &walk, &run));
	}
}

#define MODEL	32

static struct dtdev_region random_region(void)
{
	u64 first = rand() % MODEL, last = first + rand() % 6;

	if (last >= MODEL)
		last = MODEL - 1;
	return (struct dtdev_region)FRAMES(first, last);
}

static void mark(bool *frames, const struct dtdev_region *regions, unsigned int count)
{
	unsigned int i, f;

	memset(frames, 0, MODEL * sizeof(*frames));
	for (i = 0; i < count; i++)
		for (f = 0; f < MODEL; f++)
			frames[f] |= regions[i].start >> 12 <= f &&
				     regions[i].end >> 12 >= f;
}

/* The oracle: count for each frame by itself. */
static void count_frames(void)
{
	struct dtdev_region own[3], others[4];
	struct dtdev_pages pages = { own, rand() % 4, others, rand() % 5 };
	struct dtdev_pages_walk walk = { 0 };
	bool mine[MODEL], theirs[MODEL];
	int i, f, seen[MODEL] = { 0 };
	struct dtdev_frames run;

	for (i = 0; i < 3; i++)
		own[i] = random_region();
	for (i = 0; i < 4; i++)
		others[i] = random_region();
	mark(mine, own, pages.own_count);
	mark(theirs, others, pages.others_count);
	while (dtdev_pages_next(&pages, &walk, &run))
		for (f = run.first; f < (int)(run.first + run.count); f++)
			seen[f]++;
	for (f = 0; f < MODEL; f++)
		EXPECT_EQ(seen[f], mine[f] && !theirs[f]);
}

static void agrees_with_counting(void)
{
	int round;

	while (ktap_next_seed()) {
		srand(ktap_seed);
		for (round = 0; round < 10000; round++) {
			KTAP_ROW("seed %llu, round %d", ktap_seed, round);
			count_frames();
		}
	}
}

KTAP_ROOM(KTAP_CASE(spans), KTAP_CASE(knows_who_shares),
	  KTAP_CASE(finds_what_is_exclusive), KTAP_CASE(agrees_with_counting));
