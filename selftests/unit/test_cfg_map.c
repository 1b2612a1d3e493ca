// SPDX-License-Identifier: GPL-2.0
/*
 * The owner map: the headers, and what the host knows of a function. What
 * devices say of their capabilities is in test_cfg_chain.c.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_build.h"
#include "cfg_map.h"
#include "cfg_map_check.h"
#include "fake_device.h"
#include "ktap.h"

static struct fake_device dev;
static struct pciback_cfg cfg;

static void build_from(const struct pciback_cfg_facts *facts)
{
	const char *broken;

	EXPECT_EQ(fake_device_build(&dev, &cfg, facts), 0);
	EXPECT_EQ(cfg.size, facts->size);
	broken = cfg_map_broken(&cfg);
	if (broken)
		KTAP_ROW("%s", broken);
	EXPECT(!broken);
}

static void build(u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);

	build_from(&facts);
}

static void build_bridge(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	facts.is_bridge = true;
	build_from(&facts);
}

static bool owns(u16 pos, u16 start)
{
	const struct pciback_cfg_reg *reg = pciback_cfg_owner(&cfg, pos);

	return reg && reg->pos == start;
}

/* @start: where each byte's register starts; -1 is nobody's. */
static void check_owners(const int start[PCI_STD_HEADER_SIZEOF])
{
	u16 pos;

	for (pos = 0; pos < PCI_STD_HEADER_SIZEOF; pos++) {
		KTAP_ROW("byte %#x", pos);
		EXPECT(!pciback_cfg_is_hidden(&cfg, pos));
		if (start[pos] < 0)
			EXPECT(!pciback_cfg_owner(&cfg, pos));
		else
			EXPECT(owns(pos, start[pos]));
	}
}

static void header_has_its_owners(void)
{
	static const int start[PCI_STD_HEADER_SIZEOF] = {
		0, 0, 2, 2, 4, 4, 6, 6,
		-1, -1, -1, -1, 12, 13, -1, 15,
		16, 16, 16, 16, 20, 20, 20, 20,
		24, 24, 24, 24, 28, 28, 28, 28,
		32, 32, 32, 32, 36, 36, 36, 36,
		-1, -1, -1, -1, -1, -1, -1, -1,
		48, 48, 48, 48, 52, -1, -1, -1,
		-1, -1, -1, -1, 60, -1, -1, -1,
	};

	fake_device_init(&dev, 0);
	fake_device_header(&dev);
	build(PCI_CFG_SPACE_SIZE);
	check_owners(start);
}

static void bridge_has_its_owners(void)
{
	static const int start[PCI_STD_HEADER_SIZEOF] = {
		0, 0, 2, 2, -1, -1, 6, 6,
		-1, -1, -1, -1, -1, -1, -1, -1,
		16, 16, 16, 16, 20, 20, 20, 20,
		-1, -1, -1, -1, -1, -1, 30, 30,
		-1, -1, -1, -1, -1, -1, -1, -1,
		-1, -1, -1, -1, -1, -1, -1, -1,
		-1, -1, -1, -1, 52, -1, -1, -1,
		56, 56, 56, 56, 60, -1, -1, -1,
	};

	fake_device_init(&dev, 0);
	fake_device_header(&dev);
	build_bridge();
	check_owners(start);
}

static void facts_fill_the_shadow(void)
{
	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_VENDOR_ID)->shadow, 0x8086);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_DEVICE_ID)->shadow, 0x10ca);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_INTERRUPT_LINE)->shadow, 16);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_COMMAND)->shadow, 0);
}

/* What was taken again is as it is now. */
static void fixed_bytes_are_the_last(void)
{
	u32 value;

	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_SIZE);
	fake_device_put(&dev, 0xa5, 1, 0xf0);
	pciback_cfg_fix(&cfg, &dev.reader, 0xa4, 0x2);
	fake_device_put(&dev, 0xa5, 1, 0x0f);
	pciback_cfg_fix(&cfg, &dev.reader, 0xa4, 0x2);
	value = cfg.fixed[0xa4 / 4].value;
	EXPECT_EQ(value >> 8 & 0xff, 0x0f);
}

static void regions_fill_the_bars(void)
{
	static const u32 values[PCIBACK_CFG_BARS] = {
		0xfebc0000, 0xc021, 0xe000400c, 0x380f, 0, 0xfe000018, 0xfeb80000,
	};
	unsigned int i;

	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_SIZE);
	for (i = 0; i < PCIBACK_CFG_BARS; i++) {
		u16 pos = i == PCIBACK_CFG_ROM_BAR ? PCI_ROM_ADDRESS :
						     PCI_BASE_ADDRESS_0 + 4 * i;

		KTAP_ROW("BAR %u", i);
		EXPECT_EQ(pciback_cfg_owner(&cfg, pos)->bar, i);
		EXPECT_EQ(pciback_bar_read(&cfg.bars[i]), values[i]);
	}
}

/* A bridge has two, and the ROM's elsewhere. */
static void bridge_has_two_bars(void)
{
	u16 pos;

	fake_device_usual(&dev);
	build_bridge();
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_BASE_ADDRESS_1)->bar, 1);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[1]), 0xc021);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[2]), 0);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_ROM_ADDRESS1)->bar,
		  PCIBACK_CFG_ROM_BAR);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[PCIBACK_CFG_ROM_BAR]), 0xfeb80000);
	/* Bus numbers and windows show what the hardware holds. */
	for (pos = PCI_PRIMARY_BUS; pos < PCI_SEC_STATUS; pos++)
		EXPECT(!pciback_cfg_owner(&cfg, pos));
}

