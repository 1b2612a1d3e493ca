// SPDX-License-Identifier: GPL-2.0
/* What is forced, for whom; and who names the very function. */
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "reason.h"
#include "selector.h"
#include "text.h"

#define TOKENS_MAX	4

#define CONSOLE	PCIBACK_REASON_BIT(PCIBACK_REASON_CONSOLE)
#define NETWORK	PCIBACK_REASON_BIT(PCIBACK_REASON_NETWORK)
#define HOST	PCIBACK_REASON_BIT(PCIBACK_REASON_HOST_BRIDGE)

static void goes_for_all_in_its_parentheses(void)
{
	static const struct {
		const char *text;
		struct {
			const char *text;
			u32 force;
		} tokens[TOKENS_MAX];
	} rows[] = {
		{ "(00:05.0)", { { "(00:05.0)", 0 } } },
		{ "(00:05.0 force=network)", { { "(00:05.0 force=network)", NETWORK } } },
		{ "( 00:05.0\tFORCE= Network )", { { "( 00:05.0\tFORCE= Network )", NETWORK } } },
		{ "(class=06 force=host-bridge,console)",
		  { { "(class=06 force=host-bridge,console)", HOST | CONSOLE } } },
		{ "(00:05.0 force=network , console)(00:06.0)",
		  { { "(00:05.0 force=network , console)", NETWORK | CONSOLE },
		    { "(00:06.0)", 0 } } },
		{ "(00:05.0,00:06.0 force=network,console),00:07.0",
		  { { "00:05.0", NETWORK | CONSOLE }, { "00:06.0", NETWORK | CONSOLE },
		    { "00:07.0", 0 } } },
		{ "(00:05.0, force=network)(00:06.0,00:07.0)",
		  { { "00:05.0", NETWORK }, { "00:06.0", 0 }, { "00:07.0", 0 } } },
		{ "(00:05.8,00:06.0 force=network)",
		  { { "00:05.8", 0 }, { "00:06.0", NETWORK } } },
	};
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_list list = { .rest = text_new(rows[i].text) };
		const char *start = list.rest.at;
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		for (n = 0; n < TOKENS_MAX && rows[i].tokens[n].text; n++) {
			EXPECT(pciback_selector_next(&list, &token));
			EXPECT_EQ(token.len, strlen(rows[i].tokens[n].text));
			EXPECT(!memcmp(token.text, rows[i].tokens[n].text, token.len));
			EXPECT_EQ(token.force, rows[i].tokens[n].force);
		}
		EXPECT(!pciback_selector_next(&list, &token));
		ktap_free(start);
	}
}

static void points_at_what_is_wrong(void)
{
	static const struct {
		const char *text;
		int spot;
	} rows[] = {
		{ "(00:05.0 force=)", 15 },
		{ "(00:05.0 force=networks)", 15 },
		{ "(00:05.0 force=network,)", 23 },
		{ "(00:05.0 force=,network)", 15 },
		{ "(00:05.0 force=network force=console)", 15 },
		{ "(00:05.0 force=network 00:06.0)", 15 },
		{ "(00:05.0,00:06.0 force=x)", 23 },
		{ "(00:05.0 force)", 8 },
		{ "(00:05.0force=network)", 8 },
		{ "(force=network)", 2 },
		{ "( force=network)", 1 },
		{ "(00:05.8 force=network)", 7 },
		{ "(00:05.0 force=network", 22 },
		{ "force=network", 1 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_list list = { .rest = text_new(rows[i].text) };
		const char *start = list.rest.at;
		struct pciback_token token;

		KTAP_ROW("%s", rows[i].text);
		EXPECT(pciback_selector_next(&list, &token));
		EXPECT(token.bad);
		if (token.bad)
			EXPECT_EQ(token.bad - token.text, rows[i].spot);
		EXPECT_EQ(token.force, 0);
		EXPECT(!pciback_selector_next(&list, &token));
		ktap_free(start);
	}
}

/* An ISA bridge right on its root bus. */
static const struct pciback_facts bridge = {
	.bdf = { 0, 0, 0xf8 },
	.vendor = 0x8086, .device = 0x2918,
	.class = 0x060100,
	.path = { 0, 0, 1, { 0xf8 } },
};

static void some_selectors_are_names(void)
{
	static const struct {
		const char *text;
		bool is_name;
	} rows[] = {
		{ "00:1f.0", true },
		{ "path=00_1f.0", true },
		{ "00:1f.1", false },
		{ "path=00_1f.1", false },
		{ "00:1f.*", false },
		{ "00:*", false },
		{ "id=8086:2918", false },
		{ "class=0601", false },
		{ "nonsense", false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		struct pciback_selector selector;

		KTAP_ROW("%s", rows[i].text);
		pciback_selector_parse(&text, &selector);
		EXPECT_EQ(pciback_selector_is_name(&selector, &bridge), rows[i].is_name);
		ktap_free(start);
	}
}

KTAP_ROOM(KTAP_CASE(goes_for_all_in_its_parentheses),
	  KTAP_CASE(points_at_what_is_wrong),
	  KTAP_CASE(some_selectors_are_names));
