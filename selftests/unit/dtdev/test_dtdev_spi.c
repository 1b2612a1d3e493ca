// SPDX-License-Identifier: GPL-2.0
/* Interrupt specifiers and what Xen answers about interrupts. */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "spi.h"

static void decodes(void)
{
	static const struct {
		u32 cells[4];
		unsigned int count;
		int err;
		u32 number;
		const char *trigger;
	} rows[] = {
		{ { 0, 80, 4 }, 3, 0, 112, "level-high" },
		{ { 0, 2, 1 }, 3, 0, 34, "edge-rising" },
		{ { 0, 0, 2, 0 }, 4, 0, 32, "edge-falling" },
		{ { 0, 987, 8 }, 3, 0, 1019, "level-low" },
		{ { 0, 1, 0xf04 }, 3, 0, 33, "level-high" },
		{ { 0, 1, 0 }, 3, 0, 33, "no-trigger" },
		{ { 0, 988, 4 }, 3, -EINVAL },
		{ { 0, 0xffffffff, 4 }, 3, -EINVAL },
		{ { 1, 13, 4 }, 3, -ENXIO },
		{ { 2, 1, 4 }, 3, -ENXIO },
		{ { 0, 1 }, 2, -EINVAL },
		{ { 0 }, 0, -EINVAL },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dtdev_spi spi = { 0 };

		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_spi_decode(rows[i].cells, rows[i].count, &spi),
			  rows[i].err);
		EXPECT_EQ(spi.number, rows[i].number);
		if (!rows[i].err)
			EXPECT(!strcmp(dtdev_spi_trigger_name(&spi),
				       rows[i].trigger));
	}
}

static void puts_answers_into_words(void)
{
	static const struct {
		int err;
		enum dtdev_spi_state state;
		const char *word;	/* the first */
	} rows[] = {
		{ 0, DTDEV_SPI_RELEASED, "released" },
		{ -EINVAL, DTDEV_SPI_FREE, "free" },
		{ -EBUSY, DTDEV_SPI_DOM0, "routed" },
		{ -EPERM, DTDEV_SPI_UNKNOWN, "unknown" },
		{ -EACCES, DTDEV_SPI_UNKNOWN, "unknown" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *name = dtdev_spi_state_name(rows[i].state);

		KTAP_ROW("%d", rows[i].err);
		EXPECT_EQ(dtdev_spi_answer(rows[i].err), rows[i].state);
		EXPECT(!strncmp(name, rows[i].word, strlen(rows[i].word)));
	}
}

KTAP_ROOM(KTAP_CASE(decodes), KTAP_CASE(puts_answers_into_words));
