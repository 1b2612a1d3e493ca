// SPDX-License-Identifier: GPL-2.0
/* Who may have a function, by a table written by hand. */
#include <linux/errno.h>
#include <linux/types.h>

#include "custody.h"
#include "ktap.h"

struct row {
	const char *name;
	struct pciback_custody custody;
	enum pciback_reset_policy policy;
	bool guest_leaves;
	int answer;
	enum pciback_fn_state state;
	bool wanted, tried;
};

static const struct row rows[] = {
	{ "as new", { }, PCIBACK_RESET_REQUIRE, .answer = 0 },
	{ "a guest has it", { .state = PCIBACK_FN_ASSIGNED }, .answer = -EBUSY,
	  .state = PCIBACK_FN_ASSIGNED },
	{ "its guest is about to go", { .state = PCIBACK_FN_ASSIGNED }, .guest_leaves = true,
	  .answer = -EAGAIN, .state = PCIBACK_FN_ASSIGNED },
	{ "in its turn", { .state = PCIBACK_FN_CLEANING }, .answer = -EAGAIN,
	  .state = PCIBACK_FN_CLEANING, .wanted = true },
	{ "being let go of", { .state = PCIBACK_FN_GONE }, .answer = -ENODEV,
	  .state = PCIBACK_FN_GONE },
	{ "its neighbour is being reset", { .holds = 1, .reset_result = -EBUSY },
	  .answer = -EAGAIN },
	{ "not reset", { .reset_result = -EBUSY, .used = true }, .answer = -EINPROGRESS,
	  .state = PCIBACK_FN_CLEANING, .wanted = true, .tried = true },
	{ "not reset, and that was tried", { .reset_result = -EBUSY, .used = true,
	  .tried = true }, .answer = -EPERM },
	{ "not reset, and nobody minds", { .reset_result = -EBUSY, .used = true,
	  .tried = true }, PCIBACK_RESET_WARN, .answer = 0 },
	{ "never reset, nor used", { .reset_result = -ENOTTY, .tried = true }, .answer = 0 },
	{ "never reset, which is minded", { .reset_result = -ENOTTY, .tried = true },
	  PCIBACK_RESET_REQUIRE, .answer = -EPERM },
	{ "used, though it was reset", { .used = true }, PCIBACK_RESET_REQUIRE,
	  .answer = -EPERM },
};

static void is_given_away_by_the_table(void)
{
	struct pciback_custody c;
	const struct row *row;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row = &rows[i];
		KTAP_ROW("%s", row->name);
		c = row->custody;
		EXPECT_EQ(pciback_custody_may_claim(&c, row->policy, row->guest_leaves),
			  row->answer);
		EXPECT_EQ(c.state, row->state);
		EXPECT_EQ(c.wanted, row->wanted);
		EXPECT_EQ(c.tried, row->tried);
	}
}

static void is_nobodys_when_seized(void)
{
	struct pciback_custody c = { .touched = true };

	pciback_custody_seized(&c);
	EXPECT_EQ(c.state, PCIBACK_FN_CLEANING);
	EXPECT_EQ(c.reset_result, -EINPROGRESS);
	EXPECT(c.fresh && !c.touched);
}

KTAP_ROOM(KTAP_CASE(is_nobodys_when_seized), KTAP_CASE(is_given_away_by_the_table));
