// SPDX-License-Identifier: GPL-2.0
/* What Xen answers about an IOMMU. */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "stream.h"

static void puts_answers_into_words(void)
{
	static const struct {
		int err;
		enum dtdev_stream_state state;
		const char *word;
	} rows[] = {
		{ 0, DTDEV_STREAM_FREE, "deassigned" },
		{ -EINVAL, DTDEV_STREAM_TAKEN, "dom0" },
		{ -EOPNOTSUPP, DTDEV_STREAM_NONE, "none" },
		{ -ENODEV, DTDEV_STREAM_NONE, "none" },
		{ -ESRCH, DTDEV_STREAM_NONE, "none" },
		{ -EPERM, DTDEV_STREAM_UNKNOWN, "unknown" },
		{ -EBUSY, DTDEV_STREAM_UNKNOWN, "unknown" },
		{ 1, DTDEV_STREAM_UNKNOWN, "unknown" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%d", rows[i].err);
		EXPECT_EQ(dtdev_stream_answer(rows[i].err), rows[i].state);
		EXPECT(!strcmp(dtdev_stream_state_name(rows[i].state), rows[i].word));
	}
}

KTAP_ROOM(KTAP_CASE(puts_answers_into_words));
