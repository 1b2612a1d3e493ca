// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_chain - the two chains of capabilities, as a guest finds them
 *
 * A guest gets a chain of its own: the next pointers are shadows that skip what
 * is hidden. The device's chain is walked twice, first for where capabilities
 * begin, so that none is taken to reach into the next. A device may tie its
 * chain as it likes, and may say something else the second time: a walk takes
 * at most one step for each place a capability can stand at, ends where it
 * meets what it has seen, and lays nothing over what has an owner.
 *
 * Of two capabilities of a kind the PCI core, here and in the guest, uses the
 * first. That one has the policy; the others are shown, and default deny.
 *
 * Pure: reads through the reader, allocates nothing.
 */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_chain.h"
#include "cfg_field.h"
#include "cfg_map.h"
#include "cfg_read.h"

/* Capabilities begin on dwords; a bit for each. */
#define CHAIN_WORDS	(PCI_CFG_SPACE_EXP_SIZE / 4 / 32)

struct chain_places {
	u32 bits[CHAIN_WORDS];
};

static bool chain_has(const struct chain_places *places, u16 pos)
{
	return places->bits[pos / 128] >> (pos / 4 % 32) & 1;
}

/* Returns false if @pos has been marked before. */
static bool chain_mark(struct chain_places *places, u16 pos)
{
	if (chain_has(places, pos))
		return false;
	places->bits[pos / 128] |= 1u << (pos / 4 % 32);
	return true;
}

/* The first place after @pos where a capability begins, or @end. */
static u16 chain_limit(const struct chain_places *places, u16 pos, u16 end)
{
	for (pos += 4; pos < end; pos += 4)
		if (chain_has(places, pos))
			break;
	return pos < end ? pos : end;
}

/* The two kinds of chain. */
struct chain {
	struct pciback_cfg *cfg;
	const struct pciback_cfg_reader *reader;
	bool extended;
	u16 start, end;			/* where capabilities may stand */
	const struct pciback_cfg_field *link_field;
	struct chain_places starts;	/* of the first walk */
	u32 met[256 / 32];		/* kinds, a bit for each that has a policy */

	/* Where the address of the next visible one goes. */
	struct pciback_cfg_reg *link;
};

static const struct pciback_cfg_field chain_next_field = {
	.offset = PCI_CAP_LIST_NEXT, .size = 1, .virt = 0xff,
	.reason = "hidden ones are not in the chain",
};

static const struct pciback_cfg_field chain_extnext_field = {
	.offset = 0, .size = 4, .virt = 0xfff00000,
	.reason = "hidden ones are not in the chain",
};

/* Stands for a hidden capability at the start of the extended chain. */
static const struct pciback_cfg_field chain_extfirst_field = {
	.offset = 0, .size = 4, .virt = 0xffffffff,
	.reason = "the chain begins here, whatever is hidden",
};

/* Reads the header of the capability at @pos. Returns false at the end. */
static bool chain_read(const struct chain *chain, u16 pos, u16 *id, u16 *next)
{
	u32 header;

	if (!chain->extended) {
		*id = pciback_cfg_read8(chain->reader, pos + PCI_CAP_LIST_ID);
		*next = pciback_cfg_read8(chain->reader,
					  pos + PCI_CAP_LIST_NEXT) & ~3;
		return *id != 0xff;
	}
	header = pciback_cfg_read32(chain->reader, pos);
	*id = PCI_EXT_CAP_ID(header);
	*next = PCI_EXT_CAP_NEXT(header);
	return header && header != 0xffffffff;
}

static bool chain_is_place(const struct chain *chain, u16 pos)
{
	return pos >= chain->start && pos < chain->end;
}

static void chain_find_starts(struct chain *chain, u16 pos)
{
	u16 id, next;

	while (chain_is_place(chain, pos) && chain_mark(&chain->starts, pos)) {
		if (!chain_read(chain, pos, &id, &next))
			break;
		pos = next;
	}
}

static u16 chain_length(const struct chain *chain,
			const struct pciback_cfg_table *table, u16 pos)
{
	u16 length, limit = chain_limit(&chain->starts, pos, chain->end) - pos;

	length = table->length ? table->length(chain->reader, pos) : table->size;
	return length < limit ? length : limit;
}

/* Returns true the first time that a kind is met. */
static bool chain_meet(struct chain *chain, u8 kind)
{
	u32 bit = 1u << (kind % 32), *met = &chain->met[kind / 32];
	bool first = !(*met & bit);

	*met |= bit;
	return first;
}

