// SPDX-License-Identifier: GPL-2.0
/*
 * Decisions on single accesses, worked out by hand for each sort of bit.
 * test_cfg_open.c has what quirks and permissive add, test_cfg_commit.c what
 * follows, test_cfg_model.c the long sequences.
 */
#include <limits.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_filter.h"
#include "cfg_map.h"
#include "fake_device.h"
#include "ktap.h"

#define PM		0x40	/* where the usual device has them */
#define MSI		0x50
#define EXP		0x90

static struct fake_device dev;
static struct pciback_cfg cfg;

static void start(u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);

	fake_device_usual(&dev);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
}

static struct pciback_cfg_write decide(u16 pos, u8 size, u32 value)
{
	struct pciback_cfg_write write;

	memset(&write, 0xa5, sizeof(write));
	pciback_cfg_decide_write(&cfg, pos, size, value, false, &write);
	return write;
}

static void bounds_accesses(void)
{
	static const struct {
		s32 offset, size;
		bool ok, ok_extended;
	} rows[] = {
		{ 0, 1, true, true }, { 0, 2, true, true }, { 0, 4, true, true },
		{ 1, 1, true, true }, { 1, 2, false, false },
		{ 1, 4, false, false }, { 2, 2, true, true },
		{ 2, 4, false, false }, { 3, 1, true, true },
		{ 3, 2, false, false }, { 0, 0, false, false },
		{ 0, 3, false, false }, { 0, 5, false, false },
		{ 0, 8, false, false }, { 0, 16, false, false },
		{ 0, -1, false, false }, { 0, -2, false, false },
		{ 0, -4, false, false }, { 4, -4, false, false },
		{ 252, 4, true, true }, { 254, 2, true, true },
		{ 255, 1, true, true }, { 254, 4, false, false },
		{ 255, 2, false, false }, { 256, 1, false, true },
		{ 256, 4, false, true }, { 4092, 4, false, true },
		{ 4095, 1, false, true }, { 4096, 1, false, false },
		{ 4096, 4, false, false }, { 0x10000, 4, false, false },
		{ 0x10004, 4, false, false }, { -1, 1, false, false },
		{ -2, 2, false, false }, { -4, 4, false, false },
		{ -256, 4, false, false }, { -4096, 4, false, false },
		{ INT_MIN, 1, false, false }, { INT_MIN, 4, false, false },
		{ INT_MIN, INT_MIN, false, false },
		{ INT_MAX, 1, false, false }, { INT_MAX - 3, 4, false, false },
		{ INT_MAX, INT_MAX, false, false }, { 0, INT_MAX, false, false },
		{ 0, INT_MIN, false, false }, { INT_MIN, INT_MAX, false, false },
		{ 0, 0x101, false, false }, { 0, 0x10004, false, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%d at %d", rows[i].size, rows[i].offset);
		start(PCI_CFG_SPACE_SIZE);
		EXPECT_EQ(pciback_cfg_access_ok(&cfg, rows[i].offset,
						rows[i].size), rows[i].ok);
		start(PCI_CFG_SPACE_EXP_SIZE);
		EXPECT_EQ(pciback_cfg_access_ok(&cfg, rows[i].offset,
						rows[i].size),
			  rows[i].ok_extended);
	}
}

/* Where the bits of a read come from. */
static void decides_reads(void)
{
	static const struct {
		u16 pos;
		u8 size;
		u32 hw, shadow;
	} rows[] = {
		/* Ids: the host's word, no access to the hardware at all. */
		{ PCI_VENDOR_ID, 4, 0, 0x10ca8086 },
		{ PCI_VENDOR_ID, 2, 0, 0x8086 },
		{ PCI_VENDOR_ID, 1, 0, 0x86 },
		{ PCI_VENDOR_ID + 1, 1, 0, 0x80 },
		{ PCI_DEVICE_ID, 2, 0, 0x10ca },
		{ PCI_DEVICE_ID + 1, 1, 0, 0x10 },
		/* Command is a shadow, status beside it is not. */
		{ PCI_COMMAND, 2, 0, 0 },
		{ PCI_COMMAND, 4, 0xffff0000, 0 },
		{ PCI_STATUS, 2, 0xffff, 0 },
		{ PCI_STATUS + 1, 1, 0xff, 0 },
		/* Nobody's bytes. */
		{ PCI_BIST, 1, 0xff, 0 },
		{ 0x38, 4, 0xffffffff, 0 },
		{ 0xfc, 4, 0xffffffff, 0 },
		{ 0x100, 4, 0xffffffff, 0 },
		{ 0xffc, 4, 0xffffffff, 0 },
		/* What never changes has been read when the map was made. */
		{ PCI_CLASS_REVISION, 4, 0, 0x02000000 },
		{ PCI_CLASS_REVISION + 3, 1, 0, 0x02 },
		{ PCI_SUBSYSTEM_VENDOR_ID, 4, 0, 0x00011028 },
		{ PCI_SUBSYSTEM_ID, 2, 0, 0x0001 },
		{ PCI_HEADER_TYPE, 1, 0, 0 },
		{ PCI_HEADER_TYPE, 2, 0xff00, 0 },
		{ EXP, 4, 0, PCI_CAP_ID_EXP },
		/* Links are the engine's. */
		{ PCI_CAPABILITY_LIST, 1, 0, PM },
		{ PCI_CAPABILITY_LIST, 4, 0xffffff00, PM },
		/* Four owners in one access: the latency timer is a shadow. */
		{ PCI_CACHE_LINE_SIZE, 4, 0xff0000ff, 0 },
		{ PCI_BASE_ADDRESS_0, 4, 0, 0xfebc0000 },
		{ PCI_BASE_ADDRESS_0 + 2, 2, 0, 0xfebc },
		{ PCI_BASE_ADDRESS_0 + 3, 1, 0, 0xfe },
		{ PCI_BASE_ADDRESS_1, 4, 0, 0xc021 },
		{ PCI_BASE_ADDRESS_2, 4, 0, 0xe000400c },
		{ PCI_BASE_ADDRESS_3, 4, 0, 0x380f },
		{ PCI_BASE_ADDRESS_4, 4, 0, 0 },
		{ PCI_ROM_ADDRESS, 4, 0, 0xfeb80000 },
		/* The line is the host's word, the pin behind it never changes. */
		{ PCI_INTERRUPT_LINE, 1, 0, 16 },
		{ PCI_INTERRUPT_LINE, 2, 0, 0x0110 },
		{ PCI_INTERRUPT_LINE, 4, 0, 0x0110 },
		/* Wake-up is not for guests: those bits read 0. */
		{ PM, 4, 0, 0x1a << 16 | MSI << 8 | PCI_CAP_ID_PM },
		{ PM + PCI_PM_PMC, 2, 0, 0x001a },
		{ PM + PCI_PM_PMC + 1, 1, 0, 0 },
		{ PM + PCI_PM_CTRL, 2, 0xfeff, 0 },
		{ PM + PCI_PM_CTRL, 4, 0xfffffeff, 0 },
		{ MSI, 4, 0xffff0000, 0x7000 | PCI_CAP_ID_MSI },
		/* What feeds the host's error handling is the guest's to imagine. */
		{ EXP + PCI_EXP_DEVCTL, 2, 0xfe10, 0 },
		{ EXP + PCI_EXP_DEVCTL, 4, 0xfffffe10, 0 },
	};
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_EXP_SIZE);
	unsigned int i;

	fake_device_usual(&dev);
	fake_device_put(&dev, PM + PCI_PM_PMC, 2, 0xf81a);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_cfg_read read = { 0xa5a5a5a5, 0xa5a5a5a5 };

		KTAP_ROW("%u at %#x", rows[i].size, rows[i].pos);
		pciback_cfg_decide_read(&cfg, rows[i].pos, rows[i].size, &read);
		EXPECT_EQ(read.hw, rows[i].hw);
		EXPECT_EQ(read.shadow, rows[i].shadow);
		/* The host adds the two, so they must not meet. */
		EXPECT_EQ(read.hw & read.shadow, 0);
	}
}

