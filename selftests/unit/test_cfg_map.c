// SPDX-License-Identifier: GPL-2.0
/*
 * The owner map over devices that tell the truth, that err, and that lie.
 * Hostile ones must make it smaller, never wrong, and cost a bounded walk.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_map.h"
#include "fake_device.h"
#include "ktap.h"

/* Status, the list's head, and two bytes at each of 48 places. */
#define READS_MAX	(2 + 2 * 48)

static struct fake_device dev;
static struct pciback_cfg cfg;

/* The bytes of register @i are its own, and there are no others. */
static void check_register(u16 i)
{
	const struct pciback_cfg_reg *reg = &cfg.regs[i];
	u16 pos, owned = 0;

	EXPECT(reg->field);
	EXPECT(reg->bar < PCIBACK_CFG_BARS);
	for (pos = 0; pos < PCI_CFG_SPACE_EXP_SIZE; pos++)
		owned += cfg.owner[pos] == i + 1;
	EXPECT_EQ(owned, reg->field->size);
	for (pos = reg->pos; pos < reg->pos + reg->field->size; pos++)
		EXPECT_EQ(cfg.owner[pos], i + 1);
	/* Behind the header, capabilities, and nothing beyond their space. */
	if (i >= pciback_cfg_header0.count) {
		EXPECT(reg->pos >= PCI_STD_HEADER_SIZEOF);
		EXPECT(reg->pos + reg->field->size <= PCI_CFG_SPACE_SIZE);
		EXPECT(!((reg->pos - reg->field->offset) & 3));
	}
}

/* Builds the map and checks what must hold for any device. */
static void build(u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);
	u16 i, pos;

	dev.reads = 0;
	dev.highest = 0;
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), 0);
	EXPECT_EQ(cfg.size, size);
	EXPECT(dev.reads <= READS_MAX);
	EXPECT(dev.highest < PCI_CFG_SPACE_SIZE);
	EXPECT(cfg.nregs >= pciback_cfg_header0.count);
	EXPECT(cfg.nregs <= PCIBACK_CFG_REGS_MAX);
	for (pos = 0; pos < PCI_CFG_SPACE_EXP_SIZE; pos++)
		EXPECT(cfg.owner[pos] <= cfg.nregs);
	for (i = 0; i < cfg.nregs; i++)
		check_register(i);
}

/* How many registers there are behind the header's. */
static int caps_registers(void)
{
	return cfg.nregs - pciback_cfg_header0.count;
}

static bool owns(u16 pos, u16 start)
{
	const struct pciback_cfg_reg *reg = pciback_cfg_owner(&cfg, pos);

	return reg && reg->pos == start;
}

static void header_has_its_owners(void)
{
	/* Where each byte's register starts; -1 is nobody's. */
	static const int start[PCI_STD_HEADER_SIZEOF] = {
		0, 0, 2, 2, 4, 4, 6, 6,
		-1, -1, -1, -1, 12, 13, -1, 15,
		16, 16, 16, 16, 20, 20, 20, 20,
		24, 24, 24, 24, 28, 28, 28, 28,
		32, 32, 32, 32, 36, 36, 36, 36,
		-1, -1, -1, -1, -1, -1, -1, -1,
		48, 48, 48, 48, -1, -1, -1, -1,
		-1, -1, -1, -1, 60, -1, -1, -1,
	};
	u16 pos;

	fake_device_init(&dev, 0);
	fake_device_header(&dev);
	build(PCI_CFG_SPACE_SIZE);
	for (pos = 0; pos < PCI_STD_HEADER_SIZEOF; pos++) {
		KTAP_ROW("byte %#x", pos);
		if (start[pos] < 0)
			EXPECT(!pciback_cfg_owner(&cfg, pos));
		else
			EXPECT(owns(pos, start[pos]));
	}
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

static void regions_fill_the_bars(void)
{
	static const u32 values[PCIBACK_CFG_BARS] = {
		0xfebc0000, 0xc021, 0xe000400c, 0x380f, 0, 0xfe000018, 0xfeb80000,
	};
	unsigned int i;

	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_SIZE);
	for (i = 0; i < PCIBACK_CFG_BARS; i++) {
		u16 pos = i == PCIBACK_CFG_ROM ? PCI_ROM_ADDRESS :
						 PCI_BASE_ADDRESS_0 + 4 * i;

		KTAP_ROW("BAR %u", i);
		EXPECT_EQ(pciback_cfg_owner(&cfg, pos)->bar, i);
		EXPECT_EQ(pciback_bar_read(&cfg.bars[i]), values[i]);
	}
}

