// SPDX-License-Identifier: GPL-2.0
/* Quirk lines: reading, writing, what may be opened, what is known. */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_map.h"
#include "fake_device.h"
#include "ktap.h"
#include "quirk.h"
#include "text.h"

static struct fake_device dev;
static struct pciback_cfg cfg;

static int parse(const char *s, struct pciback_bdf *bdf,
		 struct pciback_quirk *quirk)
{
	struct xpt_text text = text_new(s);
	int err = pciback_quirk_parse(text.at, text.end - text.at, bdf, quirk);

	ktap_free(text.at);
	return err;
}

static void reads_lines(void)
{
	static const struct {
		const char *text;
		struct pciback_bdf bdf;
		struct pciback_quirk quirk;
	} rows[] = {
		{ "00:1d.7-4c:4:ff00ff00", { 0, 0, 0xef }, { 0x4c, 4, 0xff00ff00 } },
		{ "0000:00:05.0-4c:4:1", { 0, 0, 0x28 }, { 0x4c, 4, 1 } },
		{ "abcd:ef:1f.7-fff:1:80", { 0xabcd, 0xef, 0xff }, { 0xfff, 1, 0x80 } },
		{ "ABCD:EF:1F.7-FFC:4:FFFFFFFF", { 0xabcd, 0xef, 0xff },
		  { 0xffc, 4, 0xffffffff } },
		/* As the classic files have it. */
		{ "0000:01:00.0-00000098:02:00000000", { 0, 1, 0 }, { 0x98, 2, 0xffff } },
		/* No mask is all of it. */
		{ "01:00.0-0:1:0", { 0, 1, 0 }, { 0, 1, 0xff } },
		{ "01:00.0-0:2:0", { 0, 1, 0 }, { 0, 2, 0xffff } },
		{ "01:00.0-0:4:0", { 0, 1, 0 }, { 0, 4, 0xffffffff } },
		{ " \t01:00.0-2:2:8000\r\n", { 0, 1, 0 }, { 2, 2, 0x8000 } },
		/* As scanf reads numbers. */
		{ "0x01: 0x00.0x0-0x4c: 0x4:0xFF", { 0, 1, 0 }, { 0x4c, 4, 0xff } },
		/* Across registers. */
		{ "05:00.0-f5:2:ffff", { 0, 5, 0 }, { 0xf5, 2, 0xffff } },
		{ "05:00.0-ffb:4:1", { 0, 5, 0 }, { 0xffb, 4, 1 } },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_quirk quirk = { 0 };
		struct pciback_bdf bdf = { 0 };

		KTAP_ROW("%s", rows[i].text);
		EXPECT_EQ(parse(rows[i].text, &bdf, &quirk), 0);
		EXPECT_EQ(pciback_bdf_key(bdf), pciback_bdf_key(rows[i].bdf));
		EXPECT_EQ(quirk.reg, rows[i].quirk.reg);
		EXPECT_EQ(quirk.size, rows[i].quirk.size);
		EXPECT_EQ(quirk.mask, rows[i].quirk.mask);
	}
}

static void refuses_lines(void)
{
	static const char *const rows[] = {
		"", " ", "01:00.0", "01:00.0-", "01:00.0-4", "01:00.0-4:",
		"01:00.0-4:4", "01:00.0-4:4:", "-4:4:0", "4:4:0",
		"01:00-4:4:0", "01:00.8-4:4:0", "01:20.0-4:4:0", "100:00.0-4:4:0",
		"10000:01:00.0-4:4:0", "01:00.*-4:4:0",
		"01:00.0 -4:4:0", "01:00.0-4 :4:0",
		"01:00.0-4:4:0 x", "01:00.0-4:4:0:0", "01:00.0-4:4:0,",
		"01:00.0-0x:4:0", "01:00.0-4:4:0x", "01:00.0-g:4:0",
		"01:00.0-4:4:g", "01:00.0--4:4:0", "01:00.0:4:4:0",
		/* beyond any space */
		"01:00.0-1000:1:0", "01:00.0-fffffffff:1:0", "01:00.0-100000004:4:0",
		/* sizes */
		"01:00.0-4:0:0", "01:00.0-4:3:0", "01:00.0-4:5:0", "01:00.0-4:8:0",
		"01:00.0-4:10:0", "01:00.0-4:104:0",
		/* beyond the end */
		"01:00.0-fff:2:0", "01:00.0-ffe:4:0",
		/* wider than it is */
		"01:00.0-4:1:100", "01:00.0-4:2:10000", "01:00.0-4:4:100000000",
		"01:00.0-4:1:ffffffff",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_quirk quirk;
		struct pciback_bdf bdf;

		KTAP_ROW("%s", rows[i]);
		EXPECT_EQ(parse(rows[i], &bdf, &quirk), -EINVAL);
	}
}

