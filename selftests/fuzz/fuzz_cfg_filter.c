// SPDX-License-Identifier: GPL-2.0
/*
 * A hostile guest on a hostile device, beside the bit-by-bit oracle: no bit
 * that is not the guest's reaches the hardware, and the guest sees what the
 * oracle says.
 *
 * The input: flags, changes to a usual device's space, then accesses.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "cfg_oracle.h"
#include "fake_device.h"
#include "fuzz.h"

#define ACCESSES_MAX	64

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;

static void make_device(struct fuzz_input *in, u8 flags)
{
	struct pciback_cfg_facts facts = fake_device_facts(flags & 1 ?
			PCI_CFG_SPACE_EXP_SIZE : PCI_CFG_SPACE_SIZE);
	unsigned int pokes = flags >> 3, i;

	fake_device_usual(&dev);
	while (pokes--) {
		u8 pos = fuzz_u8(in);

		dev.hw[pos] = fuzz_u8(in);
	}
	cfg_oracle_build(&oracle, &facts, dev.hw);
	for (i = 0; i < PCI_CFG_SPACE_SIZE; i++)
		dev.rw1c[i] = cfg_oracle_bits(&oracle, i, 1, "c");
	ORACLE(!pciback_cfg_build(&cfg, &facts, &dev.reader));
}

static void check_access(struct fuzz_input *in, u8 flags)
{
	s32 offset = (s16)fuzz_u16(in);
	u8 how = fuzz_u8(in);
	s32 size = (s8)how >> 2;
	bool is_write = how & 1, permissive = flags & 2 && how & 2;
	u32 value;

	if (!pciback_cfg_access_ok(&cfg, offset, size)) {
		/* Refused only where it must be. */
		ORACLE((size != 1 && size != 2 && size != 4) || offset < 0 ||
		       offset + size > cfg.size || offset % size);
		return;
	}
	ORACLE(offset >= 0 && offset + size <= cfg.size && !(offset % size));
	if (is_write) {
		value = fuzz_u32(in);
		fake_guest_write(&cfg, &dev, offset, size, value, permissive);
		cfg_oracle_write(&oracle, offset, size, value, permissive);
		ORACLE(!memcmp(dev.hw, oracle.hw, sizeof(dev.hw)));
	}
	ORACLE(fake_guest_read(&cfg, &dev, offset, size) ==
	       cfg_oracle_read(&oracle, offset, size));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	u8 flags = fuzz_u8(&in);
	unsigned int i;
	u32 command;

	make_device(&in, flags);
	command = fake_device_get(&dev, PCI_COMMAND, 2);
	for (i = 0; i < ACCESSES_MAX && fuzz_has_more(&in); i++)
		check_access(&in, flags);
	ORACLE(fake_device_get(&dev, PCI_COMMAND, 2) == command);
	return 0;
}
