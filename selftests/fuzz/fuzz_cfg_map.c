// SPDX-License-Identifier: GPL-2.0
/*
 * A hostile device: its space comes from the input, or worse, each byte of it
 * changes with every look. Whatever it is, the map keeps its invariants.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_map.h"
#include "fuzz.h"

/* Status, the list's head, and two bytes at each of 48 places. */
#define READS_MAX	(2 + 2 * 48)

struct hostile {
	struct pciback_cfg_reader reader;
	struct fuzz_input in;
	bool changes;
	u8 space[PCI_CFG_SPACE_SIZE];
	unsigned int reads;
};

static u8 hostile_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	/* The reader is its first member. */
	struct hostile *device = (struct hostile *)reader;

	device->reads++;
	ORACLE(pos < PCI_CFG_SPACE_SIZE);
	return device->changes ? fuzz_u8(&device->in) : device->space[pos];
}

static void hostile_fill(struct hostile *device)
{
	size_t i;

	for (i = 0; i < sizeof(device->space); i++)
		device->space[i] = fuzz_u8(&device->in);
}

/* The host's own view of a region is sound; its sizes are powers of two. */
static void fuzz_region(struct fuzz_input *in, struct pciback_region *region)
{
	u8 sort = fuzz_u8(in);

	if (!(sort & 3))
		return;
	region->size = 1ull << (sort & 0x3f);
	region->start = ((u64)fuzz_u32(in) << 16 | fuzz_u16(in)) & -region->size;
	region->flags = sort >> 6;
	region->is_64bit = sort & 4;
}

static void check_register(const struct pciback_cfg *cfg, u16 number)
{
	const struct pciback_cfg_reg *reg = &cfg->regs[number];
	const struct pciback_cfg_field *field = reg->field;
	u16 i;

	ORACLE(field && reg->bar < PCIBACK_CFG_BARS);
	ORACLE(!(reg->pos & (field->size - 1)));
	for (i = 0; i < field->size; i++)
		ORACLE(cfg->owner[reg->pos + i] == number + 1);
	if (number < pciback_cfg_header0.count) {
		ORACLE(field == &pciback_cfg_header0.fields[number]);
		ORACLE(reg->pos == field->offset);
		return;
	}
	ORACLE(reg->pos - field->offset >= PCI_STD_HEADER_SIZEOF);
	ORACLE(!((reg->pos - field->offset) & 3));
	ORACLE(reg->pos + field->size <= PCI_CFG_SPACE_SIZE);
}

static void check_map(const struct pciback_cfg *cfg)
{
	unsigned int owned = 0, bytes = 0, i;

	ORACLE(cfg->nregs >= pciback_cfg_header0.count);
	ORACLE(cfg->nregs <= PCIBACK_CFG_REGS_MAX);
	for (i = 0; i < cfg->nregs; i++) {
		check_register(cfg, i);
		bytes += cfg->regs[i].field->size;
	}
	for (i = 0; i < PCI_CFG_SPACE_EXP_SIZE; i++)
		owned += !!cfg->owner[i];
	ORACLE(owned == bytes);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static struct pciback_cfg cfg;
	struct hostile device = {
		.reader = { hostile_read }, .in = { data, data + size },
	};
	struct pciback_cfg_facts facts = { .vendor = 0x8086, .device = 0x10d3 };
	u8 flags = fuzz_u8(&device.in);
	unsigned int i;

	device.changes = flags & 1;
	facts.size = flags & 2 ? PCI_CFG_SPACE_EXP_SIZE : PCI_CFG_SPACE_SIZE;
	for (i = 0; flags & 4 && i < PCIBACK_CFG_BARS; i++)
		fuzz_region(&device.in, &facts.regions[i]);
	if (!device.changes)
		hostile_fill(&device);

	memset(&cfg, 0xa5, sizeof(cfg));
	ORACLE(!pciback_cfg_build(&cfg, &facts, &device.reader));
	ORACLE(device.reads <= READS_MAX);
	check_map(&cfg);
	return 0;
}