/* The last register has none behind it for an upper half. */
static void wide_last_bar_stays_inside(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	facts.regions[5] = (struct pciback_region){ 0x4200000000, 0x1000, 4, true };
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), 0);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[5]), 4);
	EXPECT_EQ(pciback_bar_read(&cfg.bars[PCIBACK_CFG_ROM]), 0xfeb80000);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_BASE_ADDRESS_5)->bar, 5);
	EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_ROM_ADDRESS)->bar, PCIBACK_CFG_ROM);
}

static void usual_capabilities_have_owners(void)
{
	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_EXP_SIZE);
	EXPECT_EQ(caps_registers(), 4);
	EXPECT(owns(0x42, 0x42) && owns(0x43, 0x42));
	EXPECT(owns(0x44, 0x44) && owns(0x45, 0x44));
	EXPECT(!pciback_cfg_owner(&cfg, 0x40) && !pciback_cfg_owner(&cfg, 0x41));
	EXPECT(!pciback_cfg_owner(&cfg, 0x46) && !pciback_cfg_owner(&cfg, 0x47));
	EXPECT(owns(0x52, 0x52) && owns(0x53, 0x52));
	EXPECT(owns(0x72, 0x72) && owns(0x73, 0x72));
	EXPECT(!pciback_cfg_owner(&cfg, 0x92));
}

static void no_list_without_its_bit(void)
{
	fake_device_usual(&dev);
	dev.hw[PCI_STATUS] &= ~PCI_STATUS_CAP_LIST;
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(caps_registers(), 0);
	EXPECT_EQ(dev.reads, 1);
}

static void empty_list(void)
{
	fake_device_usual(&dev);
	dev.hw[PCI_CAPABILITY_LIST] = 0;
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(caps_registers(), 0);
}

/* The two low bits of a pointer are reserved, and masked. */
static void pointers_are_rounded_down(void)
{
	fake_device_usual(&dev);
	dev.hw[PCI_CAPABILITY_LIST] = 0x43;
	dev.hw[0x41] = 0x51;
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(caps_registers(), 4);
	EXPECT(owns(0x42, 0x42));
	EXPECT(owns(0x52, 0x52));
}

static void lists_that_bite_their_tail(void)
{
	static const struct {
		u8 at, next;
	} rows[] = {
		{ 0x40, 0x40 }, { 0x50, 0x40 }, { 0x70, 0x50 }, { 0x90, 0x40 },
		{ 0x90, 0x90 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%#x leads to %#x", rows[i].at, rows[i].next);
		fake_device_usual(&dev);
		dev.hw[rows[i].at + 1] = rows[i].next;
		build(PCI_CFG_SPACE_SIZE);
		EXPECT(owns(0x44, 0x44));
	}
}

static void pointers_into_the_header_end_the_list(void)
{
	unsigned int next;

	for (next = 0; next < PCI_STD_HEADER_SIZEOF; next++) {
		KTAP_ROW("next %#x", next);
		fake_device_usual(&dev);
		dev.hw[0x51] = next;
		build(PCI_CFG_SPACE_SIZE);
		EXPECT_EQ(caps_registers(), 3);
		EXPECT(!pciback_cfg_owner(&cfg, 0x72));

		dev.hw[PCI_CAPABILITY_LIST] = next;
		build(PCI_CFG_SPACE_SIZE);
		EXPECT_EQ(caps_registers(), 0);
	}
}

/* What does not end before the extended space is no capability. */
static void capabilities_at_the_end(void)
{
	static const struct {
		u8 id, pos;
		int registers;
	} rows[] = {
		{ PCI_CAP_ID_PM, 0xf8, 2 },
		{ PCI_CAP_ID_PM, 0xfc, 0 },
		{ PCI_CAP_ID_MSI, 0xf4, 1 },
		{ PCI_CAP_ID_MSI, 0xf8, 0 },
		{ PCI_CAP_ID_MSI, 0xfc, 0 },
		{ PCI_CAP_ID_MSIX, 0xf4, 1 },
		{ PCI_CAP_ID_MSIX, 0xf8, 0 },
		{ PCI_CAP_ID_MSIX, 0xfc, 0 },
		{ PCI_CAP_ID_VNDR, 0xfc, 0 },
	};
	static const u16 sizes[] = { PCI_CFG_SPACE_SIZE, PCI_CFG_SPACE_EXP_SIZE };
	unsigned int i, s;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (s = 0; s < ARRAY_SIZE(sizes); s++) {
			KTAP_ROW("%#x at %#x of %u", rows[i].id, rows[i].pos,
				 sizes[s]);
			fake_device_init(&dev, 0);
			fake_device_header(&dev);
			dev.hw[PCI_CAPABILITY_LIST] = rows[i].pos;
			fake_device_cap(&dev, rows[i].pos, rows[i].id, 0);
			build(sizes[s]);
			EXPECT_EQ(caps_registers(), rows[i].registers);
		}
	}
}

