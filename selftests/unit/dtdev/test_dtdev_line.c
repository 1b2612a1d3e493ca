// SPDX-License-Identifier: GPL-2.0
/* Reset lines: the kernel is never asked in a way that contradicts another's. */
#include <linux/types.h>

#include "ktap.h"
#include "line.h"

static struct dtdev_line_users users(unsigned int bits)
{
	return (struct dtdev_line_users){ bits & 1, bits & 2, bits & 4, bits & 8 };
}

static void no_line_is_none(void)
{
	struct dtdev_line_users who;
	unsigned int i;

	for (i = 0; i < 16; i++) {
		who = users(i);
		EXPECT_EQ(dtdev_line_choose(false, &who), DTDEV_LINE_NONE);
	}
}

static void only_an_unshared_one_is_pulled(void)
{
	struct dtdev_line_users who;
	unsigned int i;

	for (i = 0; i < 16; i++) {
		who = users(i);
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_line_choose(true, &who) == DTDEV_LINE_ALONE, i == 0);
	}
}

/* Next to one who has it alone, or may have, it is not asked for. */
static void what_another_has_is_left(void)
{
	struct dtdev_line_users who;
	unsigned int i;

	for (i = 0; i < 16; i++) {
		who = users(i);
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_line_choose(true, &who) == DTDEV_LINE_LEFT,
			  who.driven || who.alone);
	}
}

KTAP_ROOM(KTAP_CASE(no_line_is_none), KTAP_CASE(only_an_unshared_one_is_pulled),
	  KTAP_CASE(what_another_has_is_left));
