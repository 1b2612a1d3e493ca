// SPDX-License-Identifier: GPL-2.0
/*
 * A hostile guest on a hostile device, beside the bit-by-bit oracle: no bit
 * that is not the guest's reaches the hardware, what was allowed reads back as it
 * was written, and the guest sees what the oracle says.
 *
 * The input: flags, changes to a rich device's space, quirks, then accesses.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "cfg_oracle.h"
#include "fake_device.h"
#include "fuzz.h"
#include "quirk.h"

#define ACCESSES_MAX	64

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;

static void make_device(struct fuzz_input *in, u8 flags)
{
	struct pciback_cfg_facts facts = fake_device_facts(flags & 1 ?
			PCI_CFG_SPACE_EXP_SIZE : PCI_CFG_SPACE_SIZE);
	unsigned int pokes = flags >> 3;

	facts.is_bridge = flags & 4;
	fake_device_rich(&dev);
	while (pokes--) {
		u16 pos = fuzz_u16(in) % PCI_CFG_SPACE_EXP_SIZE;

		dev.hw[pos] = fuzz_u8(in);
	}
	cfg_oracle_build(&oracle, &facts, dev.hw);
	cfg_oracle_mark(&oracle, 'c', dev.rw1c);
	cfg_oracle_mark(&oracle, 'h', dev.trap);
	ORACLE(!fake_device_build(&dev, &cfg, &facts));
}

/* As those that pciback_quirk_parse() returns. */
static void fuzz_quirk(struct fuzz_input *in)
{
	struct pciback_quirk quirk = { .size = 1 << fuzz_u8(in) % 3 };
	int err;

	quirk.reg = fuzz_u16(in) & (PCI_CFG_SPACE_EXP_SIZE - quirk.size);
	quirk.mask = fuzz_u32(in);
	if (quirk.size < 4)
		quirk.mask &= (1u << 8 * quirk.size) - 1;
	err = pciback_quirk_check(&cfg, &quirk);
	ORACLE(err == cfg_oracle_quirk(&oracle, &quirk));
	if (!err)
		pciback_quirk_open(&cfg, &quirk);
}

static void check_write(u16 pos, u8 size, u32 value, bool permissive)
{
	u32 kept = cfg_oracle_bits(&oracle, pos, size, "wv") |
		   cfg_oracle_opened(&oracle, pos, size, permissive);
	struct pciback_cfg_write write;
	u32 got;

	pciback_cfg_decide_write(&cfg, pos, size, value, permissive, &write);
	ORACLE(write.nsteps <= 4);
	ORACLE(write.refused == cfg_oracle_refused(&oracle, pos, size, permissive));
	fake_guest_write(&cfg, &dev, pos, size, value, permissive);
	cfg_oracle_write(&oracle, pos, size, value, permissive);
	ORACLE(!dev.sprung);
	ORACLE(!memcmp(dev.hw, oracle.hw, sizeof(dev.hw)));
	got = fake_guest_read(&cfg, &dev, pos, size);
	ORACLE(!((got ^ value) & kept));
}

static void check_access(struct fuzz_input *in, u8 flags)
{
	s32 offset = (s16)fuzz_u16(in);
	u8 how = fuzz_u8(in);
	s32 size = (s8)how >> 2;
	bool is_write = how & 1, permissive = flags & 2 && how & 2;

	if (!pciback_cfg_access_ok(&cfg, offset, size)) {
		/* Refused only where it must be. */
		ORACLE((size != 1 && size != 2 && size != 4) || offset < 0 ||
		       offset + size > cfg.size || offset % size);
		return;
	}
	ORACLE(offset >= 0 && offset + size <= cfg.size && !(offset % size));
	if (is_write)
		check_write(offset, size, fuzz_u32(in), permissive);
	ORACLE(fake_guest_read(&cfg, &dev, offset, size) ==
	       cfg_oracle_read(&oracle, offset, size));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	u8 flags = fuzz_u8(&in), quirks;
	unsigned int i;
	u32 command;

	make_device(&in, flags);
	command = fake_device_get(&dev, PCI_COMMAND, 2);
	for (quirks = fuzz_u8(&in) & 15; quirks; quirks--)
		fuzz_quirk(&in);
	for (i = 0; i < ACCESSES_MAX && fuzz_has_more(&in); i++)
		check_access(&in, flags);
	/* No guest gets a bridge: its table does not know the register. */
	ORACLE(flags & 4 ||
	       fake_device_get(&dev, PCI_COMMAND, 2) == command);
	return 0;
}
