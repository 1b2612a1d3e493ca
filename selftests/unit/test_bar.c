// SPDX-License-Identifier: GPL-2.0
/* What base address registers show, and how they answer to being sized. */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "bar.h"
#include "ktap.h"

enum part { LOWER, UPPER, ROM };

/* A register and what it must show, both worked out by hand. */
struct row {
	const char *name;
	struct pciback_region region;
	enum part part;
	u32 value;
	u32 sized;
};

static const struct row rows[] = {
	{ "io, 4 bytes", { 0xc004, 4, 1, false }, LOWER, 0xc005, 0xfffffffd },
	{ "io, 32 bytes", { 0xc020, 0x20, 1, false }, LOWER, 0xc021, 0xffffffe1 },
	{ "io, 256 bytes", { 0xff00, 0x100, 1, false }, LOWER,
	  0xff01, 0xffffff01 },
	{ "mem, 16 bytes", { 0xfe000010, 0x10, 0, false }, LOWER,
	  0xfe000010, 0xfffffff0 },
	{ "mem, 128 KiB", { 0xfebc0000, 0x20000, 0, false }, LOWER,
	  0xfebc0000, 0xfffe0000 },
	{ "mem, prefetchable", { 0xe0000000, 0x10000000, 8, false }, LOWER,
	  0xe0000008, 0xf0000008 },
	{ "mem, 2 GiB", { 0x80000000, 0x80000000, 0, false }, LOWER,
	  0x80000000, 0x80000000 },
	{ "mem, top of 4 GiB", { 0xffff0000, 0x10000, 0, false }, LOWER,
	  0xffff0000, 0xffff0000 },
	{ "mem64, 16 KiB, lower", { 0x380fe0004000, 0x4000, 4, true }, LOWER,
	  0xe0004004, 0xffffc004 },
	{ "mem64, 16 KiB, upper", { 0x380fe0004000, 0x4000, 4, true }, UPPER,
	  0x0000380f, 0xffffffff },
	{ "mem64, 8 GiB, lower", { 0x4200000000, 0x200000000, 0xc, true }, LOWER,
	  0x0000000c, 0x0000000c },
	{ "mem64, 8 GiB, upper", { 0x4200000000, 0x200000000, 0xc, true }, UPPER,
	  0x00000042, 0xfffffffe },
	{ "mem64, 4 GiB, lower", { 0x100000000, 0x100000000, 0xc, true }, LOWER,
	  0x0000000c, 0x0000000c },
	{ "mem64, 4 GiB, upper", { 0x100000000, 0x100000000, 0xc, true }, UPPER,
	  0x00000001, 0xffffffff },
	{ "rom, 256 KiB", { 0xfeb80000, 0x40000, 0, false }, ROM,
	  0xfeb80000, 0xfffc0000 },
	{ "rom, 2 KiB", { 0xfeb80800, 0x800, 0, false }, ROM,
	  0xfeb80800, 0xfffff800 },
	{ "rom, flags", { 0xfeb80000, 0x10000, 1, false }, ROM,
	  0xfeb80000, 0xffff0000 },
	{ "none", { 0, 0, 0, false }, LOWER, 0, 0 },
	{ "none, with leftovers", { 0xfe000000, 0, 8, false }, LOWER, 0, 0 },
	{ "none, upper", { 0xfe00000000, 0, 4, true }, UPPER, 0, 0 },
	{ "no rom", { 0xfe000000, 0, 1, false }, ROM, 0, 0 },
};

static struct pciback_bar bar_of(const struct row *row)
{
	struct pciback_bar bar;

	if (row->part == ROM)
		pciback_bar_init_rom(&bar, &row->region);
	else
		pciback_bar_init(&bar, &row->region, row->part == UPPER);
	return bar;
}

/* A write of @size bytes at byte @at of the register. */
static void poke(struct pciback_bar *bar, unsigned int at, unsigned int size,
		 u32 value)
{
	u32 lanes = size == 4 ? 0xffffffff : ((1u << 8 * size) - 1) << 8 * at;

	pciback_bar_write(bar, value << 8 * at, lanes);
}

static u8 byte_of(u32 value, unsigned int at)
{
	return value >> 8 * at;
}

static void shows_its_place(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_bar bar = bar_of(&rows[i]);

		KTAP_ROW("%s", rows[i].name);
		EXPECT_EQ(pciback_bar_read(&bar), rows[i].value);
	}
}

static void sizes_in_one_write(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_bar bar = bar_of(&rows[i]);

		KTAP_ROW("%s", rows[i].name);
		poke(&bar, 0, 4, 0xffffffff);
		EXPECT_EQ(pciback_bar_read(&bar), rows[i].sized);
		poke(&bar, 0, 4, rows[i].value);
		EXPECT_EQ(pciback_bar_read(&bar), rows[i].value);
	}
}

/* Some drivers leave the flags out of what they write. */
static void sizes_by_address_bits_alone(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_bar bar = bar_of(&rows[i]);
		u32 ones = rows[i].part == ROM ? (u32)PCI_ROM_ADDRESS_MASK :
			   rows[i].part == UPPER ? 0xffffffff :
			   rows[i].region.flags & 1 ? 0xfffffffc : 0xfffffff0;

		KTAP_ROW("%s", rows[i].name);
		poke(&bar, 0, 4, ones);
		EXPECT_EQ(pciback_bar_read(&bar), rows[i].sized);
	}
}

