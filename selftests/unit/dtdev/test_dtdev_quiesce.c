// SPDX-License-Identifier: GPL-2.0
/* Silencing devices: against a fake one that remembers what was done to it. */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "quiesce.h"

#define SIZE	0x1000

struct fake {
	u32 regs[SIZE / 4];
	u32 stuck;	/* offset of a register that writes do not change */
	unsigned int writes;
};

static u32 fake_read(void *data, u32 offset)
{
	return ((struct fake *)data)->regs[offset / 4];
}

static void fake_write(void *data, u32 offset, u32 value)
{
	struct fake *fake = data;

	fake->writes++;
	if (offset != fake->stuck)
		fake->regs[offset / 4] = value;
}

static const struct dtdev_quiesce *find(const char *compatible)
{
	const struct dtdev_quiesce *quiesce;

	for (quiesce = dtdev_quiesce_table; quiesce->compatible; quiesce++)
		if (!strcmp(quiesce->compatible, compatible))
			return quiesce;
	return NULL;
}

static int run(const char *compatible, struct fake *fake, u32 size)
{
	struct dtdev_quiesce_bus bus = { size, fake_read, fake_write, fake };

	return dtdev_quiesce_run(find(compatible), &bus);
}

/* Registers that clear themselves are plain memory here: let them be clear. */
static void works_for_each_kind(void)
{
	static const struct {
		const char *compatible;
		unsigned int count;
		struct { u32 offset, before, after; } regs[4];
	} rows[] = {
		{ "calxeda,hb-xgmac", 3, { { 0xf1c, 0x1ffff, 0 },
					{ 0xf18, 0x02202306, 0x02200304 },
					{ 0x000, 0x1c, 0x10 } } },
		{ "arm,pl011", 4, { { 0x38, 0x50, 0 }, { 0x30, 0x301, 0x300 },
				 { 0x2c, 0x70, 0 }, { 0x48, 3, 0 } } },
		{ "arm,pl031", 4, { { 0x10, 1, 0 }, { 0x1c, 0, 1 },
				 { 0x0c, 1, 1 }, { 0x00, 77, 77 } } },
		{ "arm,pl061", 3, { { 0x410, 0xff, 0 }, { 0x400, 0x0f, 0 },
				 { 0x420, 0xf0, 0 } } },
		{ "virtio,mmio", 2, { { 0x70, 0xf, 0 }, { 0, 0x74726976, 0x74726976 } } },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fake fake = { .stuck = SIZE };

		KTAP_ROW("%s", rows[i].compatible);
		for (j = 0; j < rows[i].count; j++)
			fake.regs[rows[i].regs[j].offset / 4] = rows[i].regs[j].before;
		EXPECT_EQ(run(rows[i].compatible, &fake, SIZE), 0);
		for (j = 0; j < rows[i].count; j++)
			EXPECT_EQ(fake.regs[rows[i].regs[j].offset / 4],
				  rows[i].regs[j].after);
	}
}

static void notices_disobedience(void)
{
	struct fake fake = { .stuck = 0x70, .regs[0x70 / 4] = 0xf };

	EXPECT_EQ(run("virtio,mmio", &fake, SIZE), -EIO);
}

static void touches_nothing_beyond(void)
{
	static const u32 sizes[] = { 0, 3, 4, 0x44 };
	struct fake fake = { .stuck = SIZE };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KTAP_ROW("%#x", sizes[i]);
		EXPECT_EQ(run("arm,pl011", &fake, sizes[i]), -ERANGE);
		EXPECT_EQ(fake.writes, 0);
	}
	EXPECT_EQ(run("virtio,mmio", &fake, 0x73), -ERANGE);
	EXPECT_EQ(run("virtio,mmio", &fake, 0x74), 0);
}

KTAP_ROOM(KTAP_CASE(works_for_each_kind), KTAP_CASE(notices_disobedience),
	  KTAP_CASE(touches_nothing_beyond));
