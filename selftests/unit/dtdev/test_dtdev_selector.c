// SPDX-License-Identifier: GPL-2.0
/* What hide= and new_node take, what they refuse, and where. */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "reason.h"
#include "selector.h"

/* Without a terminating zero, so that the sanitizer sees any look beyond. */
static struct xpt_text text_new(const char *s)
{
	size_t len = strlen(s);
	char *copy = ktap_alloc(len);

	memcpy(copy, s, len);
	return (struct xpt_text){ copy, copy + len };
}

#define FORCE(_reason)	DTDEV_REASON_BIT(DTDEV_##_reason)

static void parses(void)
{
	static const struct {
		const char *text;
		enum dtdev_selector_kind kind;
		const char *name;
		u32 force;
	} rows[] = {
		{ "/soc/ethernet@fff51000", DTDEV_SELECT_PATH, "/soc/ethernet@fff51000" },
		{ " /a\n", DTDEV_SELECT_PATH, "/a" },
		{ "serial0", DTDEV_SELECT_PATH, "serial0" },
		{ "i2c0/rtc@68", DTDEV_SELECT_PATH, "i2c0/rtc@68" },
		{ "/a,b.c_d+e-f@0", DTDEV_SELECT_PATH, "/a,b.c_d+e-f@0" },
		{ "/...", DTDEV_SELECT_PATH, "/..." },
		{ "compatible=calxeda,hb-xgmac", DTDEV_SELECT_COMPATIBLE, "calxeda,hb-xgmac" },
		{ "compatible", DTDEV_SELECT_PATH, "compatible" },
		{ "/a force=console", DTDEV_SELECT_PATH, "/a", FORCE(CONSOLE) },
		{ "/a\t force=shared-page,shared-page,no-unbind", DTDEV_SELECT_PATH, "/a",
		  FORCE(PAGE) | FORCE(NO_UNBIND) },
		{ "compatible=x force=consumers", DTDEV_SELECT_COMPATIBLE, "x",
		  FORCE(CONSUMERS) },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		struct dtdev_selector sel;

		KTAP_ROW("%s", rows[i].text);
		EXPECT_EQ(dtdev_selector_parse(&text, &sel), 0);
		EXPECT_EQ(sel.kind, rows[i].kind);
		EXPECT_EQ(sel.force, rows[i].force);
		EXPECT_EQ(sel.len, strlen(rows[i].name));
		EXPECT(!memcmp(sel.name, rows[i].name, sel.len));
		ktap_free(start);
	}
}

static void refuses(void)
{
	static const struct {
		const char *text;
		int bad;	/* where */
	} rows[] = {
		{ "", 0 },
		{ " ", 1 },
		{ "/", 1 },
		{ "//", 1 },
		{ "/a/", 3 },
		{ "/a//b", 3 },
		{ "/a/../b", 3 },
		{ "/.", 1 },
		{ "/a*", 2 },
		{ "/a(b", 2 },
		{ "compatible=", 11 },
		{ "compatible=a b", 13 },
		{ "compatible=a/b", 12 },
		{ "/a b", 3 },
		{ "/a console", 3 },
		{ "/a force", 3 },
		{ "/a force=", 9 },
		{ "/a force=nonsense", 9 },
		{ "/a force=console,", 17 },
		{ "/a force=console timer", 9 },
		{ "/a force=conso", 9 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text text = text_new(rows[i].text);
		const char *start = text.at;
		struct dtdev_selector sel;

		KTAP_ROW("'%s'", rows[i].text);
		EXPECT_EQ(dtdev_selector_parse(&text, &sel), -EINVAL);
		EXPECT_EQ(sel.kind, DTDEV_SELECT_NONE);
		EXPECT_EQ(text.at - start, rows[i].bad);
		ktap_free(start);
	}
}

/* One character in a name: each there is. */
static void knows_what_names_are_made_of(void)
{
	static const char good[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,._+-@";
	char name[] = "/a?b";
	unsigned int c;

	for (c = 1; c < 256; c++) {
		struct dtdev_selector sel;
		struct xpt_text text;
		const char *start;

		KTAP_ROW("%#x", c);
		name[2] = c;
		text = text_new(name);
		start = text.at;
		EXPECT_EQ(!dtdev_selector_parse(&text, &sel), c == '/' || strchr(good, c));
		ktap_free(start);
	}
}

static void bounds_the_length(void)
{
	struct dtdev_selector sel;
	struct xpt_text text;
	const char *start;
	char name[DTDEV_NAME_MAX + 2];

	memset(name, 'a', sizeof(name));
	name[0] = '/';
	name[DTDEV_NAME_MAX + 1] = '\0';
	text = text_new(name);
	start = text.at;
	EXPECT_EQ(dtdev_selector_parse(&text, &sel), -EINVAL);
	EXPECT_EQ(text.at - start, DTDEV_NAME_MAX);
	ktap_free(start);

	name[DTDEV_NAME_MAX] = '\0';
	text = text_new(name);
	start = text.at;
	EXPECT_EQ(dtdev_selector_parse(&text, &sel), 0);
	EXPECT_EQ(sel.len, DTDEV_NAME_MAX);
	ktap_free(start);
}

/* "name" for a good token, "!N" for one that is bad at N. */
static void lists(void)
{
	static const struct {
		const char *text;
		const char *tokens[4];
	} rows[] = {
		{ "", { NULL } },
		{ "\t\n", { NULL } },
		{ "(/a)", { "/a" } },
		{ "(/a)(b)", { "/a", "b" } },
		{ " (/a) (compatible=b) ", { "/a", "b" } },
		{ "(/a", { "!3" } },
		{ "/a)", { "!0" } },
		{ "(", { "!1" } },
		{ "()", { "!1" } },
		{ "(/a(b)", { "!3", "b" } },
		{ "(/)(/b)x(/c force=nope)", { "!2", "/b", "!0", "!10" } },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xpt_text list = text_new(rows[i].text);
		const char *start = list.at;
		struct dtdev_token token;
		char got[64];

		KTAP_ROW("'%s'", rows[i].text);
		for (j = 0; j < 4 && rows[i].tokens[j]; j++) {
			EXPECT(dtdev_selector_next(&list, &token));
			if (token.bad)
				snprintf(got, sizeof(got), "!%d",
					 (int)(token.bad - token.text));
			else
				snprintf(got, sizeof(got), "%.*s",
					 (int)token.selector.len,
					 token.selector.name);
			EXPECT(!strcmp(got, rows[i].tokens[j]));
		}
		EXPECT(!dtdev_selector_next(&list, &token));
		ktap_free(start);
	}
}

static void names_every_reason(void)
{
	int i;

	for (i = 0; i < DTDEV_REASONS; i++) {
		const char *name = dtdev_reason_name(i);

		KTAP_ROW("%d", i);
		EXPECT(name);
		EXPECT_EQ(dtdev_reason_find(name, strlen(name)), i);
	}
	EXPECT_EQ(dtdev_reason_find("", 0), -EINVAL);
}

KTAP_ROOM(KTAP_CASE(parses), KTAP_CASE(refuses),
	  KTAP_CASE(knows_what_names_are_made_of), KTAP_CASE(bounds_the_length),
	  KTAP_CASE(lists), KTAP_CASE(names_every_reason));
