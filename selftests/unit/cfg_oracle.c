// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_oracle - a space made of pictures, and what becomes of accesses to it
 */
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_oracle.h"
#include "cfg_picture.h"

u8 cfg_oracle_byte(const struct cfg_oracle *oracle, u16 pos)
{
	return pos < oracle->size ? oracle->hw[pos] : 0xff;
}

static unsigned int picture_width(const char *bits)
{
	unsigned int width = 0;

	for (; *bits; bits++)
		width += *bits != ' ';
	return width;
}

static void assign_bit(u8 *byte, unsigned int bit, bool value)
{
	*byte = (*byte & ~(1u << bit)) | value << bit;
}

static void oracle_lay_bit(struct cfg_oracle *oracle, u16 pos, unsigned int bit,
			   char sort)
{
	if (sort == 'V') {
		assign_bit(&oracle->shadow[pos], bit, oracle->hw[pos] >> bit & 1);
		sort = 'v';
	}
	oracle->sort[pos][bit] = sort;
}

static void oracle_lay(struct cfg_oracle *oracle, u16 pos,
		       const struct cfg_picture *picture)
{
	unsigned int width = picture_width(picture->bits), bit = width;
	const char *bits;

	for (bits = picture->bits; *bits; bits++)
		if (*bits != ' ') {
			bit--;
			oracle_lay_bit(oracle, pos + bit / 8, bit % 8, *bits);
		}
	memset(&oracle->quiet[pos], picture->quiet, width / 8);
	memset(&oracle->closed[pos], picture->action || picture->closed,
	       width / 8);
	memset(&oracle->action[pos], picture->action, width / 8);
}

static u16 picture_end(u16 base, const struct cfg_picture *picture)
{
	return base + picture->offset + picture_width(picture->bits) / 8;
}

void cfg_oracle_lay(struct cfg_oracle *oracle, u16 base, u16 end,
		    const struct cfg_picture *picture)
{
	for (; picture && picture->bits; picture++)
		if (picture_end(base, picture) <= end)
			oracle_lay(oracle, base + picture->offset, picture);
}

void cfg_oracle_lay_closed(struct cfg_oracle *oracle, u16 base, u16 end,
			   const struct cfg_picture *picture)
{
	for (; picture && picture->bits; picture++)
		if (picture->closed && picture_end(base, picture) <= end)
			oracle_lay(oracle, base + picture->offset, picture);
}

