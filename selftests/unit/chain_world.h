/* SPDX-License-Identifier: GPL-2.0 */
/*
 * chain_world - a device with lists of capabilities, and a guest that walks them
 */
#ifndef UNIT_CHAIN_WORLD_H
#define UNIT_CHAIN_WORLD_H

#include <linux/array_size.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_map.h"
#include "cfg_map_check.h"
#include "fake_device.h"
#include "ktap.h"

static struct fake_device dev;
static struct pciback_cfg cfg;

/* Builds the map and checks what must hold for any device. */
static inline void build(u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);
	const char *broken;

	dev.reads = 0;
	dev.highest = 0;
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	EXPECT(dev.reads <= CFG_MAP_READS_MAX);
	EXPECT(dev.highest < size);
	broken = cfg_map_broken(&cfg);
	if (broken)
		printf("# %s [%s]\n", broken, ktap_row);
	EXPECT(!broken);
}

/* An empty device, for lists that are all the test's. */
static inline void bare_device(u8 first)
{
	fake_device_init(&dev, 0);
	fake_device_header(&dev);
	dev.hw[PCI_CAPABILITY_LIST] = first;
}

static inline void check_list(const u16 *found, int count, const u16 *want,
			      int wanted)
{
	int i;

	EXPECT_EQ(count, wanted);
	for (i = 0; i < count && i < wanted; i++)
		EXPECT_EQ(found[i], want[i]);
}

/* The guest finds just these, in this order. */
static inline void check_caps(const u16 *want, int wanted)
{
	u16 found[48];

	check_list(found, cfg_map_guest_caps(&cfg, found, ARRAY_SIZE(found)),
		   want, wanted);
}

static inline void check_extcaps(const u16 *want, int wanted)
{
	u16 found[960];

	check_list(found, cfg_map_guest_extcaps(&cfg, found, ARRAY_SIZE(found)),
		   want, wanted);
}

/* The same with the places as arguments. */
#define CHECK_CAPS(...)							\
	check_caps((const u16[]){ __VA_ARGS__ },			\
		   ARRAY_SIZE(((const u16[]){ __VA_ARGS__ })))
#define CHECK_EXTCAPS(...)						\
	check_extcaps((const u16[]){ __VA_ARGS__ },			\
		      ARRAY_SIZE(((const u16[]){ __VA_ARGS__ })))

/* All of [from, end) is hidden, and what is next to it is not. */
static inline void check_hidden(u16 from, u16 end)
{
	u16 pos;

	for (pos = from; pos < end; pos++)
		EXPECT(pciback_cfg_is_hidden(&cfg, pos));
	EXPECT(!pciback_cfg_is_hidden(&cfg, from - 1));
	if (end < cfg.size)
		EXPECT(!pciback_cfg_is_hidden(&cfg, end));
}

static inline bool owns(u16 pos, u16 start)
{
	const struct pciback_cfg_reg *reg = pciback_cfg_owner(&cfg, pos);

	return reg && reg->pos == start;
}

#endif