static void writes_what_it_reads(void)
{
	static const struct {
		struct pciback_bdf bdf;
		struct pciback_quirk quirk;
		const char *text;
	} rows[] = {
		{ { 0, 0, 0xef }, { 0x4c, 4, 0xff00ff00 }, "0000:00:1d.7-04c:4:ff00ff00" },
		{ { 0xffff, 0xff, 0xff }, { 0xfff, 1, 0x80 }, "ffff:ff:1f.7-fff:1:00000080" },
		{ { 0, 1, 0 }, { 0, 2, 1 }, "0000:01:00.0-000:2:00000001" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[PCIBACK_QUIRK_STRLEN + 1];
		struct pciback_quirk quirk = { 0 };
		struct pciback_bdf bdf = { 0 };

		KTAP_ROW("%s", rows[i].text);
		memset(text, 'x', sizeof(text));
		pciback_quirk_format(rows[i].bdf, &rows[i].quirk, text);
		EXPECT_EQ(strcmp(text, rows[i].text), 0);
		EXPECT_EQ(strlen(text), PCIBACK_QUIRK_STRLEN - 1);
		EXPECT_EQ(text[PCIBACK_QUIRK_STRLEN], 'x');
		EXPECT_EQ(parse(text, &bdf, &quirk), 0);
		EXPECT_EQ(pciback_bdf_key(bdf), pciback_bdf_key(rows[i].bdf));
		EXPECT_EQ(quirk.reg, rows[i].quirk.reg);
		EXPECT_EQ(quirk.size, rows[i].quirk.size);
		EXPECT_EQ(quirk.mask, rows[i].quirk.mask);
	}
}

static void start(u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);

	fake_device_rich(&dev);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
}

static void opens_what_is_plain(void)
{
	static const struct pciback_quirk rows[] = {
		{ PCI_REVISION_ID, 1, 0xff }, { PCI_STATUS, 2, 0xffff },
		{ PCI_CACHE_LINE_SIZE, 1, 0xff }, { PCI_BIST, 1, 0xff },
		{ 0x40, 1, 0xff }, { 0x42, 2, 0x07ff }, { 0x46, 2, 0xffff },
		{ 0x9a, 2, 0xffff }, { 0xa0, 4, 0xffffffff }, { 0xb8, 2, 0xffff },
		{ 0x5a, 2, 0xffff }, { 0x7c, 4, 1 }, { 0xea, 2, 0xffff },
		{ 0xec, 4, 0xffffffff }, { 0xf0, 4, 1 },
		{ 0x100, 4, 0x000fffff }, { 0x304, 4, 0xffffffff },
		{ 0x318, 4, 0xfffffebf }, { 0xffc, 4, 0xffffffff },
		/* Only the bits count that it would open. */
		{ PCI_COMMAND, 4, 0xffff0000 }, { 0x44, 4, 0xffff0000 },
		{ PCI_CACHE_LINE_SIZE, 4, 0xffff00ff }, { 0x40, 2, 0x00ff },
	};
	unsigned int i;

	start(PCI_CFG_SPACE_EXP_SIZE);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u at %#x, %#x", rows[i].size, rows[i].reg, rows[i].mask);
		EXPECT_EQ(pciback_quirk_check(&cfg, &rows[i]), 0);
	}
}

