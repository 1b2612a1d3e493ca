// SPDX-License-Identifier: GPL-2.0
/* The ways to write hide= that are in use: what each list comes to. */
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "selector.h"
#include "text.h"

#define CANONICAL_MAX	9

/* Does @text come to the selectors @want, each in its own parentheses? */
static void check_list(const char *text, const char *const want[])
{
	struct pciback_list list = { .rest = text_new(text) };
	const char *start = list.rest.at;
	struct pciback_token token;
	unsigned int n;

	KTAP_ROW("%s", text);
	for (n = 0; want[n]; n++) {
		struct xpt_text one = text_new(want[n]);
		const char *one_start = one.at;
		struct pciback_selector selector;

		if (!pciback_selector_next(&list, &token)) {
			EXPECT(!"a token is missing");
			ktap_free(one_start);
			break;
		}
		if (*want[n] == '!') {
			EXPECT(token.bad);
			EXPECT_EQ(token.len, strlen(want[n] + 1));
			EXPECT(!memcmp(token.text, want[n] + 1, token.len));
		} else {
			EXPECT(!token.bad);
			EXPECT(!pciback_selector_parse(&one, &selector));
			EXPECT(pciback_selector_same(&token.selector, &selector));
		}
		ktap_free(one_start);
	}
	EXPECT(!pciback_selector_next(&list, &token));
	ktap_free(start);
}

struct row {
	const char *text;
	const char *want[CANONICAL_MAX];
};

static void check_rows(const struct row *rows, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		check_list(rows[i].text, rows[i].want);
}

