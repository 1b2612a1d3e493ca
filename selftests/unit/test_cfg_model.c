// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration engine against the oracle: random guests on random devices.
 * The seed is printed; give it as the argument to see the same run again.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>
#include <stdlib.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "cfg_map_check.h"
#include "cfg_oracle.h"
#include "fake_device.h"
#include "ktap.h"
#include "quirk.h"
#include "random_device.h"

#define DEFAULT_SEED	20251u
#define DEVICES		200
#define ACCESSES	2000

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;
static bool is_bridge;

/* Bytes with bits that the device sets and its guest clears. */
static u16 events[PCI_CFG_SPACE_EXP_SIZE];
static unsigned int nevents;

static void seed_from_argument(void)
{
	u64 seed = ktap_argument ? strtoull(ktap_argument, NULL, 0) :
				   DEFAULT_SEED;

	printf("# seed %llu\n", (unsigned long long)seed);
	random_seed(seed);
}

static void check_quirk(void)
{
	struct pciback_quirk quirk = { .mask = random_value() };
	u8 size;
	int err;

	random_place(cfg.size, &quirk.reg, &size);
	quirk.size = size;
	if (size < 4)
		quirk.mask &= (1u << 8 * size) - 1;
	KTAP_ROW("quirk %#x:%u:%#x", quirk.reg, quirk.size, quirk.mask);
	err = pciback_quirk_check(&cfg, &quirk);
	EXPECT_EQ(err, cfg_oracle_quirk(&oracle, &quirk));
	if (!err)
		pciback_quirk_open(&cfg, &quirk);
}

/* Only bits that are not the host's clear or trap: the oracle says which. */
static void make_device(void)
{
	struct pciback_cfg_facts facts;
	unsigned int i;

	random_device(&dev, &facts);
	cfg_oracle_build(&oracle, &facts, dev.hw);
	is_bridge = facts.is_bridge;
	nevents = 0;
	cfg_oracle_mark(&oracle, 'c', dev.rw1c);
	cfg_oracle_mark(&oracle, 'h', dev.trap);
	for (i = 0; i < oracle.size; i++)
		if (dev.rw1c[i])
			events[nevents++] = i;
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	EXPECT(!cfg_map_broken(&cfg));
	for (i = random_below(3) ? 0 : random_below(64); i; i--)
		check_quirk();
}

/* The device sets some of the bits that its guest clears. */
static void random_event(void)
{
	unsigned int i;

	for (i = 0; i < nevents; i++) {
		u16 pos = events[i];

		dev.hw[pos] |= dev.rw1c[pos] & random_u32();
		oracle.hw[pos] = dev.hw[pos];
	}
}

static void check_read(u16 pos, u8 size)
{
	EXPECT_EQ(fake_guest_read(&cfg, &dev, pos, size),
		  cfg_oracle_read(&oracle, pos, size));
}

/* The engine's own word about a write, against the oracle's sorts. */
static void check_decision(u16 pos, u8 size, u32 value, bool permissive)
{
	struct pciback_cfg_write write;

	pciback_cfg_decide_write(&cfg, pos, size, value, permissive, &write);
	EXPECT(write.nsteps <= 4);
	EXPECT_EQ(write.refused,
		  cfg_oracle_refused(&oracle, pos, size, permissive));
}

static void check_write(u16 pos, u8 size, u32 value, bool permissive)
{
	u32 kept = cfg_oracle_bits(&oracle, pos, size, "wv") |
		   cfg_oracle_opened(&oracle, pos, size, permissive);
	u32 cleared = cfg_oracle_bits(&oracle, pos, size, "c") & value;
	u32 got;

	check_decision(pos, size, value, permissive);
	fake_guest_write(&cfg, &dev, pos, size, value, permissive);
	cfg_oracle_write(&oracle, pos, size, value, permissive);
	EXPECT(!dev.sprung);
	EXPECT(!memcmp(dev.hw, oracle.hw, sizeof(dev.hw)));
	memcpy(dev.hw, oracle.hw, sizeof(dev.hw));

	got = fake_guest_read(&cfg, &dev, pos, size);
	EXPECT_EQ(got & kept, value & kept);
	EXPECT_EQ(got & cleared, 0);
	EXPECT_EQ(got, cfg_oracle_read(&oracle, pos, size));
}

static void run_guest(unsigned int number, bool permissive)
{
	u32 command = fake_device_get(&dev, PCI_COMMAND, 2);
	u8 bars[6 * 4], rom[4];
	unsigned int i;

	memcpy(bars, &dev.hw[PCI_BASE_ADDRESS_0], sizeof(bars));
	memcpy(rom, &dev.hw[PCI_ROM_ADDRESS], sizeof(rom));
	for (i = 0; i < ACCESSES; i++) {
		u32 value = random_value();
		u16 pos;
		u8 size;

		random_place(cfg.size, &pos, &size);
		KTAP_ROW("device %u, access %u: %u at %#x, value %#x%s", number,
			 i, size, pos, value, permissive ? ", permissive" : "");
		if (random_below(4) == 0)
			random_event();
		if (random_below(3) == 0)
			check_read(pos, size);
		else
			check_write(pos, size, value, permissive);
	}
	if (is_bridge)
		return;
	EXPECT_EQ(fake_device_get(&dev, PCI_COMMAND, 2), command);
	EXPECT(!memcmp(bars, &dev.hw[PCI_BASE_ADDRESS_0], sizeof(bars)));
	EXPECT(!memcmp(rom, &dev.hw[PCI_ROM_ADDRESS], sizeof(rom)));
}

static void the_engine_agrees_with_the_oracle(void)
{
	unsigned int i;

	seed_from_argument();
	for (i = 0; i < DEVICES; i++) {
		make_device();
		run_guest(i, i & 1);
	}
}

/* A fresh guest, at every place and width, before anything was written. */
static void the_engine_shows_what_the_oracle_does(void)
{
	unsigned int i, pos;
	u8 size;

	seed_from_argument();
	for (i = 0; i < DEVICES; i++) {
		make_device();
		for (size = 1; size <= 4; size *= 2)
			for (pos = 0; pos < cfg.size; pos += size) {
				KTAP_ROW("device %u: %u at %#x", i, size, pos);
				check_read(pos, size);
			}
	}
}

KTAP_ROOM(KTAP_CASE(the_engine_shows_what_the_oracle_does),
	  KTAP_CASE(the_engine_agrees_with_the_oracle));
