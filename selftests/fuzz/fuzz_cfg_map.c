// SPDX-License-Identifier: GPL-2.0
/*
 * A hostile device: its space comes from the input, or worse, each byte of it
 * changes with every look. Whatever it is, the map keeps its invariants, a guest
 * that follows the lists comes to an end, and a device that at least stays the
 * same is shown as the oracle shows it.
 *
 * The input: flags, the host's regions, then the first 256 bytes of the space and
 * dwords with their places, or the answers one by one.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_build.h"
#include "cfg_map.h"
#include "cfg_map_check.h"
#include "cfg_oracle.h"
#include "fuzz.h"

struct hostile {
	struct pciback_cfg_reader reader;
	struct fuzz_input in;
	bool changes;
	u8 space[PCI_CFG_SPACE_EXP_SIZE];
	unsigned int reads;
};

static struct hostile device;
static struct pciback_cfg cfg;

static u8 hostile_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	device.reads++;
	ORACLE(pos < reader->size);
	return device.changes ? fuzz_u8(&device.in) : device.space[pos];
}

static void hostile_fill(void)
{
	size_t i;

	/* What no place is given for is not 0: hidden bytes must tell. */
	memset(device.space, 0xa5, sizeof(device.space));
	for (i = 0; i < PCI_CFG_SPACE_SIZE; i++)
		device.space[i] = fuzz_u8(&device.in);
	while (fuzz_has_more(&device.in)) {
		u16 pos = fuzz_u16(&device.in) & (PCI_CFG_SPACE_EXP_SIZE - 4);
		u32 value = fuzz_u32(&device.in);

		for (i = 0; i < 4; i++)
			device.space[pos + i] = value >> 8 * i;
	}
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

static void fuzz_facts(struct pciback_cfg_facts *facts, u8 flags)
{
	unsigned int i;

	*facts = (struct pciback_cfg_facts){
		.vendor = 0x8086, .device = 0x10d3,
		.is_bridge = flags & 8,
		.size = flags & 2 ? PCI_CFG_SPACE_EXP_SIZE : PCI_CFG_SPACE_SIZE,
	};
	for (i = 0; flags & 4 && i < PCIBACK_CFG_ROM_BAR; i++)
		fuzz_region(&device.in, &facts->regions[i]);
	/* A ROM is not smaller than the bits of its register. */
	if (flags & 4) {
		struct pciback_region *rom = &facts->regions[PCIBACK_CFG_ROM_BAR];

		rom->size = fuzz_u8(&device.in) & 1 ? 0x800 : 0;
		rom->start = rom->size ? fuzz_u32(&device.in) & ~0x7ff : 0;
	}
}

static u32 hostile_dword(u16 pos)
{
	u32 value = 0;
	u8 i = 4;

	while (i--)
		value = value << 8 | device.space[pos + i];
	return value;
}

/* Where registers have run out, the oracle, which has enough, knows better. */
static void check_against_oracle(const struct pciback_cfg_facts *facts)
{
	static struct cfg_oracle oracle;
	unsigned int pos;

	if (cfg.nregs == PCIBACK_CFG_REGS_MAX)
		return;
	cfg_oracle_build(&oracle, facts, device.space);
	for (pos = 0; pos < cfg.size; pos += 4) {
		struct pciback_cfg_read read;

		pciback_cfg_decide_read(&cfg, pos, 4, &read);
		ORACLE(!(read.hw & read.shadow));
		ORACLE(((hostile_dword(pos) & read.hw) | read.shadow) ==
		       cfg_oracle_read(&oracle, pos, 4));
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct pciback_cfg_facts facts;
	const char *broken;
	u8 flags;

	memset(&device, 0, sizeof(device));
	device.in = (struct fuzz_input){ data, data + size };
	flags = fuzz_u8(&device.in);
	device.changes = flags & 1;
	fuzz_facts(&facts, flags);
	device.reader.read = hostile_read;
	device.reader.size = facts.size;
	if (!device.changes)
		hostile_fill();

	memset(&cfg, 0xa5, sizeof(cfg));
	ORACLE(!pciback_cfg_build(&cfg, &facts, &device.reader));
	ORACLE(device.reads <= CFG_MAP_READS_MAX);
	broken = cfg_map_broken(&cfg);
	if (broken)
		fprintf(stderr, "oracle: %s\n", broken);
	ORACLE(!broken);
	if (!device.changes)
		check_against_oracle(&facts);
	return 0;
}