/* What comes first in the list keeps its bytes. */
static void overlapping_capabilities(void)
{
	fake_device_usual(&dev);
	fake_device_cap(&dev, 0x44, PCI_CAP_ID_PM, 0);
	dev.hw[0x41] = 0x44;
	build(PCI_CFG_SPACE_SIZE);
	EXPECT(owns(0x44, 0x44));
	EXPECT_EQ(pciback_cfg_owner(&cfg, 0x44)->field->offset, PCI_PM_CTRL);

	fake_device_usual(&dev);
	dev.hw[PCI_CAPABILITY_LIST] = 0x44;
	fake_device_cap(&dev, 0x44, PCI_CAP_ID_PM, 0x40);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_PM, 0);
	build(PCI_CFG_SPACE_SIZE);
	EXPECT(owns(0x46, 0x46));
	EXPECT(owns(0x48, 0x48));
	EXPECT(owns(0x42, 0x42));
}

/* Every place a capability can stand at, all in one list. */
static void capabilities_everywhere(void)
{
	static const u8 ids[] = {
		PCI_CAP_ID_PM, PCI_CAP_ID_MSI, PCI_CAP_ID_MSIX, PCI_CAP_ID_VNDR,
		PCI_CAP_ID_EXP, 0,
	};
	unsigned int i, pos;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		KTAP_ROW("capability %#x", ids[i]);
		fake_device_usual(&dev);
		for (pos = 0x40; pos <= 0xfc; pos += 4)
			fake_device_cap(&dev, pos, ids[i], pos + 4);
		build(PCI_CFG_SPACE_EXP_SIZE);
		EXPECT_EQ(dev.reads, READS_MAX);
	}
}

static void devices_that_are_gone(void)
{
	static const u8 fills[] = { 0x00, 0xff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fills); i++) {
		KTAP_ROW("all %#x", fills[i]);
		fake_device_init(&dev, fills[i]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		EXPECT_EQ(caps_registers(), 0);
		/* What the host knows does not depend on the device. */
		EXPECT_EQ(pciback_cfg_owner(&cfg, PCI_VENDOR_ID)->shadow, 0x8086);
	}
}

/* A device whose list ends in one that went away. */
static void list_ends_at_all_ones(void)
{
	fake_device_usual(&dev);
	memset(&dev.hw[0x50], 0xff, 0x20);
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(caps_registers(), 2);
}

/* A null capability has a next one like any other. */
static void null_capability_does_not_end_the_list(void)
{
	fake_device_usual(&dev);
	dev.hw[0x50] = 0;
	build(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(caps_registers(), 3);
	EXPECT(owns(0x72, 0x72));
}

static void sizes_that_cannot_be(void)
{
	static const u16 sizes[] = {
		0, 1, 64, 255, 257, 512, 4095, 4097, 8192, 0xffff,
	};
	struct pciback_cfg_facts facts;
	unsigned int i;

	fake_device_usual(&dev);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KTAP_ROW("%u", sizes[i]);
		facts = fake_device_facts(sizes[i]);
		EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), -EINVAL);
	}
}

static void building_again_leaves_nothing(void)
{
	static struct pciback_cfg fresh;
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	memset(&cfg, 0xa5, sizeof(cfg));
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), 0);
	EXPECT_EQ(pciback_cfg_build(&fresh, &facts, &dev.reader), 0);
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
	EXPECT(memcmp(&cfg, &fresh, sizeof(cfg)));
	pciback_cfg_reset(&cfg);
	EXPECT(!memcmp(&cfg, &fresh, sizeof(cfg)));
}

KTAP_ROOM(KTAP_CASE(header_has_its_owners),
	  KTAP_CASE(facts_fill_the_shadow),
	  KTAP_CASE(regions_fill_the_bars),
	  KTAP_CASE(wide_last_bar_stays_inside),
	  KTAP_CASE(usual_capabilities_have_owners),
	  KTAP_CASE(no_list_without_its_bit),
	  KTAP_CASE(empty_list),
	  KTAP_CASE(pointers_are_rounded_down),
	  KTAP_CASE(lists_that_bite_their_tail),
	  KTAP_CASE(pointers_into_the_header_end_the_list),
	  KTAP_CASE(capabilities_at_the_end),
	  KTAP_CASE(overlapping_capabilities),
	  KTAP_CASE(capabilities_everywhere),
	  KTAP_CASE(devices_that_are_gone),
	  KTAP_CASE(list_ends_at_all_ones),
	  KTAP_CASE(null_capability_does_not_end_the_list),
	  KTAP_CASE(sizes_that_cannot_be),
	  KTAP_CASE(building_again_leaves_nothing),
	  KTAP_CASE(reset_forgets_the_guest));