void cfg_oracle_lay_constant(struct cfg_oracle *oracle, u16 base, u16 end,
			     const char *constant)
{
	for (; constant && *constant && base < end; constant++) {
		if (*constant == ' ')
			continue;
		if (*constant == 'k')
			oracle->constant[base] = true;
		base++;
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
			const struct pciback_region *regions, bool is_bridge)
{
	u16 rom = is_bridge ? 0x38 : 0x30;
	unsigned int i, count = is_bridge ? 2 : 6;

	for (i = 0; i < count; i++) {
		const struct pciback_region *region = &regions[i];

		oracle_bar(&oracle->bars[i], region, 0,
			   region->flags & 1 ? 2 : 4, region->flags);
		if (region->is_64bit && i + 1 < count)
			oracle_bar(&oracle->bars[++i], region, 32, 0, 0);
	}
	oracle_bar(&oracle->bars[6], &regions[6], 0, 11, 0);
	/* What is not there cannot be switched on. */
	if (!regions[6].size)
		oracle->sort[rom][0] = 'b';
}

void cfg_oracle_build(struct cfg_oracle *oracle,
		      const struct pciback_cfg_facts *facts, const u8 *hw)
{
	memset(oracle, 0, sizeof(*oracle));
	memset(oracle->sort, '.', sizeof(oracle->sort));
	memcpy(oracle->hw, hw, sizeof(oracle->hw));
	oracle->size = facts->size;
	oracle->is_bridge = facts->is_bridge;
	cfg_oracle_lay(oracle, 0, 0x40, facts->is_bridge ? cfg_picture_header1 :
							   cfg_picture_header0);
	if (!facts->is_bridge)
		cfg_oracle_lay_constant(oracle, 0, 0x40, cfg_constant_header0);
	cfg_oracle_walk(oracle);
	oracle_bars(oracle, facts->regions, facts->is_bridge);
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
	case 'x':
		return false;
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

/* May the guest write a bit that is closed to most? */
static bool oracle_is_open(const struct cfg_oracle *oracle, u16 pos,
			   unsigned int bit, bool permissive)
{
	return permissive || oracle->opened[pos] >> bit & 1;
}

static void oracle_write_bit(struct cfg_oracle *oracle, u16 pos,
			     unsigned int bit, bool value, bool permissive)
{
	switch (oracle->sort[pos][bit]) {
	case '.':
	case 'r':
		if (oracle_is_open(oracle, pos, bit, permissive))
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
		if (oracle->sort[pos + i][7] == 'b')
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

u32 cfg_oracle_asked(const struct cfg_oracle *oracle, u16 pos, u8 size)
{
	u32 bits = cfg_oracle_bits(oracle, pos, size, ".rwch");
	u8 i;

	for (i = 0; i < size; i++)
		if (oracle->constant[pos + i])
			bits &= ~(0xffu << 8 * i);
	return bits;
}

void cfg_oracle_mark(const struct cfg_oracle *oracle, char sort, u8 *bytes)
{
	unsigned int pos, bit;

	for (pos = 0; pos < oracle->size; pos++) {
		bytes[pos] = 0;
		for (bit = 0; bit < 8; bit++)
			bytes[pos] |= (oracle->sort[pos][bit] == sort) << bit;
	}
}

u32 cfg_oracle_opened(const struct cfg_oracle *oracle, u16 pos, u8 size,
		      bool permissive)
{
	u32 closed = cfg_oracle_bits(oracle, pos, size, CFG_ORACLE_CLOSED);
	u32 bits = 0;
	u8 i;

	if (permissive)
		return closed;
	for (i = 0; i < size; i++)
		bits |= (u32)oracle->opened[pos + i] << 8 * i;
	return closed & bits;
}

u32 cfg_oracle_refused(const struct cfg_oracle *oracle, u16 pos, u8 size,
		       bool permissive)
{
	u32 bits = cfg_oracle_bits(oracle, pos, size, "rsh.");
	u8 i;

	bits &= ~cfg_oracle_opened(oracle, pos, size, permissive);
	for (i = 0; i < size; i++) {
		if (oracle->quiet[pos + i])
			bits &= ~(0xffu << 8 * i);
		/* What a guest may start is started, if not by its bit. */
		if (oracle->action[pos + i])
			bits &= ~(cfg_oracle_bits(oracle, pos + i, 1, "h") << 8 * i);
	}
	return bits;
}

/* Only what shows the hardware, and does nothing when it is written. */
int cfg_oracle_quirk(struct cfg_oracle *oracle,
		     const struct pciback_quirk *quirk)
{
	u16 pos = quirk->reg;
	u8 i;

	if (pos + quirk->size > oracle->size)
		return -EINVAL;
	if (oracle->is_bridge)
		return -EPERM;
	for (i = 0; i < quirk->size; i++)
		if (quirk->mask >> 8 * i & 0xff && oracle->closed[pos + i])
			return -EPERM;
	if (cfg_oracle_bits(oracle, pos, quirk->size, "svb") & quirk->mask)
		return -EPERM;
	/* Hidden bytes are that as a whole, as are base addresses. */
	for (i = 0; i < quirk->size; i++)
		if (quirk->mask >> 8 * i & 0xff &&
		    cfg_oracle_bits(oracle, pos + i, 1, "xb"))
			return -EPERM;
	for (i = 0; i < quirk->size; i++)
		oracle->opened[pos + i] |= quirk->mask >> 8 * i;
	return 0;
}
