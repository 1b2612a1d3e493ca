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
		{ { 3, 1, 4 }, 3, -ENXIO },
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
		bool taken;
		enum dtdev_spi_state state;
		const char *word;	/* the first */
	} rows[] = {
		{ 0, false, DTDEV_SPI_RELEASED, "released" },
		{ -EINVAL, false, DTDEV_SPI_FREE, "free" },
		{ -EBUSY, false, DTDEV_SPI_DOM0, "routed" },
		{ -EPERM, false, DTDEV_SPI_UNKNOWN, "unknown" },
		{ -EACCES, false, DTDEV_SPI_UNKNOWN, "unknown" },
		/* Nobody's, or a guest's, since we took it. */
		{ -EINVAL, true, DTDEV_SPI_RELEASED, "released" },
		{ -EPERM, true, DTDEV_SPI_RELEASED, "released" },
		{ 0, true, DTDEV_SPI_RELEASED, "released" },
		/* Somebody else has given it back. */
		{ -EBUSY, true, DTDEV_SPI_DOM0, "routed" },
	};
	const char *other = dtdev_spi_state_name(DTDEV_SPI_OTHER);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *name = dtdev_spi_state_name(rows[i].state);

		KTAP_ROW("%d, taken %d", rows[i].err, rows[i].taken);
		EXPECT_EQ(dtdev_spi_answer(rows[i].err, rows[i].taken), rows[i].state);
		EXPECT(!strncmp(name, rows[i].word, strlen(rows[i].word)));
	}
	/* The tool takes both for the same: dom0 has it, and can pass it on. */
	EXPECT(!strncmp(other, dtdev_spi_state_name(DTDEV_SPI_DOM0), strlen("routed to dom0:")));
}

/* What these are is written in guests' trees. */
static void numbers_what_others_control(void)
{
	static const struct {
		const char *path;
		u32 index;
		u32 number;
	} rows[] = {
		{ "/button@9054000", 0, 503130490 },
		{ "/button@9054000", 1, 519908109 },
		{ "/button@9054001", 0, 1140827107 },
		{ "", 0, 84761887 },
	};
	unsigned int i;
	u32 number;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s %u", rows[i].path, rows[i].index);
		number = dtdev_spi_other(rows[i].path, rows[i].index);
		EXPECT_EQ(number, rows[i].number);
		EXPECT(number >= DTDEV_SPI_OTHER_FIRST && number <= DTDEV_SPI_OTHER_LAST);
	}
	/* One of them, of many, would be below or above, if any could. */
	for (i = 0; i < 100000; i++) {
		number = dtdev_spi_other("/soc/device", i);
		EXPECT(number >= DTDEV_SPI_OTHER_FIRST && number <= DTDEV_SPI_OTHER_LAST);
	}
}

KTAP_ROOM(KTAP_CASE(decodes), KTAP_CASE(puts_answers_into_words),
	  KTAP_CASE(numbers_what_others_control));