static void chain_lay_fields(struct chain *chain,
			     const struct pciback_cfg_table *table, u16 pos,
			     u16 length)
{
	bool first = chain_meet(chain, table->id);
	u16 i;

	for (i = 0; i < table->count; i++) {
		const struct pciback_cfg_field *field = &table->fields[i];
		struct pciback_cfg_reg *reg;

		if (field->offset + field->size > length ||
		    !(first || field->closed))
			continue;
		reg = pciback_cfg_add(chain->cfg, field, pos + field->offset);
		if (reg && field->from_hw)
			reg->reset = pciback_cfg_read32(chain->reader,
							reg->pos) & field->virt;
	}
}

/* Its kind does not change, nor what its table says does not. */
static void chain_fix(struct chain *chain,
		      const struct pciback_cfg_table *table, u16 pos, u16 length)
{
	u64 bytes = PCIBACK_CFG_BYTES(0, chain->extended ? 4 : 1);

	if (table)
		bytes |= table->fixed;
	if (length < 64)
		bytes &= PCIBACK_CFG_BYTES(0, length);
	pciback_cfg_fix(chain->cfg, chain->reader, pos, bytes);
}

/* Lets the guest's chain go on at @pos. */
static void chain_link(struct chain *chain, struct pciback_cfg_reg *reg, u16 pos)
{
	if (chain->link)
		chain->link->reset |= chain->extended ? (u32)pos << 20 : pos;
	chain->link = reg;
}

/* Returns false where the capability has no room: the chain ends before it. */
static bool chain_show(struct chain *chain,
		       const struct pciback_cfg_table *table, u16 pos)
{
	const struct pciback_cfg_field *field = chain->link_field;
	u16 length = table ? chain_length(chain, table, pos) : 4;
	struct pciback_cfg_reg *reg;

	reg = pciback_cfg_add(chain->cfg, field, pos + field->offset);
	if (!reg)
		return false;
	chain_link(chain, reg, pos);
	if (table)
		chain_lay_fields(chain, table, pos, length);
	chain_fix(chain, table, pos, length);
	return true;
}

static void chain_hide(struct chain *chain,
		       const struct pciback_cfg_table *table, u16 pos)
{
	if (chain->extended && pos == chain->start)
		chain->link = pciback_cfg_add(chain->cfg, &chain_extfirst_field,
					      pos);
	pciback_cfg_hide(chain->cfg, pos,
			 pos + chain_length(chain, table, pos));
}

static void chain_lay(struct chain *chain, u16 pos)
{
	struct chain_places seen = { { 0 } };
	u16 id, next;

	while (chain_is_place(chain, pos) && chain_mark(&seen, pos)) {
		const struct pciback_cfg_table *table;

		if (!chain_read(chain, pos, &id, &next))
			break;
		table = chain->extended ? pciback_cfg_extcap_table(id) :
					  pciback_cfg_cap_table(id);
		if (table && table->hidden)
			chain_hide(chain, table, pos);
		else if (!chain_show(chain, table, pos))
			break;
		pos = next;
	}
}

static void chain_walk_first(struct pciback_cfg *cfg,
			     const struct pciback_cfg_reader *reader)
{
	struct chain chain = {
		.cfg = cfg, .reader = reader,
		.start = PCI_STD_HEADER_SIZEOF,
		.end = cfg->size < PCI_CFG_SPACE_SIZE ? cfg->size : PCI_CFG_SPACE_SIZE,
		.link_field = &chain_next_field,
		.link = pciback_cfg_owner(cfg, PCI_CAPABILITY_LIST),
	};
	u16 first;

	if (!(pciback_cfg_read8(reader, PCI_STATUS) & PCI_STATUS_CAP_LIST))
		return;
	first = pciback_cfg_read8(reader, PCI_CAPABILITY_LIST) & ~3;
	chain_find_starts(&chain, first);
	chain_lay(&chain, first);
}

static void chain_walk_extended(struct pciback_cfg *cfg,
				const struct pciback_cfg_reader *reader)
{
	struct chain chain = {
		.cfg = cfg, .reader = reader, .extended = true,
		.start = PCI_CFG_SPACE_SIZE, .end = cfg->size,
		.link_field = &chain_extnext_field,
	};

	chain_find_starts(&chain, chain.start);
	chain_lay(&chain, chain.start);
}

/* Lays policy over all capabilities that the device owns up to. */
void pciback_cfg_walk(struct pciback_cfg *cfg,
		      const struct pciback_cfg_reader *reader)
{
	chain_walk_first(cfg, reader);
	if (cfg->size > PCI_CFG_SPACE_SIZE)
		chain_walk_extended(cfg, reader);
}