/* Writes of all ones to one register each. */
static void decides_writes(void)
{
	static const struct {
		u16 pos;
		u8 size;
		u8 action;
		u32 write, rw1c, hold, shadow, refused;
		bool may_sleep;
	} rows[] = {
		{ PCI_VENDOR_ID, 2, .shadow = 0x8086, .refused = 0xffff },
		{ PCI_COMMAND, 2, PCIBACK_CFG_COMMAND, .shadow = 0x0557,
		  .refused = 0xfaa8, .may_sleep = true },
		{ PCI_COMMAND, 1, PCIBACK_CFG_COMMAND, .shadow = 0x0057,
		  .refused = 0xa8, .may_sleep = true },
		{ PCI_COMMAND + 1, 1, PCIBACK_CFG_COMMAND, .shadow = 0x0500,
		  .refused = 0xfa, .may_sleep = true },
		{ PCI_STATUS, 2, .rw1c = 0xf900, .refused = 0x06ff },
		{ PCI_STATUS, 1, .refused = 0xff },
		{ PCI_STATUS + 1, 1, .rw1c = 0xf9, .refused = 0x06 },
		{ PCI_CACHE_LINE_SIZE, 1, .write = 0xff },
		{ PCI_LATENCY_TIMER, 1, .shadow = 0xff },
		{ PCI_BIST, 1, .write = 0x40, .refused = 0xbf },
		{ PCI_BASE_ADDRESS_0, 4, PCIBACK_CFG_BAR },
		{ PCI_BASE_ADDRESS_0 + 1, 1, PCIBACK_CFG_BAR },
		{ PCI_ROM_ADDRESS, 4, PCIBACK_CFG_ROM, .shadow = 1,
		  .may_sleep = true },
		{ PCI_ROM_ADDRESS, 1, PCIBACK_CFG_ROM, .shadow = 1,
		  .may_sleep = true },
		{ PCI_ROM_ADDRESS + 1, 1, PCIBACK_CFG_ROM, .may_sleep = true },
		{ PCI_CAPABILITY_LIST, 1, .shadow = PM, .refused = 0xff },
		/* Refused, too, but no news. */
		{ PCI_INTERRUPT_LINE, 1, .shadow = 16 },
		{ PM + 1, 1, .shadow = MSI, .refused = 0xff },
		{ PM + PCI_PM_PMC, 2, .refused = 0xffff },
		{ PM + PCI_PM_CTRL, 2, PCIBACK_CFG_PM_CTRL, 0x1e03, 0x8000,
		  .refused = 0x61fc, .may_sleep = true },
		{ PM + PCI_PM_CTRL, 1, PCIBACK_CFG_PM_CTRL, 0x03,
		  .refused = 0xfc, .may_sleep = true },
		{ PM + PCI_PM_CTRL + 1, 1, PCIBACK_CFG_PM_CTRL, 0x1e, 0x80,
		  .refused = 0x61, .may_sleep = true },
		{ MSI + PCI_MSI_FLAGS, 2, PCIBACK_CFG_MSI_FLAGS,
		  .may_sleep = true },
		{ 0x72, 2, PCIBACK_CFG_MSIX_FLAGS, .may_sleep = true },
		{ EXP + PCI_EXP_DEVCTL, 2, PCIBACK_CFG_DEVCTL, 0x7810,
		  .hold = 0x8000, .shadow = 0x1ef, .refused = 0x0600,
		  .may_sleep = true },
		{ EXP + PCI_EXP_DEVCTL + 1, 1, PCIBACK_CFG_DEVCTL, 0x78,
		  .hold = 0x80, .shadow = 0x100, .refused = 0x06, .may_sleep = true },
		{ EXP + PCI_EXP_DEVSTA, 2, .hold = 0x004f, .refused = 0 },
		{ EXP + PCI_EXP_LNKSTA, 2, .hold = 0xc000, .refused = 0xffff },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_cfg_write write;

		KTAP_ROW("%u at %#x", rows[i].size, rows[i].pos);
		start(PCI_CFG_SPACE_SIZE);
		write = decide(rows[i].pos, rows[i].size, 0xffffffff);
		EXPECT_EQ(write.nsteps, 1);
		EXPECT(write.steps[0].reg ==
		       pciback_cfg_owner(&cfg, rows[i].pos));
		EXPECT_EQ(write.steps[0].pos, rows[i].pos);
		EXPECT_EQ(write.steps[0].size, rows[i].size);
		EXPECT_EQ(write.steps[0].action, rows[i].action);
		EXPECT_EQ(write.steps[0].write, rows[i].write);
		EXPECT_EQ(write.steps[0].rw1c, rows[i].rw1c);
		EXPECT_EQ(write.steps[0].hold, rows[i].hold);
		EXPECT_EQ(write.steps[0].shadow, rows[i].shadow);
		EXPECT_EQ(write.refused, rows[i].refused);
		EXPECT_EQ(write.may_sleep, rows[i].may_sleep);
	}
}

