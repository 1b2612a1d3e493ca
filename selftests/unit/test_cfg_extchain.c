// SPDX-License-Identifier: GPL-2.0
/* The list of capabilities in the extended space. */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "chain_world.h"

#define ERR	PCI_EXT_CAP_ID_ERR
#define DSN	PCI_EXT_CAP_ID_DSN
#define ATS	PCI_EXT_CAP_ID_ATS		/* hidden, 8 bytes */
#define SRIOV	PCI_EXT_CAP_ID_SRIOV		/* hidden, 64 bytes */

static u32 guest_dword(u16 pos)
{
	return fake_guest_read(&cfg, &dev, pos, 4);
}

static void order_is_kept(void)
{
	bare_device(0);
	fake_device_extcap(&dev, 0x100, DSN, 0x400);
	fake_device_extcap(&dev, 0x400, ERR, 0x200);
	fake_device_extcap(&dev, 0x200, SRIOV, 0xffc);
	fake_device_extcap(&dev, 0xffc, PCI_EXT_CAP_ID_ARI, 0x180);
	fake_device_extcap(&dev, 0x180, 0xbeef, 0);
	build(PCI_CFG_SPACE_EXP_SIZE);
	CHECK_EXTCAPS(0x100, 0x400, 0xffc, 0x180);
	EXPECT_EQ(guest_dword(0x100), 0x40010003);
	EXPECT_EQ(guest_dword(0x400), 0xffc10001);
	EXPECT_EQ(guest_dword(0xffc), 0x1801000e);
	EXPECT_EQ(guest_dword(0x180), 0x0001beef);
	check_hidden(0x200, 0x240);
}

static void the_first_one_may_be_hidden(void)
{
	bare_device(0);
	fake_device_extcap(&dev, 0x100, SRIOV, 0x200);
	fake_device_extcap(&dev, 0x200, ATS, 0x300);
	fake_device_extcap(&dev, 0x300, ERR, 0x400);
	fake_device_extcap(&dev, 0x400, ATS, 0);
	build(PCI_CFG_SPACE_EXP_SIZE);
	/* One of no kind, that leads on. */
	EXPECT_EQ(guest_dword(0x100), 0x30000000);
	CHECK_EXTCAPS(0x100, 0x300);
	EXPECT_EQ(guest_dword(0x300), 0x00010001);
	check_hidden(0x104, 0x140);
	check_hidden(0x200, 0x208);
	check_hidden(0x400, 0x408);
}

static void all_may_be_hidden(void)
{
	bare_device(0);
	fake_device_extcap(&dev, 0x100, PCI_EXT_CAP_ID_MRIOV, 0x104);
	fake_device_extcap(&dev, 0x104, ATS, 0x200);
	fake_device_extcap(&dev, 0x200, SRIOV, 0x100);
	build(PCI_CFG_SPACE_EXP_SIZE);
	/* As a device without any. */
	EXPECT_EQ(guest_dword(0x100), 0);
	check_hidden(0x104, 0x10c);
	check_hidden(0x200, 0x240);
}

static void a_short_space_has_none(void)
{
	bare_device(0);
	fake_device_extcap(&dev, 0x100, SRIOV, 0x200);
	build(PCI_CFG_SPACE_SIZE);
	check_extcaps(NULL, 0);
	EXPECT_EQ(cfg.nregs, pciback_cfg_header0.count);
}

