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
#include "cfg_oracle.h"
#include "fake_device.h"
#include "ktap.h"

#define DEFAULT_SEED	20251u
#define DEVICES		200
#define ACCESSES	2000

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;
static u64 random_state;

/* xorshift64*: good enough, and the same everywhere. */
static u32 random_u32(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 0x2545f4914f6cdd1dull >> 32;
}

static u32 random_below(u32 bound)
{
	return random_u32() % bound;
}

static void seed_from_argument(void)
{
	random_state = ktap_argument ? strtoull(ktap_argument, NULL, 0) :
				       DEFAULT_SEED;
	printf("# seed %llu\n", (unsigned long long)random_state);
	/* Zero is where the generator stands still. */
	random_state = random_state * 2 + 1;
}

/* Values that find edges: none, all, one bit, its complement, anything. */
static u32 random_value(void)
{
	switch (random_below(6)) {
	case 0:
		return 0;
	case 1:
		return 0xffffffff;
	case 2:
		return 1u << random_below(32);
	case 3:
		return ~(1u << random_below(32));
	default:
		return random_u32();
	}
}

/* Capabilities at random places, some over others, some beyond the end. */
static void random_capabilities(void)
{
	static const u8 ids[] = {
		PCI_CAP_ID_PM, PCI_CAP_ID_PM, PCI_CAP_ID_MSI, PCI_CAP_ID_MSIX,
		PCI_CAP_ID_VNDR, PCI_CAP_ID_EXP, 0,
	};
	unsigned int left = random_below(9);
	u8 pos = 0x40 + 4 * random_below(48);

	dev.hw[PCI_STATUS] |= PCI_STATUS_CAP_LIST;
	dev.hw[PCI_CAPABILITY_LIST] = pos | random_below(4);
	while (left--) {
		u8 next = 0x40 + 4 * random_below(48);

		dev.hw[pos] = ids[random_below(ARRAY_SIZE(ids))];
		dev.hw[pos + 1] = next | random_below(4);
		pos = next;
	}
	dev.hw[pos] = random_below(2) ? 0xff : PCI_CAP_ID_VNDR;
	dev.hw[pos + 1] = random_below(0x40);
}

static void random_region(struct pciback_region *region, bool rom)
{
	unsigned int sort = random_below(4), bits;

	memset(region, 0, sizeof(*region));
	if (sort == 0)
		return;
	region->is_64bit = !rom && sort == 1;
	region->flags = rom ? 0 : sort == 1 ? 0xc : sort == 2 ? 1 : 8;
	bits = rom ? 11 + random_below(14) : 4 + random_below(26);
	if (region->is_64bit)
		bits += random_below(12);
	region->size = 1ull << bits;
	region->start = ((u64)random_u32() << 32 | random_u32()) &
			(region->is_64bit ? ~0ull : 0xffffffff);
	region->start &= -region->size;
}

static void random_device(void)
{
	struct pciback_cfg_facts facts = {
		.vendor = random_u32(), .device = random_u32(),
		.irq_line = random_u32(),
		.size = random_below(2) ? PCI_CFG_SPACE_SIZE :
					  PCI_CFG_SPACE_EXP_SIZE,
	};
	unsigned int i;

	fake_device_init(&dev, 0);
	for (i = 0; i < PCI_CFG_SPACE_EXP_SIZE; i++)
		dev.hw[i] = random_u32();
	random_capabilities();
	for (i = 0; i < PCIBACK_CFG_BARS; i++)
		random_region(&facts.regions[i], i == PCIBACK_CFG_ROM);

	cfg_oracle_build(&oracle, &facts, dev.hw);
	for (i = 0; i < PCI_CFG_SPACE_EXP_SIZE; i++)
		dev.rw1c[i] = cfg_oracle_bits(&oracle, i, 1, "c");
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &dev.reader), 0);
}

/* The device sets some of the bits that its guest clears. */
static void random_event(void)
{
	unsigned int i;

	for (i = 0; i < PCI_CFG_SPACE_SIZE; i++)
		if (dev.rw1c[i]) {
			dev.hw[i] |= dev.rw1c[i] & random_u32();
			oracle.hw[i] = dev.hw[i];
		}
}

static void random_place(u16 *pos, u8 *size)
{
	*size = 1 << random_below(3);
	*pos = random_below(8) ? random_below(PCI_CFG_SPACE_SIZE) :
				 random_below(cfg.size);
	if (random_below(3) == 0)
		*pos = random_below(PCI_STD_HEADER_SIZEOF);
	*pos &= ~(*size - 1);
}

static void check_read(u16 pos, u8 size)
{
	EXPECT_EQ(fake_guest_read(&cfg, &dev, pos, size),
		  cfg_oracle_read(&oracle, pos, size));
}

/* The engine's own word about a write, against the oracle's sorts. */
static void check_decision(u16 pos, u8 size, u32 value, bool permissive)
{
	const char *taken = permissive ? ".wcvb" : "wcvb";
	u32 all = size == 4 ? 0xffffffff : (1u << 8 * size) - 1;
	struct pciback_cfg_write write;

	pciback_cfg_decide_write(&cfg, pos, size, value, permissive, &write);
	EXPECT(write.nsteps <= 4);
	EXPECT_EQ(write.refused,
		  all & ~cfg_oracle_bits(&oracle, pos, size, taken));
}

static void check_write(u16 pos, u8 size, u32 value, bool permissive)
{
	u32 kept = cfg_oracle_bits(&oracle, pos, size, permissive ? ".wv" : "wv");
	u32 cleared = cfg_oracle_bits(&oracle, pos, size, "c") & value;
	u32 got;

	check_decision(pos, size, value, permissive);
	fake_guest_write(&cfg, &dev, pos, size, value, permissive);
	cfg_oracle_write(&oracle, pos, size, value, permissive);
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

		random_place(&pos, &size);
		KTAP_ROW("device %u, access %u: %u at %#x, value %#x%s", number,
			 i, size, pos, value, permissive ? ", permissive" : "");
		if (random_below(4) == 0)
			random_event();
		if (random_below(3) == 0)
			check_read(pos, size);
		else
			check_write(pos, size, value, permissive);
	}
	EXPECT_EQ(fake_device_get(&dev, PCI_COMMAND, 2), command);
	EXPECT(!memcmp(bars, &dev.hw[PCI_BASE_ADDRESS_0], sizeof(bars)));
	EXPECT(!memcmp(rom, &dev.hw[PCI_ROM_ADDRESS], sizeof(rom)));
}

static void the_engine_agrees_with_the_oracle(void)
{
	unsigned int i;

	seed_from_argument();
	for (i = 0; i < DEVICES; i++) {
		random_device();
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
		random_device();
		for (size = 1; size <= 4; size *= 2)
			for (pos = 0; pos < cfg.size; pos += size) {
				KTAP_ROW("device %u: %u at %#x", i, size, pos);
				check_read(pos, size);
			}
	}
}

KTAP_ROOM(KTAP_CASE(the_engine_shows_what_the_oracle_does),
	  KTAP_CASE(the_engine_agrees_with_the_oracle));
