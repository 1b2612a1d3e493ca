// SPDX-License-Identifier: GPL-2.0
/* Which node is above which. */
#include <linux/types.h>
#include <stdio.h>

#include "ktap.h"
#include "paths.h"

static void meet_or_do_not(void)
{
	static const struct {
		const char *a, *b;
		bool meet;
	} rows[] = {
		{ "/", "/", true },
		{ "/", "/soc/rtc@1", true },
		{ "/soc", "/soc/rtc@1", true },
		{ "/soc/rtc@1", "/soc/rtc@1", true },
		{ "/soc/rtc@1", "/soc/rtc@10", false },
		{ "/soc/rtc@1", "/soc/rtc@2", false },
		{ "/soc", "/socket", false },
		{ "/a", "/b", false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s %s", rows[i].a, rows[i].b);
		EXPECT_EQ(dtovl_paths_meet(rows[i].a, rows[i].b), rows[i].meet);
		EXPECT_EQ(dtovl_paths_meet(rows[i].b, rows[i].a), rows[i].meet);
	}
}

KTAP_ROOM(KTAP_CASE(meet_or_do_not));
