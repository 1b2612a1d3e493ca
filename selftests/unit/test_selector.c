// SPDX-License-Identifier: GPL-2.0
/* The grammar of hide=: every form, every way to get it wrong, and the list. */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "selector.h"
#include "text.h"

/* Takes the only token of @s. Its text is for the caller to free. */
static struct pciback_token token_of(const char *s)
{
	struct pciback_list list = { .rest = text_new(s) };
	struct pciback_token token, more;

	memset(&token, 0, sizeof(token));
	EXPECT(pciback_selector_next(&list, &token));
	EXPECT(!pciback_selector_next(&list, &more));
	return token;
}

static void reads_addresses(void)
{
	static const struct {
		const char *text;
		u16 domain;
		u8 bus, devfn, mask;
	} rows[] = {
		{ "(0000:00:1d.7)", 0, 0, 0xef, 0xff },
		{ "(00:1d.7)", 0, 0, 0xef, 0xff },
		{ "(1:2:3.4)", 1, 2, 0x1c, 0xff },
		{ "(ffff:ff:1f.7)", 0xffff, 0xff, 0xff, 0xff },
		{ "(FFFF:FF:1F.7)", 0xffff, 0xff, 0xff, 0xff },
		{ "(00:1d.*)", 0, 0, 0xe8, 0xf8 },
		{ "(0001:02:03.*)", 1, 2, 0x18, 0xf8 },
		{ "(00:*.*)", 0, 0, 0, 0 },
		{ "(00:*)", 0, 0, 0, 0 },
		{ "(0001:ff:*.*)", 1, 0xff, 0, 0 },
		{ "(0001:ff:*)", 1, 0xff, 0, 0 },
		{ "( 00:1d.7 )", 0, 0, 0xef, 0xff },
		{ "(\t\n00:1d.7\r\n)", 0, 0, 0xef, 0xff },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		token = token_of(rows[i].text);
		EXPECT(!token.bad);
		EXPECT_EQ(token.len, strlen(rows[i].text));
		EXPECT_EQ(token.selector.kind, PCIBACK_SELECT_BDF);
		EXPECT_EQ(token.selector.bdf.addr.domain, rows[i].domain);
		EXPECT_EQ(token.selector.bdf.addr.bus, rows[i].bus);
		EXPECT_EQ(token.selector.bdf.addr.devfn, rows[i].devfn);
		EXPECT_EQ(token.selector.bdf.devfn_mask, rows[i].mask);
		ktap_free(token.text);
	}
}