static void deciding_changes_nothing(void)
{
	static struct pciback_cfg before;
	unsigned int pos;

	start(PCI_CFG_SPACE_EXP_SIZE);
	before = cfg;
	for (pos = 0; pos < PCI_CFG_SPACE_EXP_SIZE; pos += 4)
		decide(pos, 4, 0xffffffff);
	EXPECT(!memcmp(&before, &cfg, sizeof(cfg)));
}

static void unowned_bytes_are_refused(void)
{
	static const struct {
		u16 pos;
		u8 size;
	} rows[] = {
		{ PCI_CLASS_REVISION, 4 }, { PCI_HEADER_TYPE, 1 },
		{ PM, 1 }, { 0x46, 2 }, { MSI + 10, 2 }, { EXP + 4, 4 },
		{ EXP + PCI_EXP_LNKCTL, 2 }, { 0xfc, 4 }, { 0x100, 4 },
		{ 0xfff, 1 },
	};
	unsigned int i;

	start(PCI_CFG_SPACE_EXP_SIZE);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_cfg_write write;

		KTAP_ROW("%u at %#x", rows[i].size, rows[i].pos);
		write = decide(rows[i].pos, rows[i].size, 0x12345678);
		EXPECT_EQ(write.nsteps, 0);
		EXPECT_EQ(write.refused, rows[i].size == 4 ? 0xffffffff :
					 (1u << 8 * rows[i].size) - 1);
		EXPECT(!write.may_sleep);
	}
}

