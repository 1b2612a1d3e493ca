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

struct change {
	const char *compatible;
	u32 offset, before, after;
};

/* Registers that clear themselves are plain memory here: let them be clear. */
static const struct change changes[] = {
	{ "calxeda,hb-xgmac", 0xf1c, 0x1ffff, 0 },
	{ "calxeda,hb-xgmac", 0xf18, 0x02202306, 0x02200304 },
	{ "calxeda,hb-xgmac", 0x000, 0x1c, 0x10 },
	{ "arm,pl011", 0x38, 0x50, 0 },
	{ "arm,pl011", 0x30, 0x301, 0x300 },
	{ "arm,pl011", 0x2c, 0x70, 0 },
	{ "arm,pl011", 0x48, 3, 0 },
	{ "arm,pl031", 0x10, 1, 0 },
	{ "arm,pl031", 0x1c, 0, 1 },
	{ "arm,pl031", 0x0c, 1, 1 },
	{ "arm,pl031", 0x00, 77, 77 },
	{ "arm,pl061", 0x410, 0xff, 0 },
	{ "arm,pl061", 0x400, 0x0f, 0 },
	{ "arm,pl061", 0x420, 0xf0, 0 },
	{ "virtio,mmio", 0x70, 0xf, 0 },
	{ "virtio,mmio", 0x00, 0x74726976, 0x74726976 },
};

static bool is_about(const struct change *change,
		     const struct dtdev_quiesce *quiesce)
{
	return !strcmp(change->compatible, quiesce->compatible);
}

static void silences_all_kinds(void)
{
	const struct dtdev_quiesce *quiesce;
	unsigned int i, known;

	for (quiesce = dtdev_quiesce_table; quiesce->compatible; quiesce++) {
		struct fake fake = { .stuck = SIZE };

		KTAP_ROW("%s", quiesce->compatible);
		for (i = 0, known = 0; i < ARRAY_SIZE(changes); i++) {
			if (!is_about(&changes[i], quiesce))
				continue;
			fake.regs[changes[i].offset / 4] = changes[i].before;
			known++;
		}
		EXPECT(known > 0);
		EXPECT_EQ(run(quiesce->compatible, &fake, SIZE), 0);
		for (i = 0; i < ARRAY_SIZE(changes); i++)
			if (is_about(&changes[i], quiesce))
				EXPECT_EQ(fake.regs[changes[i].offset / 4],
					  changes[i].after);
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

KTAP_ROOM(KTAP_CASE(silences_all_kinds), KTAP_CASE(notices_disobedience),
	  KTAP_CASE(touches_nothing_beyond));