static void reads_ids(void)
{
	static const struct {
		const char *text;
		u16 ids[4];
		bool with_subsystem;
	} rows[] = {
		{ "(id=8086:10d3)", { 0x8086, 0x10d3 }, false },
		{ "(id=8086:10D3)", { 0x8086, 0x10d3 }, false },
		{ "(id=1:2)", { 1, 2 }, false },
		{ "(id=ffff:ffff:ffff:ffff)",
		  { 0xffff, 0xffff, 0xffff, 0xffff }, true },
		{ "(id=8086:10d3:0:0)", { 0x8086, 0x10d3 }, true },
		{ "( id=8086:10d3:1028:0001 )",
		  { 0x8086, 0x10d3, 0x1028, 1 }, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		token = token_of(rows[i].text);
		EXPECT(!token.bad);
		EXPECT_EQ(token.selector.kind, PCIBACK_SELECT_ID);
		EXPECT_EQ(token.selector.id.vendor, rows[i].ids[0]);
		EXPECT_EQ(token.selector.id.device, rows[i].ids[1]);
		EXPECT_EQ(token.selector.id.subvendor, rows[i].ids[2]);
		EXPECT_EQ(token.selector.id.subdevice, rows[i].ids[3]);
		EXPECT_EQ(token.selector.id.with_subsystem,
			  rows[i].with_subsystem);
		ktap_free(token.text);
	}
}

static void reads_classes(void)
{
	static const struct {
		const char *text;
		u32 code, mask;
	} rows[] = {
		{ "(class=02)", 0x020000, 0xff0000 },
		{ "(class=0200)", 0x020000, 0xffff00 },
		{ "(class=0c0330)", 0x0c0330, 0xffffff },
		{ "(class=FF)", 0xff0000, 0xff0000 },
		{ "(class=00)", 0, 0xff0000 },
		{ "(class=000000)", 0, 0xffffff },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		token = token_of(rows[i].text);
		EXPECT(!token.bad);
		EXPECT_EQ(token.selector.kind, PCIBACK_SELECT_CLASS);
		EXPECT_EQ(token.selector.class.code, rows[i].code);
		EXPECT_EQ(token.selector.class.mask, rows[i].mask);
		ktap_free(token.text);
	}
}

static void reads_paths(void)
{
	static const struct {
		const char *text;
		struct pciback_path path;
	} rows[] = {
		{ "(path=0000:00:1c.0/00.0)", { 0, 0, 2, { 0xe0, 0 } } },
		{ "(path=00:1c.0/00.0)", { 0, 0, 2, { 0xe0, 0 } } },
		{ "(path=0001:80:01.1/00.0/1f.7/02.3)",
		  { 1, 0x80, 4, { 9, 0, 0xff, 0x13 } } },
		{ "(path=00_1c.0)", { 0, 0, 1, { 0xe0 } } },
		{ "(path=00:1.0/1.0/2.0/3.0/4.0/5.0/6.0/7.0)",
		  { 0, 0, 8, { 8, 8, 16, 24, 32, 40, 48, 56 } } },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		token = token_of(rows[i].text);
		EXPECT(!token.bad);
		EXPECT_EQ(token.selector.kind, PCIBACK_SELECT_PATH);
		EXPECT(!memcmp(&token.selector.path, &rows[i].path,
			       sizeof(rows[i].path)));
		ktap_free(token.text);
	}
}

/* As many steps as there is room for, and one more. */
static void bounds_the_depth(void)
{
	char text[64 + 5 * PCIBACK_PATH_MAX];
	int more, len, i;

	for (more = 0; more < 2; more++) {
		struct pciback_token token;

		len = sprintf(text, "(path=00:1.0");
		for (i = 1; i < PCIBACK_PATH_MAX + more; i++)
			len += sprintf(text + len, "/%x.0", i & 0x1f);
		sprintf(text + len, ")");
		KTAP_ROW("%d more", more);
		token = token_of(text);
		EXPECT_EQ(!token.bad, !more);
		EXPECT_EQ(token.selector.kind, more ? PCIBACK_SELECT_NONE : PCIBACK_SELECT_PATH);
		ktap_free(token.text);
	}
}

/* What is in the parentheses, by itself. */
static void check_error(const char *s)
{
	struct xpt_text all = text_new(s), inside = all;
	struct pciback_selector selector;

	if (inside.end - inside.at >= 2 && *inside.at == '(' && inside.end[-1] == ')') {
		inside.at++;
		inside.end--;
		EXPECT_EQ(pciback_selector_parse(&inside, &selector), -EINVAL);
	}
	ktap_free(all.at);
}

static void points_at_what_is_wrong(void)
{
	static const struct {
		const char *text;
		int spot;
	} rows[] = {
		{ "x", 0 },
		{ ")", 0 },
		{ "(,)", 1 },
		{ "(", 1 },
		{ "()", 1 },
		{ "( )", 2 },
		{ "(00:1d.7", 8 },
		{ "(*)", 1 },
		{ "(*:*)", 1 },
		{ "(*:*.*)", 1 },
		{ "(*:00.0)", 1 },
		{ "(*:00:00.0)", 1 },
		{ "(00)", 3 },
		{ "(00:)", 4 },
		{ "(00:1d)", 6 },
		{ "(00:1d.)", 7 },
		{ "(00:1d.8)", 7 },
		{ "(00:1d.*7)", 8 },
		{ "(00:1d.7*)", 8 },
		{ "(00:1d.**)", 8 },
		{ "(00:**)", 5 },
		{ "(00:*.)", 6 },
		{ "(00:*.7)", 6 },
		{ "(00:*.**)", 7 },
		{ "(0000:*)", 1 },
		{ "(000:*.*)", 1 },
		{ "-", 0 },
		{ "-x", 0 },
		{ "-(00:1d.7)", 0 },
		{ "(00:20.0)", 5 },
		{ "(100:00.0)", 3 },
		{ "(10000:00:00.0)", 5 },
		{ "(0000:100:00.0)", 8 },
		{ "(0000:00:20.0)", 10 },
		{ "(0000:00:00:0)", 11 },
		{ "(00:1d:7)", 8 },
		{ "(00:*:0)", 5 },
		{ "(00:1d.7 x)", 8 },
		{ "(00 :1d.7)", 3 },
		{ "(-0:1d.7)", 1 },
		{ "(0x:1d.7)", 2 },
		{ "(bdf=00:1d.7)", 3 },
		{ "(id)", 1 },
		{ "(id=)", 4 },
		{ "(id=8086)", 8 },
		{ "(id=8086:)", 9 },
		{ "(id=18086:10d3)", 8 },
		{ "(id=8086:110d3)", 13 },
		{ "(id=8086:*)", 9 },
		{ "(id=8086:10d3:)", 14 },
		{ "(id=8086:10d3:1028)", 18 },
		{ "(id=8086:10d3:1028:)", 19 },
		{ "(id=8086:10d3:10000:1)", 18 },
		{ "(id=8086:10d3:1028:10000)", 23 },
		{ "(id=8086:10d3:1028:0001:0)", 23 },
		{ "(class=)", 7 },
		{ "(class=2)", 7 },
		{ "(class=020)", 7 },
		{ "(class=02000)", 7 },
		{ "(class=0000002)", 7 },
		{ "(class=00000002)", 7 },
		{ "(class=1000000)", 13 },
		{ "(class=0x2)", 9 },
		{ "(class=0x0x02)", 9 },
		{ "(class=02*)", 9 },
		{ "(path=)", 6 },
		{ "(path=00:1c.0)", 13 },
		{ "(path=00:1c.0/)", 14 },
		{ "(path=/1c.0)", 6 },
		{ "(path=00_1c.0-)", 14 },
		{ "(path=00_1c.0-00)", 16 },
		{ "(path=00_1c.0-00_)", 17 },
		{ "(path=00:1c.*/00.0)", 12 },
		{ "(path=00:1c.0/00.8)", 17 },
		{ "(path=00:1c.0/20.0)", 15 },
		{ "(path=00:1c.0/00)", 16 },
		{ "(path=00:1c.0/00.0/)", 19 },
		{ "(path=00:1c.0 /00.0)", 13 },
		{ "(path=00:20.0/00.0)", 9 },
		{ "(path=ff:20.0/00.0)", 9 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		token = token_of(rows[i].text);
		EXPECT(token.bad);
		if (token.bad)
			EXPECT_EQ(token.bad - token.text, rows[i].spot);
		EXPECT_EQ(token.len, strlen(rows[i].text));
		EXPECT_EQ(token.selector.kind, PCIBACK_SELECT_NONE);
		check_error(rows[i].text);
		ktap_free(token.text);
	}
}

static void splits_lists(void)
{
	/* A good token stands as it is, a bad one behind a '!'. */
	static const struct {
		const char *text;
		const char *tokens[5];
	} rows[] = {
		{ "", { NULL } },
		{ " \t\r\n", { NULL } },
		{ "(00:1d.7)", { "(00:1d.7)" } },
		{ "(00:1d.7)(00:1a.*)", { "(00:1d.7)", "(00:1a.*)" } },
		{ " (00:1d.7)\t\n\t(00:1a.*) ", { "(00:1d.7)", "(00:1a.*)" } },
		{ "(00:1d.7)(id=8086:10d3)(class=02)(path=00:1c.0/00.0)",
		  { "(00:1d.7)", "(id=8086:10d3)", "(class=02)",
		    "(path=00:1c.0/00.0)" } },
		{ "(00:1d.9)(00:1d.7)", { "!(00:1d.9)", "(00:1d.7)" } },
		{ "(00:1d.7)(00:1d.9)", { "(00:1d.7)", "!(00:1d.9)" } },
		{ "(00:1d.7),(00:1a.0)", { "(00:1d.7)", "(00:1a.0)" } },
		{ "(00:1d.7) , (00:1a.0)", { "(00:1d.7)", "(00:1a.0)" } },
		{ "(00:1d.7 (00:1a.0)", { "!(00:1d.7", "(00:1a.0)" } },
		{ "00:1d.7 (00:1a.0)", { "00:1d.7", "(00:1a.0)" } },
		{ "00:1d.7) (00:1a.0)", { "!00:1d.7)", "(00:1a.0)" } },
		{ "((00:1d.7))", { "!(", "(00:1d.7)", "!)" } },
		{ "()(00:1d.7)()", { "!()", "(00:1d.7)", "!()" } },
		{ "x y (00:1d.7) z", { "!x", "!y", "(00:1d.7)", "!z" } },
		{ "(00:1d.7)(", { "(00:1d.7)", "!(" } },
		{ ")(00:1d.7)", { "!)", "(00:1d.7)" } },
		{ "))", { "!)", "!)" } },
	};
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_list list = { .rest = text_new(rows[i].text) };
		const char *start = list.rest.at;
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		for (n = 0; rows[i].tokens[n]; n++) {
			const char *want = rows[i].tokens[n];
			bool bad = *want == '!';

			want += bad;
			if (!pciback_selector_next(&list, &token)) {
				EXPECT(!"a token is missing");
				break;
			}
			EXPECT_EQ(!!token.bad, bad);
			EXPECT_EQ(token.len, strlen(want));
			EXPECT(token.len == strlen(want) &&
			       !memcmp(token.text, want, token.len));
		}
		EXPECT(!pciback_selector_next(&list, &token));
		EXPECT(list.rest.at == list.rest.end);
		ktap_free(start);
	}
}

KTAP_ROOM(KTAP_CASE(reads_addresses),
	  KTAP_CASE(reads_ids),
	  KTAP_CASE(reads_classes),
	  KTAP_CASE(reads_paths),
	  KTAP_CASE(bounds_the_depth),
	  KTAP_CASE(points_at_what_is_wrong),
	  KTAP_CASE(splits_lists));
