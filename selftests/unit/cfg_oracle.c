// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_oracle - pictures of registers, and a space made of them
 *
 * The sorts of bits:
 *	.	in no register that is known: shows the hardware, and is written
 *		only by a permissive guest
 *	r	shows the hardware, is never written
 *	w	shows the hardware, written as the guest writes it
 *	c	shows the hardware, cleared where the guest writes 1
 *	s	shows what the host says, is never written
 *	v	shows what the guest wrote last, which goes nowhere else
 *	b	of a base address: shows its place or its size
 */
#include <linux/array_size.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_oracle.h"

struct picture {
	u16 offset;
	const char *bits;	/* highest first, spaces for the eye */
};

static const struct picture header[] = {
	/* Vendor and device */
	{ 0x00, "ssssssss ssssssss" },
	{ 0x02, "ssssssss ssssssss" },
	/*
	 * Command: 10 interrupt disable, 8 SERR#, 6 parity response, 4 memory
	 * write and invalidate, 2 bus master, 1 memory space, 0 I/O space.
	 * Not for a guest: 9 fast back-to-back, 5 VGA snoop, 3 special cycles.
	 */
	{ 0x04, "sssssvsv svsvsvvv" },
	/* Status: 15-11 and 8 are errors, cleared by writing 1. */
	{ 0x06, "cccccrrc rrrrrrrr" },
	/* Cache line size, latency timer, BIST (6: start) */
	{ 0x0c, "wwwwwwww" },
	{ 0x0d, "vvvvvvvv" },
	{ 0x0f, "rwrrrrrr" },
	/* Base addresses and the ROM's */
	{ 0x10, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x14, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x18, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x1c, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x20, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x24, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	{ 0x30, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb" },
	/* Interrupt line */
	{ 0x3c, "ssssssss" },
	{ 0, NULL },
};

static const struct picture power_management[] = {
	/* Capabilities: 15-11 say from which states PME# can come. */
	{ 2, "sssssrrr rrrrrrrr" },
	/*
	 * Control and status: 15 PME status, 14-13 data scale, 12-9 data
	 * select, 8 PME enable, 3 no soft reset, 1-0 power state.
	 */
	{ 4, "crrwwwws rrrrrrww" },
	{ 0, NULL },
};

/* Message control, of MSI and MSI-X alike. */
static const struct picture message_control[] = {
	{ 2, "rrrrrrrr rrrrrrrr" },
	{ 0, NULL },
};

/* The capabilities that are known, and how long they are at least. */
static const struct {
	u8 id;
	u8 length;
	const struct picture *pictures;
} capabilities[] = {
	{ 0x01, 8, power_management },
	{ 0x05, 10, message_control },
	{ 0x11, 12, message_control },
};

static unsigned int picture_width(const char *bits)
{
	unsigned int width = 0;

	for (; *bits; bits++)
		width += *bits != ' ';
	return width;
}

/* Lays one register, unless some byte of it is another's already. */
static void oracle_lay(struct cfg_oracle *oracle, u16 pos, const char *bits)
{
	unsigned int width = picture_width(bits), bit;

	for (bit = 0; bit < width; bit++)
		if (oracle->sort[pos + bit / 8][bit % 8] != '.')
			return;
	for (bit = width; *bits; bits++)
		if (*bits != ' ') {
			bit--;
			oracle->sort[pos + bit / 8][bit % 8] = *bits;
		}
}

static void oracle_lay_all(struct cfg_oracle *oracle, u16 base,
			   const struct picture *picture)
{
	for (; picture->bits; picture++)
		oracle_lay(oracle, base + picture->offset, picture->bits);
}

static void oracle_lay_capability(struct cfg_oracle *oracle, u16 pos, u8 id)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(capabilities); i++)
		if (capabilities[i].id == id && pos + capabilities[i].length <= 256)
			oracle_lay_all(oracle, pos, capabilities[i].pictures);
}

/* The list in the device's own space: each place counts once. */
static void oracle_walk(struct cfg_oracle *oracle)
{
	bool seen[256] = { false };
	u8 pos = oracle->hw[0x34] & 0xfc;

	if (!(oracle->hw[0x06] & 0x10))
		return;
	while (pos >= 0x40 && !seen[pos] && oracle->hw[pos] != 0xff) {
		seen[pos] = true;
		oracle_lay_capability(oracle, pos, oracle->hw[pos]);
		pos = oracle->hw[pos + 1] & 0xfc;
	}
}

/* One register, from bit @shift of the address, which begins at bit @lowest. */
static void oracle_bar(struct cfg_oracle_bar *bar,
		       const struct pciback_region *region, unsigned int shift,
		       unsigned int lowest, u32 flags)
{
	unsigned int bit;

	memset(bar, 0, sizeof(*bar));
	if (!region->size)
		return;
	for (bit = lowest; bit < 32; bit++) {
		bar->address |= 1u << bit;
		if (region->start >> shift >> bit & 1)
			bar->place |= 1u << bit;
		/* A region of 2^n bytes leaves the n lowest bits at 0. */
		if (!((region->size - 1) >> shift >> bit & 1))
			bar->sized |= 1u << bit;
	}
	bar->place |= flags;
	bar->sized |= flags;
}