/* Command and status in one access: two steps, each with its own bits. */
static void splits_at_owners(void)
{
	struct pciback_cfg_write write;

	start(PCI_CFG_SPACE_SIZE);
	write = decide(PCI_COMMAND, 4, 0xf9000006);
	EXPECT_EQ(write.nsteps, 2);
	EXPECT_EQ(write.steps[0].pos, PCI_COMMAND);
	EXPECT_EQ(write.steps[0].size, 2);
	EXPECT_EQ(write.steps[0].value, 6);
	EXPECT_EQ(write.steps[0].shadow, 6);
	EXPECT_EQ(write.steps[1].pos, PCI_STATUS);
	EXPECT_EQ(write.steps[1].size, 2);
	EXPECT_EQ(write.steps[1].value, 0xf900);
	EXPECT_EQ(write.steps[1].rw1c, 0xf900);
	EXPECT_EQ(write.refused, 0x06fffaa8);
	EXPECT(write.may_sleep);

	/* Line size, timer, header type (nobody's), self-test. */
	write = decide(PCI_CACHE_LINE_SIZE, 4, 0x40aa2010);
	EXPECT_EQ(write.nsteps, 3);
	EXPECT_EQ(write.steps[0].value, 0x10);
	EXPECT_EQ(write.steps[1].value, 0x20);
	EXPECT_EQ(write.steps[1].shadow, 0x20);
	EXPECT_EQ(write.steps[2].pos, PCI_BIST);
	EXPECT_EQ(write.steps[2].value, 0x40);
	EXPECT_EQ(write.refused, 0xbfff0000);
	EXPECT(!write.may_sleep);
}

/* Told apart register by register, within one access. */
static void quiet_refusals_are_no_news(void)
{
	struct pciback_cfg_write write;

	start(PCI_CFG_SPACE_SIZE);
	write = decide(PCI_INTERRUPT_LINE, 2, 0);
	EXPECT_EQ(write.refused, 0xff00);
	write = decide(MSI, 4, 0);
	EXPECT_EQ(write.refused, 0xffff);
	write = decide(PCI_INTERRUPT_LINE, 1, 0);
	EXPECT_EQ(write.refused, 0);
}

KTAP_ROOM(KTAP_CASE(bounds_accesses),
	  KTAP_CASE(decides_reads),
	  KTAP_CASE(decides_writes),
	  KTAP_CASE(deciding_changes_nothing),
	  KTAP_CASE(unowned_bytes_are_refused),
	  KTAP_CASE(splits_at_owners),
	  KTAP_CASE(quiet_refusals_are_no_news));