static void sizes_in_two_writes(void)
{
	unsigned int i, first;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (first = 0; first <= 2; first += 2) {
			struct pciback_bar bar = bar_of(&rows[i]);
			u32 half = first ? 0xffff0000 : 0x0000ffff;

			KTAP_ROW("%s, first %u", rows[i].name, first);
			poke(&bar, first, 2, 0xffff);
			EXPECT_EQ(pciback_bar_read(&bar),
				  (rows[i].sized & half) |
				  (rows[i].value & ~half));
			poke(&bar, 2 - first, 2, 0xffff);
			EXPECT_EQ(pciback_bar_read(&bar), rows[i].sized);
			poke(&bar, 0, 2, rows[i].value & 0xffff);
			poke(&bar, 2, 2, rows[i].value >> 16);
			EXPECT_EQ(pciback_bar_read(&bar), rows[i].value);
		}
	}
}

/* All 24 orders of four bytes; what was not written yet shows its place. */
static void sizes_in_four_writes_of_any_order(void)
{
	unsigned int i, order, step;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (order = 0; order < 256; order++) {
			struct pciback_bar bar = bar_of(&rows[i]);
			u32 done = 0;

			for (step = 0; step < 4; step++)
				done |= 1u << (order >> 2 * step & 3);
			if (done != 0xf)
				continue;

			KTAP_ROW("%s, order %#x", rows[i].name, order);
			for (done = 0, step = 0; step < 4; step++) {
				unsigned int at = order >> 2 * step & 3;

				poke(&bar, at, 1, 0xff);
				done |= 0xffu << 8 * at;
				EXPECT_EQ(pciback_bar_read(&bar),
					  (rows[i].sized & done) |
					  (rows[i].value & ~done));
			}
			for (step = 0; step < 4; step++) {
				unsigned int at = order >> 2 * step & 3;

				poke(&bar, at, 1, byte_of(rows[i].value, at));
			}
			EXPECT_EQ(pciback_bar_read(&bar), rows[i].value);
		}
	}
}

/* Anything but ones in all address bits of a byte is no sizing. */
static void cannot_be_moved(void)
{
	static const u32 writes[] = {
		0, 1, 0x12345678, 0xfefefefe, 0x7f7f7f7f, 0xe0e0e0e0, 0x80000000,
	};
	unsigned int i, w;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (w = 0; w < ARRAY_SIZE(writes); w++) {
			struct pciback_bar bar = bar_of(&rows[i]);
			u32 value = writes[w];

			KTAP_ROW("%s, %#x", rows[i].name, value);
			/* The lowest byte of memory holds four address bits. */
			if ((value & 0xf0) == 0xf0 || rows[i].part == ROM)
				value &= 0x7f7f7f7f;
			poke(&bar, 0, 4, value);
			EXPECT_EQ(pciback_bar_read(&bar), rows[i].value);
		}
	}
}

static void flag_bits_stay_while_sizing(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_bar bar = bar_of(&rows[i]);
		u32 flags = rows[i].part == LOWER ? rows[i].value & 0xf : 0;

		if (rows[i].part != LOWER || rows[i].region.flags & 1)
			continue;
		KTAP_ROW("%s", rows[i].name);
		poke(&bar, 0, 1, 0xff);
		EXPECT_EQ(pciback_bar_read(&bar) & 0xf, flags);
		poke(&bar, 0, 1, 0);
		EXPECT_EQ(pciback_bar_read(&bar) & 0xf, flags);
	}
}

/* The enable bit is nobody's: setting it neither shows nor ends sizing. */
static void rom_enable_is_ignored(void)
{
	static const struct row rom = {
		.region = { 0xfeb80000, 0x40000, 0, false }, .part = ROM,
	};
	struct pciback_bar bar = bar_of(&rom);

	poke(&bar, 0, 4, 0xfeb80000 | PCI_ROM_ADDRESS_ENABLE);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfeb80000);
	poke(&bar, 0, 4, 0xfffffffe);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfffc0000);
	poke(&bar, 0, 1, PCI_ROM_ADDRESS_ENABLE);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfffc0000);
}

/* Lanes not written keep what they were doing. */
static void writes_touch_their_lanes_only(void)
{
	static const struct row mem = {
		.region = { 0xfebc0000, 0x20000, 0, false },
	};
	struct pciback_bar bar = bar_of(&mem);

	pciback_bar_write(&bar, 0xffffffff, 0);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfebc0000);
	pciback_bar_write(&bar, 0xffffffff, 0x00ff0000);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfefe0000);
	pciback_bar_write(&bar, 0, 0xff00ffff);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfefe0000);
	pciback_bar_write(&bar, 0, 0x00ff0000);
	EXPECT_EQ(pciback_bar_read(&bar), 0xfebc0000);
}

KTAP_ROOM(KTAP_CASE(shows_its_place),
	  KTAP_CASE(sizes_in_one_write),
	  KTAP_CASE(sizes_by_address_bits_alone),
	  KTAP_CASE(sizes_in_two_writes),
	  KTAP_CASE(sizes_in_four_writes_of_any_order),
	  KTAP_CASE(cannot_be_moved),
	  KTAP_CASE(flag_bits_stay_while_sizing),
	  KTAP_CASE(rom_enable_is_ignored),
	  KTAP_CASE(writes_touch_their_lanes_only));
