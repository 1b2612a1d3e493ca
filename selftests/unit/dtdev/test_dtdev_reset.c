// SPDX-License-Identifier: GPL-2.0
/* Resets: which count, and what goes on without one. */
#include <linux/errno.h>
#include <linux/types.h>

#include "ktap.h"
#include "reset.h"

static void power_counts_if_it_was_seen_off(void)
{
	static const struct {
		bool off;
		int put, get, result;
	} rows[] = {
		{ true, 0, 0, 0 },
		{ false, 0, 0, -EBUSY },	/* another in the domain was awake */
		{ false, -EAGAIN, 0, -EAGAIN },
		{ false, 1, 0, -EBUSY },
		{ true, 0, -EIO, -EIO },	/* off it went, and stays so */
		{ false, 0, -EIO, -EIO },
		{ true, -EAGAIN, 0, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_reset_power_result(rows[i].off, rows[i].put, rows[i].get),
			  rows[i].result);
	}
}

static void policies(void)
{
	static const struct {
		enum dtdev_reset_method method;
		int result;
		bool enough[3];		/* auto, require, warn */
	} rows[] = {
		{ DTDEV_RESET_LINE, 0, { true, true, true } },
		{ DTDEV_RESET_POWER, 0, { true, true, true } },
		{ DTDEV_RESET_LINE, -EIO, { false, false, true } },
		{ DTDEV_RESET_LINE, -EBUSY, { false, false, true } },
		{ DTDEV_RESET_QUIESCE, -ETIMEDOUT, { false, false, true } },
		{ DTDEV_RESET_POWER, -EIO, { false, false, true } },
		{ DTDEV_RESET_POWER, -EBUSY, { true, false, true } },
		{ DTDEV_RESET_NONE, -EOPNOTSUPP, { true, false, true } },
	};
	unsigned int i, policy;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		for (policy = 0; policy < 3; policy++) {
			KTAP_ROW("%u, policy %u", i, policy);
			EXPECT_EQ(dtdev_reset_is_enough(policy, rows[i].method, rows[i].result),
				  rows[i].enough[policy]);
		}
}

KTAP_ROOM(KTAP_CASE(power_counts_if_it_was_seen_off), KTAP_CASE(policies));
