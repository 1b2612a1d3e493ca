// SPDX-License-Identifier: GPL-2.0
/* cfg_map_check - looks at a map from outside, as a guest and as an auditor */
#include <linux/array_size.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_filter.h"
#include "cfg_map.h"
#include "cfg_map_check.h"

static const char *register_broken(const struct pciback_cfg *cfg, u16 number)
{
	const struct pciback_cfg_reg *reg = &cfg->regs[number];
	const struct pciback_cfg_field *field = reg->field;
	u16 i;

	if (!field || reg->bar >= PCIBACK_CFG_BARS)
		return "a register that is nothing";
	if (reg->pos & (field->size - 1) || reg->pos + field->size > cfg->size)
		return "a register across or beyond";
	for (i = 0; i < field->size; i++)
		if (cfg->owner[reg->pos + i] != number + 1)
			return "a register that does not own its bytes";
	if ((reg->shadow | reg->reset) & ~field->virt)
		return "a shadow where the hardware shows";
	return NULL;
}

/* The header's registers come first, and are all there. */
static const char *header_broken(const struct pciback_cfg *cfg)
{
	const struct pciback_cfg_table *header;
	u16 i;

	header = cfg->is_bridge ? &pciback_cfg_header1 : &pciback_cfg_header0;
	if (cfg->nregs < header->count || cfg->nregs > PCIBACK_CFG_REGS_MAX)
		return "too few registers, or too many";
	for (i = 0; i < cfg->nregs; i++) {
		const struct pciback_cfg_reg *reg = &cfg->regs[i];

		if (i >= header->count && reg->pos < PCI_STD_HEADER_SIZEOF)
			return "a capability in the header";
		if (i < header->count && (reg->field != &header->fields[i] ||
					  reg->pos != reg->field->offset))
			return "a header with something else in it";
	}
	return NULL;
}

static const char *bytes_broken(const struct pciback_cfg *cfg)
{
	unsigned int owned = 0, bytes = 0, i;

	for (i = 0; i < cfg->nregs; i++)
		bytes += cfg->regs[i].field->size;
	for (i = 0; i < PCI_CFG_SPACE_EXP_SIZE; i++) {
		u8 owner = cfg->owner[i];

		if (owner == PCIBACK_CFG_HIDDEN && i < PCI_STD_HEADER_SIZEOF)
			return "a hidden byte in the header";
		if (owner && i >= cfg->size)
			return "an owner beyond the space";
		if (owner > cfg->nregs && owner != PCIBACK_CFG_HIDDEN)
			return "an owner that is none";
		owned += owner && owner != PCIBACK_CFG_HIDDEN;
		if (cfg->quirk[i])
			return "a quirk that nobody asked for";
	}
	return owned == bytes ? NULL : "a byte of nobody's register";
}

/* The bits of a read that are the engine's alone, or -1 if not all @bits are. */
static s64 shadow_bits(struct pciback_cfg *cfg, u16 pos, u8 size, u32 bits)
{
	struct pciback_cfg_read read;

	pciback_cfg_decide_read(cfg, pos, size, &read);
	if (read.hw & bits)
		return -1;
	return read.shadow & bits;
}

/* Adds @pos, whose link is in byte @link. Returns false if it must not be. */
static bool guest_add(struct pciback_cfg *cfg, u16 pos, u16 link, u16 *found,
		      int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (found[i] == pos)
			return false;
	if (pciback_cfg_is_hidden(cfg, link))
		return false;
	found[count] = pos;
	return true;
}

int cfg_map_guest_caps(struct pciback_cfg *cfg, u16 *found, int room)
{
	s64 pos = shadow_bits(cfg, PCI_CAPABILITY_LIST, 1, 0xff);
	int count = 0;

	while (pos) {
		if (pos < PCI_STD_HEADER_SIZEOF || pos & 3 || count == room ||
		    !guest_add(cfg, pos, pos + PCI_CAP_LIST_NEXT, found, count))
			return -1;
		count++;
		pos = shadow_bits(cfg, pos + PCI_CAP_LIST_NEXT, 1, 0xff);
	}
	return count;
}

/* Where nobody owns the first header, the device said that there is no list. */
int cfg_map_guest_extcaps(struct pciback_cfg *cfg, u16 *found, int room)
{
	s64 pos = PCI_CFG_SPACE_SIZE;
	int count = 0;

	if (cfg->size == PCI_CFG_SPACE_SIZE || !pciback_cfg_owner(cfg, pos))
		return 0;
	while (pos) {
		if (pos < PCI_CFG_SPACE_SIZE || pos >= cfg->size || pos & 3 ||
		    count == room || !guest_add(cfg, pos, pos, found, count))
			return -1;
		count++;
		pos = shadow_bits(cfg, pos, 4, 0xfff00000);
		if (pos >= 0)
			pos >>= 20;
	}
	return count;
}

const char *cfg_map_broken(struct pciback_cfg *cfg)
{
	u16 found[(PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 4];
	const char *broken = header_broken(cfg);
	int room = ARRAY_SIZE(found);
	u16 i;

	for (i = 0; !broken && i < cfg->nregs; i++)
		broken = register_broken(cfg, i);
	if (!broken)
		broken = bytes_broken(cfg);
	if (!broken && cfg_map_guest_caps(cfg, found, room) < 0)
		broken = "a list that leads astray";
	if (!broken && cfg_map_guest_extcaps(cfg, found, room) < 0)
		broken = "an extended list that leads astray";
	return broken;
}
