// SPDX-License-Identifier: GPL-2.0
/* Spellings of addresses: what is taken, what is refused, and where. */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bdf.h"
#include "ktap.h"
#include "text.h"

static void takes_characters(void)
{
	struct xpt_text text = text_new(":*");
	const char *start = text.at;

	EXPECT(!xpt_text_take(&text, '*'));
	EXPECT_EQ(text.at - start, 0);
	EXPECT(xpt_text_take(&text, ':'));
	EXPECT_EQ(text.at - start, 1);
	EXPECT(xpt_text_take(&text, '*'));
	EXPECT(!xpt_text_take(&text, '*'));
	EXPECT_EQ(text.at - start, 2);
	ktap_free(start);
}

static void takes_numbers(void)
{
	static const struct {
		const char *text;
		u32 max;
		int err;
		u32 value;
		int cursor;
	} rows[] = {
		{ "0", 0, 0, 0, 1 },
		{ "1", 0, -EINVAL, 0, 0 },
		{ "", 0xff, -EINVAL, 0, 0 },
		{ "g", 0xff, -EINVAL, 0, 0 },
		{ "/", 0xff, -EINVAL, 0, 0 },
		{ ":", 0xff, -EINVAL, 0, 0 },
		{ "@", 0xff, -EINVAL, 0, 0 },
		{ "`", 0xff, -EINVAL, 0, 0 },
		{ "G", 0xff, -EINVAL, 0, 0 },
		{ "-1", 0xff, -EINVAL, 0, 0 },
		{ "+1", 0xff, -EINVAL, 0, 0 },
		{ " 1", 0xff, 0, 1, 2 },
		{ " ", 0xff, -EINVAL, 0, 1 },
		{ " 0X1f", 0x1f, 0, 0x1f, 5 },
		{ "0x", 0xff, 0, 0, 1 },
		{ "0x0x1", 0xff, 0, 0, 3 },
		{ "0x100", 0xff, -EINVAL, 0, 4 },
		{ "0x1", 0xff, 0, 1, 3 },
		{ "fF", 0xff, 0, 0xff, 2 },
		{ "a9", 0xff, 0, 0xa9, 2 },
		{ "A0", 0xff, 0, 0xa0, 2 },
		{ "100", 0xff, -EINVAL, 0, 2 },
		{ "20", 0x1f, -EINVAL, 0, 1 },
		{ "1f.", 0x1f, 0, 0x1f, 2 },
		{ "8", 7, -EINVAL, 0, 0 },
		{ "0000000000000000000000000000007", 7, 0, 7, 31 },
		{ "0000000000000000000000000000008", 7, -EINVAL, 0, 30 },
		{ "ffff", 0xffff, 0, 0xffff, 4 },
		{ "10000", 0xffff, -EINVAL, 0, 4 },
		{ "ffffffff", 0xffffffff, 0, 0xffffffff, 8 },
		{ "100000000", 0xffffffff, -EINVAL, 0, 8 },
		{ "fffffffff", 0xffffffff, -EINVAL, 0, 8 },
		{ "\xff", 0xff, -EINVAL, 0, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		u32 value = 0;

		KTAP_ROW("\"%s\" up to %#x", rows[i].text, rows[i].max);
		EXPECT_EQ(pciback_take_hex(&text, rows[i].max, &value),
			  rows[i].err);
		EXPECT_EQ(value, rows[i].value);
		EXPECT_EQ(text.at - start, rows[i].cursor);
		ktap_free(start);
	}
}

static void parses_good_spellings(void)
{
	static const struct {
		const char *text;
		struct pciback_bdf bdf;
		int cursor;
	} rows[] = {
		{ "0000:00:1d.7", { 0, 0, 0xef }, 12 },
		{ "00:1d.7", { 0, 0, 0xef }, 7 },
		{ "0:0:0.0", { 0, 0, 0 }, 7 },
		{ "0:0.0", { 0, 0, 0 }, 5 },
		{ "ffff:ff:1f.7", { 0xffff, 0xff, 0xff }, 12 },
		{ "FFFF:FF:1F.7", { 0xffff, 0xff, 0xff }, 12 },
		{ "ff:1f.7", { 0, 0xff, 0xff }, 7 },
		{ "1:2:3.4", { 1, 2, 0x1c }, 7 },
		{ "a:b:c.5", { 0xa, 0xb, 0x65 }, 7 },
		{ "0001:000ff:0001f.0007", { 1, 0xff, 0xff }, 21 },
		{ "0000ff:1f.7", { 0, 0xff, 0xff }, 11 },
		/* What follows is for the caller to judge. */
		{ "00:1d.7/00.0", { 0, 0, 0xef }, 7 },
		{ "00:1d.7)", { 0, 0, 0xef }, 7 },
		{ "00:1d.7:", { 0, 0, 0xef }, 7 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		struct pciback_bdf bdf = { 0x5555, 0x55, 0x55 };

		KTAP_ROW("\"%s\"", rows[i].text);
		EXPECT_EQ(pciback_bdf_parse(&text, &bdf), 0);
		EXPECT_EQ(pciback_bdf_key(bdf), pciback_bdf_key(rows[i].bdf));
		EXPECT_EQ(text.at - start, rows[i].cursor);
		ktap_free(start);
	}
}

static void refuses_at_the_spot(void)
{
	static const struct {
		const char *text;
		int spot;
	} rows[] = {
		{ "", 0 },
		{ "x", 0 },
		{ ":", 0 },
		{ "(00:1d.7)", 0 },
		{ "0", 1 },
		{ "00", 2 },
		{ "00.0", 2 },
		{ "00:", 3 },
		{ "00:x", 3 },
		{ "00:1d", 5 },
		{ "00:1d:", 6 },
		{ "00:1d.", 6 },
		{ "00:1d.8", 6 },
		{ "00:1d.17", 7 },
		{ "00:1d.x", 6 },
		{ "00:1d.*", 6 },
		{ "00:1d-7", 5 },
		{ "00:1d,7", 5 },
		{ "0x:1d.7", 1 },
		/* Only the second number of two can be a device. */
		{ "00:20.0", 3 },
		{ "00:ff.0", 3 },
		{ "00:100.0", 5 },
		/* Only the first number of two can be a bus. */
		{ "100:00.0", 0 },
		{ "ffff:1f.7", 0 },
		{ "100:20.0", 0 },
		{ "10000:00.0", 4 },
		{ "0000:100:00.0", 7 },
		{ "0000:00:20.0", 9 },
		{ "0000:00:00.8", 11 },
		{ "0000:00:00", 10 },
		{ "0000:00:.0", 8 },
		{ "0000:00:00:0", 10 },
		{ "10000:00:00.0", 4 },
		{ "0000::00.0", 5 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		struct pciback_bdf bdf = { 0x5555, 0x55, 0x55 };

		KTAP_ROW("\"%s\"", rows[i].text);
		EXPECT_EQ(pciback_bdf_parse(&text, &bdf), -EINVAL);
		EXPECT_EQ(text.at - start, rows[i].spot);
		EXPECT_EQ(pciback_bdf_key(bdf), 0x55555555);
		ktap_free(start);
	}
}

static void parses_lines(void)
{
	static const struct {
		const char *text;
		int err;
		u32 key;
	} rows[] = {
		{ "0000:00:1d.7", 0, 0xef },
		{ "0000:00:1d.7\n", 0, 0xef },
		{ " \t\r\n00:1d.7 \t\r\n", 0, 0xef },
		{ "0001:02:03.4\n", 0, 0x0001021c },
		{ "", -EINVAL, 0 },
		{ "\n", -EINVAL, 0 },
		{ " \t\r\n", -EINVAL, 0 },
		{ "00:1d.7 x", -EINVAL, 0 },
		{ "00:1d.7 00:1d.6", -EINVAL, 0 },
		{ "00:1d.7,", -EINVAL, 0 },
		{ "00:1d. 7", 0, 0xef },
		{ "0x0: 0x1d.0x7", 0, 0xef },
		{ "00:1d .7", -EINVAL, 0 },
		{ "00:1d.7\v", -EINVAL, 0 },
		{ "(00:1d.7)", -EINVAL, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		struct pciback_bdf bdf = { 0 };

		KTAP_ROW("\"%s\"", rows[i].text);
		EXPECT_EQ(pciback_bdf_parse_line(text.at, text.end - text.at, &bdf),
			  rows[i].err);
		if (!rows[i].err)
			EXPECT_EQ(pciback_bdf_key(bdf), rows[i].key);
		ktap_free(text.at);
	}
}

static void line_may_hold_a_zero(void)
{
	struct pciback_bdf bdf;

	EXPECT_EQ(pciback_bdf_parse_line("00:1d.7\0", 8, &bdf), -EINVAL);
	EXPECT_EQ(pciback_bdf_parse_line("00:1d.\0007", 8, &bdf), -EINVAL);
}

static void formats_as_lspci_does(void)
{
	static const struct {
		struct pciback_bdf bdf;
		const char *text;
	} rows[] = {
		{ { 0, 0, 0 }, "0000:00:00.0" },
		{ { 0, 0, 0xef }, "0000:00:1d.7" },
		{ { 0x1234, 0x56, 0x9a }, "1234:56:13.2" },
		{ { 0xabcd, 0xef, 0x57 }, "abcd:ef:0a.7" },
		{ { 0xffff, 0xff, 0xff }, "ffff:ff:1f.7" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char out[PCIBACK_BDF_STRLEN];

		KTAP_ROW("%s", rows[i].text);
		memset(out, '#', sizeof(out));
		pciback_bdf_format(rows[i].bdf, out);
		EXPECT(!strcmp(out, rows[i].text));
	}
}

static void parses_what_it_formats(void)
{
	static const u16 domains[] = { 0, 1, 0x10, 0x7fff, 0x8000, 0xffff };
	static const u8 buses[] = { 0, 1, 0x0f, 0x80, 0xff };
	unsigned int d, b, devfn;

	for (d = 0; d < ARRAY_SIZE(domains); d++)
		for (b = 0; b < ARRAY_SIZE(buses); b++)
			for (devfn = 0; devfn <= 0xff; devfn++) {
				struct pciback_bdf in = {
					domains[d], buses[b], devfn,
				};
				struct pciback_bdf out = { 0 };
				char text[PCIBACK_BDF_STRLEN];

				pciback_bdf_format(in, text);
				KTAP_ROW("%s", text);
				EXPECT_EQ(pciback_bdf_parse_line(text,
								 strlen(text),
								 &out), 0);
				EXPECT_EQ(pciback_bdf_key(out),
					  pciback_bdf_key(in));
			}
}

static void keys_order_and_return(void)
{
	static const struct pciback_bdf rising[] = {
		{ 0, 0, 0 }, { 0, 0, 1 }, { 0, 0, 0xff }, { 0, 1, 0 },
		{ 0, 0xff, 0xff }, { 1, 0, 0 }, { 0xffff, 0xff, 0xff },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rising); i++) {
		u32 key = pciback_bdf_key(rising[i]);
		struct pciback_bdf back = pciback_bdf_from_key(key);

		KTAP_ROW("row %u", i);
		EXPECT_EQ(back.domain, rising[i].domain);
		EXPECT_EQ(back.bus, rising[i].bus);
		EXPECT_EQ(back.devfn, rising[i].devfn);
		EXPECT_EQ(pciback_bdf_slot(back), rising[i].devfn / 8);
		EXPECT_EQ(pciback_bdf_func(back), rising[i].devfn % 8);
		if (i)
			EXPECT(pciback_bdf_key(rising[i - 1]) < key);
	}
}

KTAP_ROOM(KTAP_CASE(takes_characters),
	  KTAP_CASE(takes_numbers),
	  KTAP_CASE(parses_good_spellings),
	  KTAP_CASE(refuses_at_the_spot),
	  KTAP_CASE(parses_lines),
	  KTAP_CASE(line_may_hold_a_zero),
	  KTAP_CASE(formats_as_lspci_does),
	  KTAP_CASE(parses_what_it_formats),
	  KTAP_CASE(keys_order_and_return));
