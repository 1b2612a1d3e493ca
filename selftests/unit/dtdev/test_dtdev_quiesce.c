// SPDX-License-Identifier: GPL-2.0
/*
 * Silencing devices: against a fake one that keeps a diary of each access.
 *
 * What must be in it is written from the manuals (ARM DDI 0183 PL011, DDI 0224
 * PL031, DDI 0190 PL061; virtio 1.x, 4.2; Linux's calxedaxgmac.c), not from the table.
 */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "quiesce.h"

#define SIZE		0x1000
#define DIARY_MAX	16

struct access {
	char how;	/* 'r' or 'w'; 0: the end */
	u32 offset;
	u32 value;	/* read or written */
};

struct fake {
	u32 regs[SIZE / 4];
	u32 stuck_at, stuck;	/* bits of one register that read as ones */
	struct access diary[DIARY_MAX];
	unsigned int count;
};

static void note(struct fake *fake, char how, u32 offset, u32 value)
{
	EXPECT_EQ(offset % 4, 0);
	EXPECT(offset <= SIZE - 4);
	EXPECT(fake->count < DIARY_MAX);
	if (fake->count < DIARY_MAX)
		fake->diary[fake->count++] = (struct access){ how, offset, value };
}

static u32 fake_read(void *data, u32 offset)
{
	struct fake *fake = data;
	u32 value = fake->regs[offset % SIZE / 4];

	if (offset == fake->stuck_at)
		value |= fake->stuck;
	note(fake, 'r', offset, value);
	return value;
}

static void fake_write(void *data, u32 offset, u32 value)
{
	struct fake *fake = data;

	note(fake, 'w', offset, value);
	fake->regs[offset % SIZE / 4] = value;
}

struct before {
	u32 offset, value;
};

/* Bits that the device must be seen to have cleared. */
struct obeyed {
	u32 offset, bits;
};

static const struct kind {
	const char *compatible;
	u32 last;		/* register that is touched */
	struct before before[4];
	struct access diary[DIARY_MAX];
	struct obeyed obeyed[4];
} kinds[] = {
	{
		.compatible = "calxeda,hb-xgmac", .last = 0xf1c,
		.before = { { 0xf1c, 0x1ffff }, { 0xf18, 0xffffffff }, { 0, 0xffffffff } },
		/* XGMAC_DMA_INTR_ENA, XGMAC_DMA_CONTROL (ST, SR), XGMAC_CONTROL (TE, RE) */
		.diary = {
			{ 'w', 0xf1c, 0 },
			{ 'r', 0xf18, 0xffffffff }, { 'w', 0xf18, 0xffffdffd },
			{ 'r', 0x000, 0xffffffff }, { 'w', 0x000, 0xfffffff3 },
			{ 'r', 0xf1c, 0 }, { 'r', 0xf18, 0xffffdffd },
			{ 'r', 0x000, 0xfffffff3 },
		},
		.obeyed = { { 0xf1c, 0xffffffff }, { 0xf18, 0x2002 }, { 0x000, 0xc } },
	}, {
		.compatible = "arm,pl011", .last = 0x48,
		.before = { { 0x38, 0x7ff }, { 0x48, 7 }, { 0x30, 0xffff }, { 0x2c, 0xff } },
		/* Masked and without DMA first; off before the FIFOs are emptied. */
		.diary = {
			{ 'w', 0x38, 0 }, { 'w', 0x48, 0 }, { 'w', 0x30, 0x300 },
			{ 'w', 0x2c, 0 }, { 'w', 0x44, 0x7ff },
			{ 'r', 0x38, 0 }, { 'r', 0x30, 0x300 },
		},
		.obeyed = { { 0x38, 0x7ff }, { 0x30, 1 } },
	}, {
		.compatible = "arm,pl031", .last = 0x1c,
		.before = { { 0x10, 1 } },
		/* RTCDR, RTCMR, RTCLR and RTCCR are the machine's. */
		.diary = {
			{ 'w', 0x10, 0 }, { 'w', 0x1c, 1 },
			{ 'r', 0x10, 0 }, { 'r', 0x18, 0 },
		},
		.obeyed = { { 0x10, 1 }, { 0x18, 1 } },
	}, {
		.compatible = "arm,pl061", .last = 0x420,
		.before = { { 0x410, 0xff }, { 0x400, 0xff }, { 0x404, 0xff }, { 0x420, 0xff } },
		/* Cleared at the end: how an interrupt is sensed makes new ones. */
		.diary = {
			{ 'w', 0x410, 0 }, { 'w', 0x400, 0 }, { 'w', 0x404, 0 },
			{ 'w', 0x408, 0 }, { 'w', 0x40c, 0 }, { 'w', 0x420, 0 },
			{ 'w', 0x41c, 0xff },
			{ 'r', 0x410, 0 }, { 'r', 0x418, 0 },
		},
		.obeyed = { { 0x410, 0xff }, { 0x418, 0xff } },
	}, {
		.compatible = "virtio,mmio", .last = 0x70,
		.before = { { 0x70, 0xf } },
		.diary = { { 'w', 0x70, 0 }, { 'r', 0x70, 0 } },
		.obeyed = { { 0x70, 0xffffffff } },
	},
};