static void no_list_is_no_list(void)
{
	static const u32 headers[] = { 0, 0xffffffff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(headers); i++) {
		KTAP_ROW("%#x", headers[i]);
		bare_device(0);
		fake_device_put(&dev, 0x100, 4, headers[i]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		EXPECT(!pciback_cfg_owner(&cfg, 0x100));
		EXPECT_EQ(guest_dword(0x100), headers[i]);

		/* Further down the list, too. */
		fake_device_extcap(&dev, 0x100, DSN, 0x200);
		fake_device_put(&dev, 0x200, 4, headers[i]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		CHECK_EXTCAPS(0x100);
		EXPECT(!pciback_cfg_owner(&cfg, 0x200));
	}
}

/* Back, to itself, into the first 256 bytes. */
static void lists_that_end_badly(void)
{
	static const u16 nexts[] = {
		0x100, 0x200, 0x300, 0x001, 0x003, 0x004, 0x040, 0x0fc, 0x0ff,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(nexts); i++) {
		KTAP_ROW("next %#x", nexts[i]);
		bare_device(0);
		fake_device_extcap(&dev, 0x100, ERR, 0x200);
		fake_device_extcap(&dev, 0x200, ATS, 0x300);
		fake_device_extcap(&dev, 0x300, DSN, nexts[i]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		CHECK_EXTCAPS(0x100, 0x300);
	}
	/* The two low bits of a link are reserved. */
	bare_device(0);
	fake_device_extcap(&dev, 0x100, ERR, 0x203);
	fake_device_extcap(&dev, 0x200, DSN, 0);
	build(PCI_CFG_SPACE_EXP_SIZE);
	CHECK_EXTCAPS(0x100, 0x200);
}

static void error_reporting_has_its_registers(void)
{
	u16 pos;

	bare_device(0);
	fake_device_extcap(&dev, 0x100, ERR, 0);
	fake_device_put(&dev, 0x108, 4, 0x12345678);
	fake_device_put(&dev, 0x118, 4, 0x000001ff);
	build(PCI_CFG_SPACE_EXP_SIZE);
	for (pos = 0x104; pos <= 0x118; pos += 4)
		EXPECT(owns(pos + 3, pos));
	EXPECT(!pciback_cfg_owner(&cfg, 0x11c));
	EXPECT_EQ(guest_dword(0x108), 0x12345678);
	fake_guest_write(&cfg, &dev, 0x108, 4, 0, true);
	EXPECT_EQ(guest_dword(0x108), 0);
	fake_guest_write(&cfg, &dev, 0x118, 4, 0, false);
	EXPECT_EQ(guest_dword(0x118), 0xbf);
	EXPECT_EQ(fake_device_get(&dev, 0x108, 4), 0x12345678);
	EXPECT_EQ(fake_device_get(&dev, 0x118, 4), 0x1ff);
}

/* Cut off by what begins inside, or by the end of the space. */
static void registers_that_have_no_room(void)
{
	bare_device(0);
	fake_device_extcap(&dev, 0x100, ERR, 0x10c);
	fake_device_extcap(&dev, 0x10c, DSN, 0xff8);
	fake_device_extcap(&dev, 0xff8, ERR, 0xffc);
	fake_device_extcap(&dev, 0xffc, ERR, 0);
	build(PCI_CFG_SPACE_EXP_SIZE);
	CHECK_EXTCAPS(0x100, 0x10c, 0xff8, 0xffc);
	EXPECT(owns(0x104, 0x104) && owns(0x108, 0x108));
	EXPECT(!pciback_cfg_owner(&cfg, 0x110));
	EXPECT_EQ(cfg.nregs - pciback_cfg_header0.count, 4 + 2);

	bare_device(0);
	fake_device_extcap(&dev, 0x100, DSN, 0xffc);
	fake_device_extcap(&dev, 0xffc, SRIOV, 0);
	build(PCI_CFG_SPACE_EXP_SIZE);
	CHECK_EXTCAPS(0x100);
	check_hidden(0xffc, 0x1000);
}

/* What says its own length: as it says, but for what begins inside. */
static void lengths_that_vary(void)
{
	static const struct {
		u16 id;
		u32 dwords[7];		/* behind the header */
		u16 length;
	} rows[] = {
		{ PCI_EXT_CAP_ID_VC, { 0, 0 }, 0x1c },
		{ PCI_EXT_CAP_ID_VC, { 7, 0 }, 0x70 },
		/* the port's table: of no entries, of 32, 64 and 128 */
		{ PCI_EXT_CAP_ID_MFVC, { 1, 0x08000001 }, 0x80 },
		{ PCI_EXT_CAP_ID_MFVC, { 1, 0x08000003 }, 0x90 },
		{ PCI_EXT_CAP_ID_MFVC, { 1, 0x08000007 }, 0xa0 },
		{ PCI_EXT_CAP_ID_MFVC, { 1, 0x0800000f }, 0xc0 },
		{ PCI_EXT_CAP_ID_VC9, { 1, 0xff000008 }, 0x1030 },
		/* a channel's: of 32 times 1 bit, 128 times 4, 256 times 8 */
		{ PCI_EXT_CAP_ID_VC, { 0x000, 0, 0, 0x06000002 }, 0x64 },
		{ PCI_EXT_CAP_ID_VC, { 0x800, 0, 0, 0x06000010 }, 0xa0 },
		{ PCI_EXT_CAP_ID_MFVC, { 0xc00, 0, 0, 0x06000030 }, 0x160 },
		/* none, 32 and 64 times 8, and the second channel's */
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x08000001 }, 0x80 },
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x08000002 }, 0xa0 },
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x08000004 }, 0xc0 },
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x08000008 }, 0x100 },
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x08000010 }, 0x100 },
		{ PCI_EXT_CAP_ID_VC, { 0xc01, 0, 0, 0, 0, 0, 0x08000002 }, 0xa0 },
		/* none, and before the end of the others */
		{ PCI_EXT_CAP_ID_VC, { 0xc00, 0, 0, 0x00000030 }, 0x1c },
		{ PCI_EXT_CAP_ID_VC, { 0x007, 0x08000008, 0, 0x06000002 }, 0xc0 },
		{ PCI_EXT_CAP_ID_ACS, { 0x1f, 0 }, 8 },
		{ PCI_EXT_CAP_ID_ACS, { 0x0120, 0 }, 12 },
		{ PCI_EXT_CAP_ID_ACS, { 0x2020, 0 }, 12 },
		{ PCI_EXT_CAP_ID_ACS, { 0x2120, 0 }, 16 },
		{ PCI_EXT_CAP_ID_ACS, { 0x0020, 0 }, 40 },
		{ PCI_EXT_CAP_ID_REBAR, { 0, 0x20 }, 12 },
		{ PCI_EXT_CAP_ID_REBAR, { 0, 0xc0 }, 52 },
		{ PCI_EXT_CAP_ID_VF_REBAR, { 0, 0xffffffff }, 60 },
		{ PCI_EXT_CAP_ID_TPH, { 0, 0 }, 12 },
		{ PCI_EXT_CAP_ID_TPH, { 0x00030400, 0 }, 12 },
		{ PCI_EXT_CAP_ID_TPH, { 0x00030200, 0 }, 20 },
		{ PCI_EXT_CAP_ID_TPH, { 0x07ff0200, 0 }, 0x1000 },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u16 end = 0x200 + rows[i].length;

		KTAP_ROW("%u: capability %#x", i, rows[i].id);
		bare_device(0);
		fake_device_extcap(&dev, 0x100, DSN, 0x200);
		fake_device_extcap(&dev, 0x200, rows[i].id, 0);
		for (j = 0; j < ARRAY_SIZE(rows[i].dwords); j++)
			fake_device_put(&dev, 0x204 + 4 * j, 4,
					rows[i].dwords[j]);
		build(PCI_CFG_SPACE_EXP_SIZE);
		check_hidden(0x200, end < 0x1000 ? end : 0x1000);

		fake_device_extcap(&dev, 0x200, rows[i].id, 0x20c);
		fake_device_extcap(&dev, 0x20c, DSN, 0);
		build(PCI_CFG_SPACE_EXP_SIZE);
		check_hidden(0x200, end < 0x20c ? end : 0x20c);
		CHECK_EXTCAPS(0x100, 0x20c);
	}
}

