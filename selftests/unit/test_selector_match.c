// SPDX-License-Identifier: GPL-2.0
/* Which functions a selector names, and when two say the same. */
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "selector.h"

/* A network function behind a root port; each row of a table varies it. */
static const struct pciback_facts nic = {
	.bdf = { 0, 3, 0x09 },
	.vendor = 0x8086, .device = 0x10d3,
	.subvendor = 0x1028, .subdevice = 0x0001,
	.class = 0x020000,
	.path = { 0, 0, 2, { 0xe0, 0x09 } },
};

static struct pciback_selector selector_of(const char *s)
{
	struct pciback_list list = { .rest = { s, s + strlen(s) } };
	struct pciback_token token;

	memset(&token, 0, sizeof(token));
	EXPECT(pciback_selector_next(&list, &token));
	return token.selector;
}

static void names_what_it_says(void)
{
	static const struct {
		const char *text;
		bool match, by_bdf;
	} rows[] = {
		{ "(03:01.1)", true, true },
		{ "(0000:03:01.1)", true, true },
		{ "(03:01.*)", true, true },
		{ "(03:*)", true, true },
		{ "(03:*.*)", true, true },
		{ "(0001:03:01.1)", false, false },
		{ "(04:01.1)", false, false },
		{ "(03:02.1)", false, false },
		{ "(03:01.2)", false, false },
		{ "(03:02.*)", false, false },
		{ "(04:01.*)", false, false },
		{ "(0001:03:*)", false, false },
		{ "(04:*)", false, false },
		{ "(id=8086:10d3)", true, false },
		{ "(id=8086:10d4)", false, false },
		{ "(id=8087:10d3)", false, false },
		{ "(id=8086:10d3:1028:0001)", true, false },
		{ "(id=8086:10d3:1028:0002)", false, false },
		{ "(id=8086:10d3:1029:0001)", false, false },
		{ "(id=8086:10d3:0:0)", false, false },
		{ "(class=02)", true, false },
		{ "(class=0200)", true, false },
		{ "(class=020000)", true, false },
		{ "(class=01)", false, false },
		{ "(class=0201)", false, false },
		{ "(class=020001)", false, false },
		{ "(path=00:1c.0/01.1)", true, false },
		{ "(path=0001:00:1c.0/01.1)", false, false },
		{ "(path=01:1c.0/01.1)", false, false },
		{ "(path=00:1c.1/01.1)", false, false },
		{ "(path=00:1c.0/01.2)", false, false },
		{ "(path=00:1c.0/01.1/00.0)", false, false },
		{ "(garbage)", false, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_selector selector;

		KTAP_ROW("%s", rows[i].text);
		selector = selector_of(rows[i].text);
		EXPECT_EQ(pciback_selector_match(&selector, &nic), rows[i].match);
		EXPECT_EQ(pciback_selector_match_bdf(&selector, nic.bdf),
			  rows[i].by_bdf);
	}
}

static void class_has_24_bits(void)
{
	struct pciback_facts facts = nic;
	struct pciback_selector selector = selector_of("(class=0c0330)");

	facts.class = 0x0c0330;
	EXPECT(pciback_selector_match(&selector, &facts));
	facts.class = 0x0c0320;
	EXPECT(!pciback_selector_match(&selector, &facts));
	selector = selector_of("(class=0c03)");
	EXPECT(pciback_selector_match(&selector, &facts));
}

static void unknown_path_matches_nothing(void)
{
	struct pciback_facts facts = nic;
	struct pciback_selector selector = selector_of("(path=00:1c.0/01.1)");

	facts.path.depth = 0;
	EXPECT(!pciback_selector_match(&selector, &facts));
}

/* All functions of a bus: who a pattern takes, counted. */
static void wildcards_take_no_more(void)
{
	static const struct {
		const char *text;
		unsigned int count;
	} rows[] = {
		{ "(03:01.1)", 1 }, { "(03:1f.7)", 1 }, { "(03:00.0)", 1 },
		{ "(03:01.*)", 8 }, { "(03:*)", 256 }, { "(03:*.*)", 256 },
		{ "(02:*)", 0 }, { "(id=8086:10d3)", 0 },
	};
	unsigned int i, devfn, count;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_selector selector = selector_of(rows[i].text);

		KTAP_ROW("%s", rows[i].text);
		count = 0;
		for (devfn = 0; devfn <= 0xff; devfn++)
			count += pciback_selector_match_bdf(&selector,
					(struct pciback_bdf){ 0, 3, devfn });
		EXPECT_EQ(count, rows[i].count);
	}
}

static void spelling_does_not_matter(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "(03:01.1)", "(0000:03:01.1)", true },
		{ "(03:01.1)", "( 3:1.1 )", true },
		{ "(0a:01.1)", "(0A:01.1)", true },
		{ "(03:*)", "(03:*.*)", true },
		{ "(id=8086:10d3)", "(id=8086:10D3)", true },
		{ "(class=02)", "( class=02 )", true },
		{ "(path=00:1c.0/1.1)", "(path=0000:00:1c.0/01.1)", true },
		{ "(03:01.1)", "(03:01.*)", false },
		{ "(03:00.0)", "(03:*)", false },
		{ "(03:01.1)", "(03:01.2)", false },
		{ "(03:01.1)", "(0001:03:01.1)", false },
		{ "(id=8086:10d3)", "(id=8086:10d3:0:0)", false },
		{ "(class=02)", "(class=0200)", false },
		{ "(path=00:1c.0/1.1)", "(path=00:1c.0/1.1/0.0)", false },
		{ "(class=02)", "(id=2:0)", false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_selector a = selector_of(rows[i].a);
		struct pciback_selector b = selector_of(rows[i].b);

		KTAP_ROW("%s %s", rows[i].a, rows[i].b);
		EXPECT_EQ(pciback_selector_same(&a, &b), rows[i].same);
		EXPECT_EQ(pciback_selector_same(&b, &a), rows[i].same);
		EXPECT(pciback_selector_same(&a, &a));
	}
}

static void kind_out_of_range_matches_nothing(void)
{
	struct pciback_selector selector = selector_of("(class=02)");

	selector.kind = PCIBACK_SELECT_PATH + 1;
	EXPECT(!pciback_selector_match(&selector, &nic));
	EXPECT(!pciback_selector_match_bdf(&selector, nic.bdf));
}

KTAP_ROOM(KTAP_CASE(names_what_it_says),
	  KTAP_CASE(class_has_24_bits),
	  KTAP_CASE(unknown_path_matches_nothing),
	  KTAP_CASE(wildcards_take_no_more),
	  KTAP_CASE(spelling_does_not_matter),
	  KTAP_CASE(kind_out_of_range_matches_nothing));