static void takes_one_in_every_spelling(void)
{
	static const struct row rows[] = {
		{ "00:05.0", { "0000:00:05.0" } },
		{ "0000:00:05.0\n", { "0000:00:05.0" } },
		{ "0x0000:0x00:0x05.0x0", { "0000:00:05.0" } },
		{ "(0x0000:0x00:0x05.0x0)", { "0000:00:05.0" } },
		{ "0X0:5.0", { "00:05.0" } },
		{ "(00: 05.0)", { "00:05.0" } },
		{ "( 00: 05. 0 )", { "00:05.0" } },
		{ "00: 05.0", { "00:05.0" } },
		{ "00:05.*", { "00:05.*" } },
		{ "00:*", { "00:*.*" } },
		{ "id=8086:10d3", { "id=8086:10d3" } },
		{ "id= 8086:10d3", { "id=8086:10d3" } },
		{ "00:05. 0", { "00:05.0" } },
		{ "(ID=8086:10D3)", { "id=8086:10d3" } },
		{ "(Id=0x8086:0x10d3)", { "id=8086:10d3" } },
		{ "(id= 8086: 10d3)", { "id=8086:10d3" } },
		{ "id=0x8086:0x10d3:0x1:0x2", { "id=8086:10d3:0001:0002" } },
		{ "(class=0x0200)", { "class=0200" } },
		{ "CLASS=02", { "class=02" } },
		{ "(class= 0x0C0330)", { "class=0c0330" } },
		{ "PATH=00:1c.0/00.0", { "path=0000:00:1c.0/00.0" } },
		{ "path=00:0x1c.0/0x0.0x0", { "path=0000:00:1c.0/00.0" } },
		{ "path=0000_00_08.1-00_00.0", { "path=00:08.1/00.0" } },
		{ "path=00:08.1/ 00.0", { "path=00:08.1/00.0" } },
		{ "(path=00_08.1-00_00.0-00_1f.7)", { "path=00:08.1/00.0/1f.7" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void takes_lists_however_separated(void)
{
	static const struct row rows[] = {
		{ "00:05.0,00:06.0", { "00:05.0", "00:06.0" } },
		{ "00:05.0 00:06.0", { "00:05.0", "00:06.0" } },
		{ "00:05.0, 00:06.0,", { "00:05.0", "00:06.0" } },
		{ "00:05.0\n00:06.0\n", { "00:05.0", "00:06.0" } },
		{ "0000:03:00.0,id=8086:10d3", { "03:00.0", "id=8086:10d3" } },
		{ "(00:05.0,00:06.0)", { "00:05.0", "00:06.0" } },
		{ "( 00:05.0 , id=1:2 )(00:07.0)", { "00:05.0", "id=1:2", "00:07.0" } },
		{ "(00:05.0),(00:06.0)", { "00:05.0", "00:06.0" } },
		{ "(00:05.0) , (00:06.0)", { "00:05.0", "00:06.0" } },
		{ "00:05.0(00:06.0)00:07.0", { "00:05.0", "00:06.0", "00:07.0" } },
		{ "(00:*,01:*)", { "00:*", "01:*" } },
		{ "id=1:2 class=02 path=00:1c.0/00.0",
		  { "id=1:2", "class=02", "path=00:1c.0/00.0" } },
		{ "'00:05.0,00:06.0'", { "00:05.0", "00:06.0" } },
		{ "'(00:05.0)(00:06.0)'", { "00:05.0", "00:06.0" } },
		{ "\"00:05.0\",'00:06.0'", { "00:05.0", "00:06.0" } },
		{ "''", { NULL } },
		{ ",", { NULL } },
		{ " ,\n, ", { NULL } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void good_ones_survive_bad_ones(void)
{
	static const struct row rows[] = {
		{ "00:05.8,00:06.0", { "!00:05.8", "00:06.0" } },
		{ "x 00:06.0 y", { "!x", "00:06.0", "!y" } },
		{ "(00:05.8,00:06.0)", { "!00:05.8", "00:06.0" } },
		{ "(00:05.0,)(00:06.0)", { "00:05.0", "00:06.0" } },
		{ "(,)00:06.0", { "!(,)", "00:06.0" } },
		{ "(00:05.0,00:07.0 (00:06.0)", { "!(00:05.0,00:07.0", "00:06.0" } },
		{ "00:05.0) 00:06.0", { "!00:05.0)", "00:06.0" } },
		{ "00:05.0 00:06.0)", { "00:05.0", "!00:06.0)" } },
		{ "-00:05.0,00:06.0", { "!-00:05.0", "00:06.0" } },
		{ "-(00:05.0)(00:06.0)", { "!-(00:05.0)", "00:06.0" } },
		{ "-(00:05.0,00:06.0,00:07.0)(00:06.0)",
		  { "!-(00:05.0,00:06.0,00:07.0)", "00:06.0" } },
		{ "-(00:05.0 00:06.0) 00:06.0", { "!-(00:05.0 00:06.0)", "00:06.0" } },
		{ "- (00:05.0),00:06.0", { "!- (00:05.0)", "00:06.0" } },
		{ "- 00:05.0 00:06.0", { "!- 00:05.0", "00:06.0" } },
		{ "-'(00:05.0)' 00:06.0", { "!-'(00:05.0)", "00:06.0" } },
		{ "00:05.0 -", { "00:05.0", "!-" } },
		{ "--(00:05.0) 00:06.0", { "!--(00:05.0)", "00:06.0" } },
		{ "- -(00:05.0),00:06.0", { "!- -(00:05.0)", "00:06.0" } },
		{ "00:07.0-(00:05.0)(00:06.0)", { "!00:07.0-(00:05.0)", "00:06.0" } },
		{ "00:07.0-(00:05.0", { "!00:07.0-(00:05.0" } },
		{ "-(00:05.0)00:06.0", { "!-(00:05.0)", "00:06.0" } },
		{ "-(00:05.0", { "!-(00:05.0" } },
		{ "0000:*,00:06.0", { "!0000:*", "00:06.0" } },
		{ "(0x000:*.*)(0000:0:*)", { "!(0x000:*.*)", "0000:00:*" } },
		{ "00 :05.0,00:06.0", { "!00", "!:05.0", "00:06.0" } },
		{ "id=8086 00:06.0", { "!id=8086", "00:06.0" } },
		{ "id= ,00:06.0", { "!id=", "00:06.0" } },
		{ "class=2,00:06.0", { "!class=2", "00:06.0" } },
		{ "path=00:1c.0,00:06.0", { "!path=00:1c.0", "00:06.0" } },
		{ "path=00_08.1-01_00.0,00:06.0",
		  { "!path=00_08.1-01_00.0", "00:06.0" } },
		{ "path=00_08.1/00.0,00:06.0", { "!path=00_08.1/00.0", "00:06.0" } },
		{ "00:05.0,10000:00:00.0", { "00:05.0", "!10000:00:00.0" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void paths_are_as_deep_as_chains(void)
{
	char text[256] = "path=00:1c.0";
	unsigned int depth;

	for (depth = 2; depth <= PCIBACK_PATH_MAX + 1; depth++) {
		struct pciback_list list;
		struct pciback_token token;
		const char *start;

		strcat(text, "/01.0");
		KTAP_ROW("%u", depth);
		list = (struct pciback_list){ .rest = text_new(text) };
		start = list.rest.at;
		EXPECT(pciback_selector_next(&list, &token));
		EXPECT_EQ(!token.bad, depth <= PCIBACK_PATH_MAX);
		if (!token.bad)
			EXPECT_EQ(token.selector.path.depth, depth);
		ktap_free(start);
	}
	/* Root port, six boxes of a switch each, and a function. */
	EXPECT(PCIBACK_PATH_MAX >= 14);
}

KTAP_ROOM(KTAP_CASE(takes_one_in_every_spelling),
	  KTAP_CASE(takes_lists_however_separated),
	  KTAP_CASE(good_ones_survive_bad_ones),
	  KTAP_CASE(paths_are_as_deep_as_chains));
