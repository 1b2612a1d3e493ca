// SPDX-License-Identifier: GPL-2.0
/* From a decision to the hardware and the shadow, and what the guest sees. */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "fake_device.h"
#include "ktap.h"

static struct fake_device dev;
static struct pciback_cfg cfg;

static void start(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);

	fake_device_usual(&dev);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
}

static struct pciback_cfg_write decide(u16 pos, u8 size, u32 value)
{
	struct pciback_cfg_write write;

	pciback_cfg_decide_write(&cfg, pos, size, value, false, &write);
	return write;
}

static void merges_bits(void)
{
	static const struct {
		u8 size;
		u32 write, rw1c, hold, value, current_value;
		bool needs;
		u32 merged;
	} rows[] = {
		{ 1, 0xff, 0, 0, 0x5a, 0, false, 0x5a },
		{ 1, 0x0f, 0, 0, 0xff, 0xa0, true, 0xaf },
		{ 1, 0x0f, 0, 0, 0x00, 0xff, true, 0xf0 },
		{ 1, 0, 0, 0, 0xff, 0x5a, true, 0x5a },
		/* A 1 in the hardware must not go back to where 1 clears. */
		{ 2, 0, 0xff00, 0, 0x0000, 0xffff, true, 0x00ff },
		{ 2, 0, 0xff00, 0, 0x0100, 0xffff, true, 0x01ff },
		{ 2, 0x00ff, 0xff00, 0, 0x8055, 0xffff, false, 0x8055 },
		{ 2, 0x1e03, 0x8000, 0, 0x8001, 0xe108, true, 0xe109 },
		{ 2, 0x1e03, 0x8000, 0, 0x0001, 0xe108, true, 0x6109 },
		{ 4, 0xffffffff, 0, 0, 0x12345678, 0, false, 0x12345678 },
		{ 4, 0xffff0000, 0, 0, 0x12345678, 0x9abcdef0, true, 0x1234def0 },
		/* What is held goes back as 0, whatever it was and is to be. */
		{ 2, 0x7fff, 0, 0x8000, 0xffff, 0xffff, false, 0x7fff },
		{ 2, 0x0010, 0, 0x8000, 0x0000, 0xffff, true, 0x7fef },
		{ 2, 0, 0xf900, 0x0006, 0x0100, 0xffff, true, 0x07f9 },
		{ 1, 0xfe, 0, 0x01, 0xff, 0xff, false, 0xfe },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_cfg_step step = {
			.size = rows[i].size, .value = rows[i].value,
			.write = rows[i].write, .rw1c = rows[i].rw1c,
			.hold = rows[i].hold,
		};

		KTAP_ROW("row %u", i);
		EXPECT_EQ(pciback_cfg_needs_current(&step), rows[i].needs);
		EXPECT_EQ(pciback_cfg_merge(&step, rows[i].current_value),
			  rows[i].merged);
	}
}

/* Nothing is taken over before the step has been carried out. */
static void commits_the_shadow(void)
{
	struct pciback_cfg_write write;

	start();
	write = decide(PCI_COMMAND, 2, 0xffff);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_COMMAND, 2), 0);
	pciback_cfg_commit(&cfg, &write.steps[0]);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_COMMAND, 2), 0x0557);
	/* A byte of it leaves the other as it was. */
	write = decide(PCI_COMMAND, 1, 0);
	pciback_cfg_commit(&cfg, &write.steps[0]);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_COMMAND, 2), 0x0500);
	/* The host may have had a part of it fail. */
	write = decide(PCI_COMMAND, 1, 0x14);
	write.steps[0].shadow &= ~PCI_COMMAND_INVALIDATE;
	pciback_cfg_commit(&cfg, &write.steps[0]);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_COMMAND, 2), 0x0504);
}

static void commits_nothing_for_nobody(void)
{
	static struct pciback_cfg before;
	struct pciback_cfg_write write;

	start();
	before = cfg;
	pciback_cfg_decide_write(&cfg, 0xf0, 4, 0xffffffff, true, &write);
	pciback_cfg_commit(&cfg, &write.steps[0]);
	EXPECT(!memcmp(&before, &cfg, sizeof(cfg)));
}

/* As a driver does it: COMMAND off, ones, read, put back, COMMAND on. */
static void sizes_a_bar(void)
{
	start();
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_0, 4, 0xffffffff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_0, 4), 0xfffe0000);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_1, 4), 0xc021);
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_0, 4, 0xfebc0000, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_0, 4), 0xfebc0000);

	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_2, 4, 0xffffffff, false);
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_3, 4, 0xffffffff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_2, 4), 0xffffc00c);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_3, 4), 0xffffffff);

	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 4, 0xfffff800, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_ROM_ADDRESS, 4), 0xfffc0000);

	/* The same switches it on, for the guest; the last word counts. */
	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 4, 0xffffffff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_ROM_ADDRESS, 4), 0xfffc0001);
	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 4, 0xfeb80000, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_ROM_ADDRESS, 4), 0xfeb80000);
	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 1, 1, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_ROM_ADDRESS, 4), 0xfeb80001);
	EXPECT_EQ(fake_device_get(&dev, PCI_ROM_ADDRESS, 4), 0);

	/* By bytes: each answers for itself. */
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_1, 1, 0xff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_1, 4), 0xc0e1);
	fake_guest_write(&cfg, &dev, PCI_BASE_ADDRESS_1 + 2, 2, 0xffff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_1, 4), 0xffffc0e1);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_BASE_ADDRESS_1 + 2, 2), 0xffff);
	EXPECT_EQ(fake_device_get(&dev, PCI_BASE_ADDRESS_1, 4), 0);
}