static void oracle_bars(struct cfg_oracle *oracle,
			const struct pciback_region *regions)
{
	unsigned int i;

	for (i = 0; i < 6; i++) {
		const struct pciback_region *region = &regions[i];

		oracle_bar(&oracle->bars[i], region, 0,
			   region->flags & 1 ? 2 : 4, region->flags);
		if (region->is_64bit && i < 5)
			oracle_bar(&oracle->bars[++i], region, 32, 0, 0);
	}
	oracle_bar(&oracle->bars[6], &regions[6], 0, 11, 0);
}

void cfg_oracle_build(struct cfg_oracle *oracle,
		      const struct pciback_cfg_facts *facts, const u8 *hw)
{
	memset(oracle, 0, sizeof(*oracle));
	memset(oracle->sort, '.', sizeof(oracle->sort));
	memcpy(oracle->hw, hw, sizeof(oracle->hw));
	oracle->size = facts->size;
	oracle_lay_all(oracle, 0, header);
	oracle_walk(oracle);
	oracle_bars(oracle, facts->regions);
	oracle->shadow[0x00] = facts->vendor & 0xff;
	oracle->shadow[0x01] = facts->vendor >> 8;
	oracle->shadow[0x02] = facts->device & 0xff;
	oracle->shadow[0x03] = facts->device >> 8;
	oracle->shadow[0x3c] = facts->irq_line;
}

static unsigned int bar_number(u16 pos)
{
	return pos >= 0x30 ? 6 : (pos - 0x10) / 4;
}

static bool oracle_read_bit(const struct cfg_oracle *oracle, u16 pos,
			    unsigned int bit)
{
	const struct cfg_oracle_bar *bar;
	u32 shown;

	switch (oracle->sort[pos][bit]) {
	case 's':
	case 'v':
		return oracle->shadow[pos] >> bit & 1;
	case 'b':
		bar = &oracle->bars[bar_number(pos)];
		shown = bar->sizing >> (pos & 3) & 1 ? bar->sized : bar->place;
		return shown >> (8 * (pos & 3) + bit) & 1;
	default:
		return oracle->hw[pos] >> bit & 1;
	}
}

u32 cfg_oracle_read(const struct cfg_oracle *oracle, u16 pos, u8 size)
{
	unsigned int bit;
	u32 value = 0;

	for (bit = 0; bit < 8u * size; bit++)
		if (oracle_read_bit(oracle, pos + bit / 8, bit % 8))
			value |= 1u << bit;
	return value;
}

static void assign_bit(u8 *byte, unsigned int bit, bool value)
{
	*byte = (*byte & ~(1u << bit)) | value << bit;
}

static void oracle_write_bit(struct cfg_oracle *oracle, u16 pos,
			     unsigned int bit, bool value, bool permissive)
{
	switch (oracle->sort[pos][bit]) {
	case '.':
		if (permissive)
			assign_bit(&oracle->hw[pos], bit, value);
		break;
	case 'w':
		assign_bit(&oracle->hw[pos], bit, value);
		break;
	case 'c':
		if (value)
			assign_bit(&oracle->hw[pos], bit, false);
		break;
	case 'v':
		assign_bit(&oracle->shadow[pos], bit, value);
		break;
	}
}

/* A byte is being sized while ones are in all its bits of the address. */
static void oracle_write_bar(struct cfg_oracle *oracle, u16 pos, u8 value)
{
	struct cfg_oracle_bar *bar = &oracle->bars[bar_number(pos)];
	u8 address = bar->address >> 8 * (pos & 3);

	assign_bit(&bar->sizing, pos & 3,
		   address && (value & address) == address);
}

void cfg_oracle_write(struct cfg_oracle *oracle, u16 pos, u8 size, u32 value,
		      bool permissive)
{
	unsigned int bit;
	u8 i;

	for (i = 0; i < size; i++) {
		u8 byte = value >> 8 * i;

		for (bit = 0; bit < 8; bit++)
			oracle_write_bit(oracle, pos + i, bit, byte >> bit & 1,
					 permissive);
		if (oracle->sort[pos + i][0] == 'b')
			oracle_write_bar(oracle, pos + i, byte);
	}
}

u32 cfg_oracle_bits(const struct cfg_oracle *oracle, u16 pos, u8 size,
		    const char *sorts)
{
	unsigned int bit;
	u32 bits = 0;

	for (bit = 0; bit < 8u * size; bit++)
		if (strchr(sorts, oracle->sort[pos + bit / 8][bit % 8]))
			bits |= 1u << bit;
	return bits;
}