static void opens_nothing_of_the_hosts(void)
{
	static const struct pciback_quirk rows[] = {
		{ PCI_VENDOR_ID, 2, 1 }, { PCI_DEVICE_ID, 2, 0x8000 },
		{ PCI_COMMAND, 2, 2 }, { PCI_COMMAND, 4, 0xffffffff },
		{ PCI_COMMAND + 1, 1, 4 }, { PCI_LATENCY_TIMER, 1, 1 },
		{ PCI_CACHE_LINE_SIZE, 4, 0x100 },
		{ PCI_BASE_ADDRESS_0, 4, 0xfff00000 }, { PCI_BASE_ADDRESS_5, 1, 1 },
		{ PCI_ROM_ADDRESS, 4, 1 }, { PCI_ROM_ADDRESS + 2, 2, 0xff },
		{ PCI_INTERRUPT_LINE, 1, 1 }, { PCI_CAPABILITY_LIST, 1, 0x40 },
		/* links of both lists */
		{ 0x40, 2, 0x0400 }, { 0x51, 1, 0xff }, { 0x100, 4, 0x00100000 },
		{ 0x302, 2, 0x8000 },
		/* wake-up, power, message interrupts, express, resets */
		{ 0x42, 2, 0x0800 }, { 0x44, 2, 3 }, { 0x45, 1, 0x20 },
		{ 0x54, 4, 4 }, { 0x58, 2, 1 }, { 0x56, 1, 0xff }, { 0x74, 4, 8 },
		{ 0x78, 4, 0x80000000 }, { 0x52, 2, 1 }, { 0x72, 2, 0x8000 }, { 0x98, 2, 0x0200 },
		{ 0xd2, 2, 1 }, { 0xd4, 4, 1 }, { 0xdc, 1, 1 }, { 0xdc, 4, 0xffffffff },
		/* hidden */
		{ 0xe0, 1, 1 }, { 0xe4, 4, 0xffffffff }, { 0x200, 4, 1 },
		{ 0x23e, 2, 0x100 },
		/* the host's error handling */
		{ 0x308, 4, 1 }, { 0x30c, 4, 1 }, { 0x314, 4, 1 }, { 0x318, 4, 0x40 },
	};
	unsigned int i;

	start(PCI_CFG_SPACE_EXP_SIZE);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u at %#x, %#x", rows[i].size, rows[i].reg, rows[i].mask);
		EXPECT_EQ(pciback_quirk_check(&cfg, &rows[i]), -EPERM);
	}
}

static void opens_nothing_of_a_bridge(void)
{
	static const struct pciback_quirk rows[] = {
		{ PCI_PRIMARY_BUS, 1, 1 }, { PCI_MEMORY_BASE, 4, 0xfff0fff0 },
		{ PCI_BRIDGE_CONTROL, 2, PCI_BRIDGE_CTL_BUS_RESET },
		{ PCI_CACHE_LINE_SIZE, 1, 0xff }, { 0x90, 4, 1 }, { 0xffc, 4, 1 },
	};
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_EXP_SIZE);
	unsigned int i;

	fake_device_rich(&dev);
	facts.is_bridge = true;
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u at %#x, %#x", rows[i].size, rows[i].reg, rows[i].mask);
		EXPECT_EQ(pciback_quirk_check(&cfg, &rows[i]), -EPERM);
	}
}

static void opens_nothing_beyond(void)
{
	static const struct pciback_quirk end = { 0xfc, 4, 1 };
	static const struct pciback_quirk beyond = { 0x100, 1, 1 };
	static const struct pciback_quirk across = { 0xff, 2, 1 };

	start(PCI_CFG_SPACE_SIZE);
	EXPECT_EQ(pciback_quirk_check(&cfg, &end), 0);
	EXPECT_EQ(pciback_quirk_check(&cfg, &beyond), -EINVAL);
	EXPECT_EQ(pciback_quirk_check(&cfg, &across), -EINVAL);
	start(PCI_CFG_SPACE_EXP_SIZE);
	EXPECT_EQ(pciback_quirk_check(&cfg, &beyond), 0);
	EXPECT_EQ(pciback_quirk_check(&cfg, &across), 0);
}

static void quirks_add_up_until_closed(void)
{
	static const struct pciback_quirk one = { 0x400, 4, 0x80000001 };
	static const struct pciback_quirk two = { 0x402, 2, 0x0ff0 };
	static u8 none[PCI_CFG_SPACE_EXP_SIZE];

	start(PCI_CFG_SPACE_EXP_SIZE);
	pciback_quirk_open(&cfg, &one);
	pciback_quirk_open(&cfg, &two);
	EXPECT_EQ(cfg.quirk[0x400], 0x01);
	EXPECT_EQ(cfg.quirk[0x401], 0x00);
	EXPECT_EQ(cfg.quirk[0x402], 0xf0);
	EXPECT_EQ(cfg.quirk[0x403], 0x8f);
	EXPECT_EQ(cfg.quirk[0x404], 0x00);
	/* They stay from guest to guest. */
	pciback_cfg_reset(&cfg);
	EXPECT_EQ(cfg.quirk[0x403], 0x8f);
	pciback_quirk_close_all(&cfg);
	EXPECT(!memcmp(cfg.quirk, none, sizeof(none)));
}