/* Without a ROM there is nothing to switch on. */
static void no_rom_reads_as_nothing(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);
	struct pciback_cfg_write write;

	facts.regions[PCIBACK_CFG_ROM_BAR].size = 0;
	fake_device_usual(&dev);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	write = decide(PCI_ROM_ADDRESS, 4, 0xffffffff);
	EXPECT_EQ(write.steps[0].shadow, 0);
	EXPECT_EQ(write.refused, 0);
	fake_guest_write(&cfg, &dev, PCI_ROM_ADDRESS, 4, 0xffffffff, true);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_ROM_ADDRESS, 4), 0);
}

/* A reset is for the host to do: the bit never gets there. */
static void resets_do_not_get_through(void)
{
	unsigned int permissive;

	for (permissive = 0; permissive < 2; permissive++) {
		start();
		dev.trap[0x99] = 0x80;
		fake_guest_write(&cfg, &dev, 0x98, 2, 0xf910, permissive);
		EXPECT(!dev.sprung);
		EXPECT_EQ(fake_device_get(&dev, 0x98, 2), 0x7810);
	}
}

/* CVE-2015-8553: the hardware goes on decoding whatever the guest says. */
static void decoding_is_never_turned_off(void)
{
	unsigned int value;

	start();
	for (value = 0; value <= 0xffff; value += 0x0101) {
		KTAP_ROW("value %#x", value);
		fake_guest_write(&cfg, &dev, PCI_COMMAND, 2, value, value & 1);
		EXPECT_EQ(fake_device_get(&dev, PCI_COMMAND, 2), 0x0107);
		EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_COMMAND, 2),
			  value & 0x0557);
	}
}

static void give_back(void)
{
	struct pciback_cfg_step step;
	unsigned int next = 0;

	while (pciback_cfg_next_given(&cfg, &next, &step))
		fake_device_put(&dev, step.pos, step.size,
				pciback_cfg_merge(&step, fake_device_get(&dev, step.pos,
									 step.size)));
}

/* What the guest had written, and nothing else, whatever the device holds by now. */
static void gives_back_what_was_forgotten(void)
{
	struct pciback_cfg_step step;
	unsigned int next = 0;

	start();
	EXPECT(!pciback_cfg_next_given(&cfg, &next, &step));
	dev.trap[0x99] = 0x80;
	fake_device_put(&dev, 0x98, 2, 0x2840);
	/* Relaxed ordering and no snoop; the request size by its byte alone; a reset. */
	fake_guest_write(&cfg, &dev, 0x98, 2, 0x0810, false);
	fake_guest_write(&cfg, &dev, 0x99, 1, 0xd0, false);
	/* A write that is refused, and one that went to the shadow. */
	fake_guest_write(&cfg, &dev, PCI_VENDOR_ID, 4, 0, false);
	fake_guest_write(&cfg, &dev, PCI_COMMAND, 2, 0x0407, false);
	fake_device_put(&dev, 0x98, 2, 0x2840);
	fake_device_put(&dev, 0x9a, 2, 0x000f);
	give_back();
	EXPECT_EQ(fake_device_get(&dev, 0x98, 2) & 0x7810, 0x5010);
	EXPECT_EQ(fake_device_get(&dev, 0x98, 2) & 0x00e0, 0x0040);
	EXPECT_EQ(fake_device_get(&dev, 0x9a, 2), 0x000f);
	EXPECT_EQ(fake_device_get(&dev, PCI_COMMAND, 2), 0x0107);
	EXPECT(!dev.sprung);
	/* The next guest begins with nothing. */
	pciback_cfg_reset(&cfg);
	next = 0;
	EXPECT(!pciback_cfg_next_given(&cfg, &next, &step));
}

/* A byte that is not a register's first, and was written alone. */
static void gives_back_a_byte_alone(void)
{
	start();
	fake_device_put(&dev, 0x98, 2, 0x2840);
	fake_guest_write(&cfg, &dev, 0x99, 1, 0x50, false);
	fake_device_put(&dev, 0x98, 2, 0x2840);
	give_back();
	EXPECT_EQ(fake_device_get(&dev, 0x99, 1) & 0x78, 0x50);
	EXPECT_EQ(fake_device_get(&dev, 0x98, 1), 0x40);
}

KTAP_ROOM(KTAP_CASE(merges_bits),
	  KTAP_CASE(commits_the_shadow),
	  KTAP_CASE(commits_nothing_for_nobody),
	  KTAP_CASE(sizes_a_bar),
	  KTAP_CASE(no_rom_reads_as_nothing),
	  KTAP_CASE(resets_do_not_get_through),
	  KTAP_CASE(decoding_is_never_turned_off),
	  KTAP_CASE(gives_back_what_was_forgotten),
	  KTAP_CASE(gives_back_a_byte_alone));
