// SPDX-License-Identifier: GPL-2.0
/* The account of refused writes: what it keeps, and that it stays small. */
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "learn.h"

static struct pciback_learn learn;

static void start(void)
{
	memset(&learn, 0, sizeof(learn));
}

static void check_entry(unsigned int i, u16 offset, u8 size, u32 bits, u32 last,
			u32 count)
{
	const struct pciback_learned *entry = &learn.entries[i];

	EXPECT_EQ(entry->offset, offset);
	EXPECT_EQ(entry->size, size);
	EXPECT_EQ(entry->bits, bits);
	EXPECT_EQ(entry->last, last);
	EXPECT_EQ(entry->count, count);
}

static void keeps_what_was_refused(void)
{
	start();
	EXPECT(pciback_learn_refused(&learn, 0x40, 4, 0x12345678, 0xf0));
	EXPECT_EQ(learn.used, 1);
	check_entry(0, 0x40, 4, 0xf0, 0x12345678, 1);
	/* Bits add up, the last value stays, only the first time is news. */
	EXPECT(!pciback_learn_refused(&learn, 0x40, 4, 1, 0x80000001));
	EXPECT_EQ(learn.used, 1);
	check_entry(0, 0x40, 4, 0x800000f1, 1, 2);
	EXPECT_EQ(learn.lost, 0);
}

static void tells_registers_apart(void)
{
	start();
	EXPECT(pciback_learn_refused(&learn, 0x40, 4, 1, 1));
	EXPECT(pciback_learn_refused(&learn, 0x40, 2, 2, 2));
	EXPECT(pciback_learn_refused(&learn, 0x42, 2, 3, 3));
	EXPECT(!pciback_learn_refused(&learn, 0x40, 2, 4, 4));
	EXPECT_EQ(learn.used, 3);
	check_entry(0, 0x40, 4, 1, 1, 1);
	check_entry(1, 0x40, 2, 6, 4, 2);
	check_entry(2, 0x42, 2, 3, 3, 1);
}

static void is_bounded(void)
{
	struct {
		struct pciback_learn learn;
		u8 after[64];
	} room;
	unsigned int i;

	memset(&room, 0, sizeof(room));
	for (i = 0; i < 0x1000; i++)
		EXPECT_EQ(pciback_learn_refused(&room.learn, i, 1, i, 1),
			  i < PCIBACK_LEARN_MAX);
	EXPECT_EQ(room.learn.used, PCIBACK_LEARN_MAX);
	EXPECT_EQ(room.learn.lost, 0x1000 - PCIBACK_LEARN_MAX);
	for (i = 0; i < sizeof(room.after); i++)
		EXPECT_EQ(room.after[i], 0);
	/* What has a place keeps it. */
	EXPECT(!pciback_learn_refused(&room.learn, PCIBACK_LEARN_MAX - 1, 1, 7, 2));
	EXPECT_EQ(room.learn.entries[PCIBACK_LEARN_MAX - 1].bits, 3);
	EXPECT_EQ(room.learn.lost, 0x1000 - PCIBACK_LEARN_MAX);
}

/* A count that began again would be news again. */
static void counts_stick(void)
{
	unsigned int i;

	start();
	EXPECT(pciback_learn_refused(&learn, 0, 1, 0, 1));
	learn.entries[0].count = 0xfffffffe;
	for (i = 0; i < 3; i++) {
		EXPECT(!pciback_learn_refused(&learn, 0, 1, 0, 1));
		EXPECT_EQ(learn.entries[0].count, 0xffffffff);
	}
	for (i = 1; i < PCIBACK_LEARN_MAX; i++)
		pciback_learn_refused(&learn, i, 1, 0, 1);
	learn.lost = 0xfffffffe;
	for (i = 0; i < 3; i++) {
		EXPECT(!pciback_learn_refused(&learn, 0x100, 1, 0, 1));
		EXPECT_EQ(learn.lost, 0xffffffff);
	}
}

KTAP_ROOM(KTAP_CASE(keeps_what_was_refused),
	  KTAP_CASE(tells_registers_apart),
	  KTAP_CASE(is_bounded),
	  KTAP_CASE(counts_stick));