/* The last register has none behind it for an upper half. */
static void wide_last_bar_stays_inside(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	facts.regions[5] = (struct pciback_region){ 0x4200000000, 0x1000, 4, true };
	build_from(&facts);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[5]), 4);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[PCIBACK_CFG_ROM_BAR]), 0xfeb80000);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_BASE_ADDRESS_5)->bar, 5);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_ROM_ADDRESS)->bar,
		  PCIBACK_CFG_ROM_BAR);
}

static void devices_that_are_gone(void)
{
	static const u8 fills[] = { 0x00, 0xff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fills); i++) {
		KTAP_ROW("all %#x", fills[i]);
		fake_device_init(&dev, fills[i]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		EXPECT_EQ(cfg.nregs, pciback_cfg_header0.count);
		/* What the host knows does not depend on the device. */
		EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_VENDOR_ID)->shadow, 0x8086);
	}
}

/* What starts with the hardware's value does so once, for each new guest. */
static void some_shadows_start_with_the_hardware(void)
{
	fake_device_usual(&dev);
	fake_device_put(&dev, 0x98, 2, 0xffff);
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(pciback_cfg_owner(&cfg, 0x98)->shadow, 0x01ef);
	fake_device_put(&dev, 0x98, 2, 0);
	fake_guest_write(&cfg, &dev, 0x98, 2, 0, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x98, 2), 0);
	pciback_cfg_reset(&cfg);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x98, 2), 0x01ef);
}

static void sizes_that_cannot_be(void)
{
	static const u16 sizes[] = {
		0, 1, 60, 255, 257, 258, 4095, 4097, 4100, 8192, 0xffff,
	};
	struct pciback_cfg_facts facts;
	unsigned int i;

	fake_device_usual(&dev);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KTAP_ROW("%u", sizes[i]);
		facts = fake_device_facts(sizes[i]);
		EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), -EINVAL);
	}
}

/* Some functions go wrong when they are read further, and the kernel knows their size. */
static void sizes_of_some_functions(void)
{
	static const u16 sizes[] = { 64, 0xa0, 512, 0x600, 4092 };
	struct pciback_cfg_facts facts;
	unsigned int i;
	u16 pos;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KTAP_ROW("%u", sizes[i]);
		fake_device_usual(&dev);
		facts = fake_device_facts(sizes[i]);
		EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
		EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_VENDOR_ID, 2), facts.vendor);
		for (pos = sizes[i]; pos < PCI_CFG_SPACE_EXP_SIZE; pos++)
			EXPECT_EQ(cfg.owner[pos], PCIBACK_CFG_NOBODY);
	}
}

static void size_must_be_the_readers(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	dev.reader.size = PCI_CFG_SPACE_EXP_SIZE;
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), -EINVAL);
	facts.size = PCI_CFG_SPACE_EXP_SIZE;
	dev.reader.size = PCI_CFG_SPACE_SIZE;
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), -EINVAL);
	dev.reader.size = PCI_CFG_SPACE_EXP_SIZE;
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), 0);
}

static void building_again_leaves_nothing(void)
{
	static struct pciback_cfg fresh;
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	memset(&cfg, 0xa5, sizeof(cfg));
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	EXPECT_EQ(fake_device_build(&dev, &fresh, &facts), 0);
	EXPECT(!memcmp(&cfg, &fresh, sizeof(cfg)));
}

static void reset_forgets_the_guest(void)
{
	static struct pciback_cfg fresh;

	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_SIZE);
	fresh = cfg;
	fake_guest_write(&cfg, &dev, PCI_COMMAND, 2, 0xffff, false);
	fake_guest_write(&cfg, &dev, PCI_LATENCY_TIMER, 1, 0x40, false);
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_0, 4, 0xffffffff, false);
	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 4, 0xffffffff, false);
	fake_guest_write(&cfg, &dev, 0x98, 2, 0xffff, false);
	EXPECT(memcmp(&cfg, &fresh, sizeof(cfg)));
	pciback_cfg_reset(&cfg);
	EXPECT(!memcmp(&cfg, &fresh, sizeof(cfg)));
}

KTAP_ROOM(KTAP_CASE(header_has_its_owners),
	  KTAP_CASE(bridge_has_its_owners),
	  KTAP_CASE(facts_fill_the_shadow),
	  KTAP_CASE(fixed_bytes_are_the_last),
	  KTAP_CASE(regions_fill_the_bars),
	  KTAP_CASE(bridge_has_two_bars),
	  KTAP_CASE(wide_last_bar_stays_inside),
	  KTAP_CASE(devices_that_are_gone),
	  KTAP_CASE(some_shadows_start_with_the_hardware),
	  KTAP_CASE(sizes_that_cannot_be),
	  KTAP_CASE(sizes_of_some_functions),
	  KTAP_CASE(size_must_be_the_readers),
	  KTAP_CASE(building_again_leaves_nothing),
	  KTAP_CASE(reset_forgets_the_guest));