static void each_kind_alone(void)
{
	unsigned int id;

	for (id = 1; id < 0x200; id++) {
		const struct pciback_cfg_table *table;

		KTAP_ROW("capability %#x", id);
		table = pciback_cfg_extcap_table(id);
		bare_device(0);
		fake_device_extcap(&dev, 0x100, id, 0x800);
		fake_device_extcap(&dev, 0x800, id, 0);
		build(PCI_CFG_SPACE_EXP_SIZE);
		if (table && table->hidden)
			CHECK_EXTCAPS(0x100);
		else
			CHECK_EXTCAPS(0x100, 0x800);
	}
}

/* More than there are registers for: the list ends early, and well. */
static void registers_run_out(void)
{
	static const u16 ids[] = { DSN, ERR, ATS };
	unsigned int i, pos;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		u16 found[960];
		int count;

		KTAP_ROW("capability %#x", ids[i]);
		fake_device_usual(&dev);
		for (pos = 0x100; pos < 0x1000; pos += 4)
			fake_device_extcap(&dev, pos, ids[i], pos + 4);
		build(PCI_CFG_SPACE_EXP_SIZE);
		count = cfg_map_guest_extcaps(&cfg, found, ARRAY_SIZE(found));
		if (ids[i] == ATS) {
			EXPECT_EQ(count, 1);
			check_hidden(0x104, 0x1000);
			continue;
		}
		EXPECT_EQ(cfg.nregs, PCIBACK_CFG_REGS_MAX);
		EXPECT_EQ(count, PCIBACK_CFG_REGS_MAX -
			  pciback_cfg_header0.count - 15);
		EXPECT_EQ(found[count - 1], 0x100 + 4 * (count - 1));
	}
}

KTAP_ROOM(KTAP_CASE(order_is_kept),
	  KTAP_CASE(the_first_one_may_be_hidden),
	  KTAP_CASE(all_may_be_hidden),
	  KTAP_CASE(a_short_space_has_none),
	  KTAP_CASE(no_list_is_no_list),
	  KTAP_CASE(lists_that_end_badly),
	  KTAP_CASE(error_reporting_has_its_registers),
	  KTAP_CASE(registers_that_have_no_room),
	  KTAP_CASE(lengths_that_vary),
	  KTAP_CASE(each_kind_alone),
	  KTAP_CASE(registers_run_out));