static const struct dtdev_quiesce *find(const char *compatible)
{
	const struct dtdev_quiesce *quiesce;

	for (quiesce = dtdev_quiesce_table; quiesce->compatible; quiesce++)
		if (!strcmp(quiesce->compatible, compatible))
			return quiesce;
	return NULL;
}

/* Of a device that is as it is before, but for what is stuck. */
static int run(const struct kind *kind, struct fake *fake, u32 size)
{
	struct dtdev_quiesce_bus bus = { size, fake_read, fake_write, fake };
	const struct dtdev_quiesce *quiesce = find(kind->compatible);
	unsigned int i;

	EXPECT(quiesce);
	if (!quiesce)
		return 1;
	memset(fake->regs, 0, sizeof(fake->regs));
	fake->count = 0;
	for (i = 0; i < ARRAY_SIZE(kind->before); i++)
		if (kind->before[i].value)
			fake->regs[kind->before[i].offset / 4] = kind->before[i].value;
	return dtdev_quiesce_run(quiesce, &bus);
}

static void the_table_has_these_kinds(void)
{
	const struct dtdev_quiesce *quiesce = dtdev_quiesce_table;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		EXPECT(find(kinds[i].compatible));
	while (quiesce->compatible)
		quiesce++;
	EXPECT_EQ(quiesce - dtdev_quiesce_table, ARRAY_SIZE(kinds));
}

static void the_diary_is_this(void)
{
	static struct fake fake;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		KTAP_ROW("%s", kinds[i].compatible);
		EXPECT_EQ(run(&kinds[i], &fake, SIZE), 0);
		for (j = 0; j < fake.count; j++) {
			KTAP_ROW("%s, access %u", kinds[i].compatible, j);
			EXPECT_EQ(fake.diary[j].how, kinds[i].diary[j].how);
			EXPECT_EQ(fake.diary[j].offset, kinds[i].diary[j].offset);
			EXPECT_EQ(fake.diary[j].value, kinds[i].diary[j].value);
		}
		EXPECT(j == DIARY_MAX || !kinds[i].diary[j].how);
	}
}

static u32 must_obey(const struct kind *kind, u32 offset)
{
	u32 bits = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kind->obeyed); i++)
		if (kind->obeyed[i].offset == offset)
			bits |= kind->obeyed[i].bits;
	return bits;
}

/* Each bit of each register, one after the other, stays set. */
static void notices_each_disobedience(void)
{
	static struct fake fake;
	unsigned int i, bit;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		for (fake.stuck_at = 0; fake.stuck_at < SIZE; fake.stuck_at += 4)
			for (bit = 0; bit < 32; bit++) {
				fake.stuck = 1u << bit;
				KTAP_ROW("%s, bit %u of %#x", kinds[i].compatible, bit,
					 fake.stuck_at);
				EXPECT_EQ(run(&kinds[i], &fake, SIZE),
					  must_obey(&kinds[i], fake.stuck_at) & fake.stuck ?
					  -EIO : 0);
			}
}

static void touches_nothing_beyond(void)
{
	static struct fake fake;
	unsigned int i;
	u32 size;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		for (size = 0; size < SIZE; size++) {
			bool fits = size >= kinds[i].last + 4;

			KTAP_ROW("%s, %#x bytes", kinds[i].compatible, size);
			EXPECT_EQ(run(&kinds[i], &fake, size), fits ? 0 : -ERANGE);
			EXPECT(fits || !fake.count);
		}
}

/* A table's line that is none ends it, whatever follows. */
static void a_step_without_a_meaning_does_nothing(void)
{
	static const struct dtdev_quiesce_step steps[] = {
		{ (enum dtdev_quiesce_op)9, 0x10, 1 }, { DTDEV_QUIESCE_WRITE, 0x14, 5 }, { },
		{ DTDEV_QUIESCE_WRITE, 0x18, 6 },
	};
	static const struct dtdev_quiesce quiesce = { "x", steps };
	static struct fake fake;
	struct dtdev_quiesce_bus bus = { SIZE, fake_read, fake_write, &fake };

	EXPECT_EQ(dtdev_quiesce_run(&quiesce, &bus), 0);
	EXPECT_EQ(fake.count, 1);
	EXPECT_EQ(fake.diary[0].offset, 0x14);
}

KTAP_ROOM(KTAP_CASE(the_table_has_these_kinds), KTAP_CASE(the_diary_is_this),
	  KTAP_CASE(notices_each_disobedience), KTAP_CASE(touches_nothing_beyond),
	  KTAP_CASE(a_step_without_a_meaning_does_nothing));
