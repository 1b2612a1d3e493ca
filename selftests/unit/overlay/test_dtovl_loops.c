// SPDX-License-Identifier: GPL-2.0
/* Interrupt parents and maps: what leads in a circle, and what does not. */
#include <linux/types.h>
#include <stdio.h>
#include <string.h>

#include "blob_maker.h"
#include "ktap.h"

static struct maker maker;

/* What interrupt parents there are, and whether numbers are references. */
enum { BARE, CELLS, CONTROLLER, MUTE };

struct circle {
	u32 parent_a, parent_b;	/* phandles: a has 1, b has 2 */
	int b;
	bool references;
	bool bad;
};

static const char *with_parents(const struct circle *c)
{
	maker_fragment(&maker);
	maker_begin(&maker, "a");
	maker_u32(&maker, "phandle", 1);
	maker_u32(&maker, "interrupt-parent", c->parent_a);
	maker_begin(&maker, "below");
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "b");
	maker_u32(&maker, "phandle", 2);
	maker_u32(&maker, "interrupt-parent", c->parent_b);
	if (c->b == CELLS || c->b == CONTROLLER)
		maker_u32(&maker, "#interrupt-cells", 1);
	if (c->b >= CONTROLLER)
		maker_prop(&maker, "interrupt-controller", "", 0);
	maker_end(&maker);
	maker_fragment_end(&maker);
	if (c->references) {
		maker_begin(&maker, "__local_fixups__");
		maker_begin(&maker, "fragment@0");
		maker_begin(&maker, "__overlay__");
		maker_begin(&maker, "a");
		maker_u32(&maker, "interrupt-parent", 0);
		maker_end(&maker);
		maker_begin(&maker, "b");
		maker_u32(&maker, "interrupt-parent", 0);
		maker_end(&maker);
		maker_end(&maker);
		maker_end(&maker);
		maker_end(&maker);
	}
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_circles(void)
{
	static const struct circle rows[] = {
		{ 1, 0x99, BARE, true, true },
		{ 2, 1, BARE, true, true },
		{ 2, 1, CELLS, true, true },
		{ 2, 1, CONTROLLER, true, false },
		{ 2, 1, MUTE, true, true },
		{ 2, 2, CONTROLLER, true, false },
		{ 2, 2, CELLS, true, true },
		{ 2, 3, BARE, true, false },
		/* As numbers they mean others, but for those that the nodes will get. */
		{ 2, 1, BARE, false, false },
		{ 0x1002, 0x1001, BARE, false, true },
		{ 0x1002, 0x1001, CONTROLLER, false, false },
		{ 0x1002, 0x1003, BARE, false, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT(!strcmp(with_parents(&rows[i]),
			       rows[i].bad ? "interrupt parents lead in a circle" : ""));
	}
}

/* A child's interrupt goes by its parent's; long chains are none that exist. */
static void follows_parents_up_and_far(void)
{
	char name[16];
	int i, more;

	maker_fragment(&maker);
	maker_begin(&maker, "a");
	maker_u32(&maker, "interrupt-parent", 0x1001);
	maker_begin(&maker, "b");
	maker_u32(&maker, "phandle", 1);
	maker_end(&maker);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "interrupt parents lead in a circle");

	for (more = 0; more < 2; more++) {
		maker_fragment(&maker);
		for (i = 1; i <= 64 + more; i++) {
			sprintf(name, "n%d", i);
			maker_begin(&maker, name);
			maker_u32(&maker, "phandle", i);
			maker_u32(&maker, "interrupt-parent", 0x1001 + i);
			maker_end(&maker);
		}
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT_VERDICT(&maker, more ? "interrupt parents lead in a circle" : "");
	}
}

/* The other way round each is one step from what is known to be safe. */
static void walks_no_way_twice(void)
{
	char name[16];
	int i;

	maker_fragment(&maker);
	for (i = 1; i <= 100; i++) {
		sprintf(name, "n%d", i);
		maker_begin(&maker, name);
		maker_u32(&maker, "phandle", i);
		maker_u32(&maker, "interrupt-parent", 0x1000 + i - 1);
		maker_end(&maker);
	}
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "");
}

/* A node with phandle 0x100, and what would refer to it if it were read otherwise. */
static const char *with_cells(const char *prop, const char *value, u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "n");
	maker_u32(&maker, "phandle", 0x100);
	if (!strcmp(prop, "interrupt-parent"))
		maker_prop(&maker, prop, value, len);
	maker_end(&maker);
	maker_begin(&maker, "map");
	if (!strcmp(prop, "interrupt-map"))
		maker_prop(&maker, prop, value, len);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void reads_whole_cells_only(void)
{
	static const char bad[] = "interrupt parents lead in a circle";
	static const struct {
		const char *prop, *value;
		u32 len;
		const char *what;
	} rows[] = {
		{ "interrupt-parent", "\0\0\x11\0", 4, bad },
		{ "interrupt-parent", "\0\0\x11", 3, "" },
		{ "interrupt-map", "\0\0\x11\0", 4, bad },
		{ "interrupt-map", "\0\0\x11", 3, "" },
		{ "interrupt-map", "\0\0\0\0\0\0\x11\0", 8, bad },
		{ "interrupt-map", "\0\0\0\0\0\0\x11", 7, "" },
		{ "interrupt-map", "\0\0\0\0\0\x11\0\0", 8, "" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT(!strcmp(with_cells(rows[i].prop, rows[i].value, rows[i].len),
			       rows[i].what));
	}
}

static void knows_maps(void)
{
	int controller;

	for (controller = 0; controller < 2; controller++) {
		maker_fragment(&maker);
		maker_begin(&maker, "map");
		maker_u32(&maker, "interrupt-map", 0x1001);
		maker_end(&maker);
		maker_begin(&maker, "to");
		maker_u32(&maker, "phandle", 1);
		if (controller) {
			maker_u32(&maker, "#interrupt-cells", 1);
			maker_prop(&maker, "interrupt-controller", "", 0);
		}
		maker_end(&maker);
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT_VERDICT(&maker, controller ? "" : "interrupt parents lead in a circle");
	}

	/* What leads to itself ends there, the kernel knows. */
	maker_fragment(&maker);
	maker_begin(&maker, "map");
	maker_u32(&maker, "phandle", 1);
	maker_u32(&maker, "interrupt-map", 0x1001);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "");
}

KTAP_ROOM(KTAP_CASE(knows_circles),
	  KTAP_CASE(follows_parents_up_and_far),
	  KTAP_CASE(walks_no_way_twice),
	  KTAP_CASE(reads_whole_cells_only),
	  KTAP_CASE(knows_maps));