static unsigned int count_known(u16 vendor, u16 device, u32 class)
{
	const struct pciback_quirk_known *known = NULL;
	unsigned int count = 0;

	while ((known = pciback_quirk_known_next(known, vendor, device, class))) {
		EXPECT_EQ(known->vendor, vendor);
		EXPECT(strlen(known->source) > 8);
		count++;
	}
	return count;
}

static void knows_some_devices(void)
{
	EXPECT_EQ(count_known(0x8086, 0x2723, 0x028000), 1);
	EXPECT_EQ(count_known(0x168c, 0x0030, 0x028000), 1);
	EXPECT_EQ(count_known(0x14e4, 0x1657, 0x020000), 6);
	EXPECT_EQ(count_known(0x8086, 0x7020, 0x0c0300), 1);
	EXPECT_EQ(count_known(0x1106, 0x3038, 0x0c0300), 1);
	EXPECT_EQ(count_known(0x1011, 0x0019, 0x020000), 1);
	EXPECT_EQ(count_known(0x1912, 0x0015, 0x0c0330), 3);
	EXPECT_EQ(count_known(0x17a0, 0x9755, 0x080501), 5);
	EXPECT_EQ(count_known(0x14e4, 0x43ba, 0x028000), 2);
	/* The same vendors' other things, and others' */
	EXPECT_EQ(count_known(0x8086, 0x10d3, 0x020000), 0);
	EXPECT_EQ(count_known(0x14e4, 0x43a0, 0x020000), 0);
	EXPECT_EQ(count_known(0x14e4, 0x43a1, 0x028000), 0);
	EXPECT_EQ(count_known(0x14e4, 0x16d8, 0x020000), 0);
	EXPECT_EQ(count_known(0x10de, 0x0001, 0x028000), 0);
	EXPECT_EQ(count_known(0x8086, 0x24cd, 0x0c0320), 0);
	/* How it is programmed is no matter. */
	EXPECT_EQ(count_known(0x8086, 0x2723, 0x0280ff), 1);
}

/* Lines like any that could be parsed, that no check refuses on a bare device. */
static void what_is_known_is_sane(void)
{
	static const struct {
		u16 vendor, device;
		u32 class;
	} rows[] = {
		{ 0x8086, 1, 0x028000 }, { 0x168c, 1, 0x028000 },
		{ 0x14e4, 0x1657, 0x020000 }, { 0x8086, 1, 0x0c0300 },
		{ 0x1106, 1, 0x0c0300 }, { 0x1011, 0x0019, 0x020000 },
		{ 0x1912, 0x0014, 0x0c0330 }, { 0x14e4, 0x4318, 0x028000 },
		{ 0x14e4, 0x4360, 0x028000 }, { 0x14e4, 0x43ba, 0x028000 },
		{ 0x10ec, 0x8192, 0x028000 },
	};
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_SIZE);
	unsigned int i;

	fake_device_init(&dev, 0);
	fake_device_header(&dev);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct pciback_quirk_known *known = NULL;

		while ((known = pciback_quirk_known_next(known, rows[i].vendor,
							 rows[i].device,
							 rows[i].class))) {
			const struct pciback_quirk *quirk = &known->quirk;
			char text[PCIBACK_QUIRK_STRLEN];
			struct pciback_quirk back;
			struct pciback_bdf bdf = { 0 };

			KTAP_ROW("%s", known->source);
			pciback_quirk_format(bdf, quirk, text);
			EXPECT_EQ(parse(text, &bdf, &back), 0);
			EXPECT_EQ(back.mask, quirk->mask);
			EXPECT_EQ(pciback_quirk_check(&cfg, quirk), 0);
		}
	}
}

KTAP_ROOM(KTAP_CASE(reads_lines),
	  KTAP_CASE(refuses_lines),
	  KTAP_CASE(writes_what_it_reads),
	  KTAP_CASE(opens_what_is_plain),
	  KTAP_CASE(opens_nothing_of_the_hosts),
	  KTAP_CASE(opens_nothing_of_a_bridge),
	  KTAP_CASE(opens_nothing_beyond),
	  KTAP_CASE(quirks_add_up_until_closed),
	  KTAP_CASE(knows_some_devices),
	  KTAP_CASE(what_is_known_is_sane));
