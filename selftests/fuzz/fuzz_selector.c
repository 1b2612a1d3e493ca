// SPDX-License-Identifier: GPL-2.0
/*
 * Any text as an address or as hide=: cursors stay inside, tokens account for
 * every character, what is wrong is pointed at inside its token, and what is
 * taken says the same when it stands alone, and to another reader.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bdf.h"
#include "fuzz.h"
#include "selector.h"
#include "selector_oracle.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What may stand between tokens: parentheses where several share them, and quotes. */
static bool is_between(char c)
{
	return is_space(c) || c == ',' || c == '(' || c == ')' ||
	       c == '\'' || c == '"';
}

/* All from @at to @end stands between tokens, what a group forces included. */
static void check_between(const char *at, const char *end)
{
	const char *start = at;

	for (; at < end; at++) {
		if (is_between(*at))
			continue;
		ORACLE(at > start && is_space(at[-1]) && end - at > 6);
		ORACLE(!strncasecmp(at, "force=", 6));
		at = memchr(at, ')', end - at);
		ORACLE(at);
	}
}

static void check_round_trip(struct pciback_bdf bdf)
{
	struct pciback_bdf back = { 0 };
	char text[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(bdf, text);
	ORACLE(strlen(text) == PCIBACK_BDF_STRLEN - 1);
	ORACLE(!pciback_bdf_parse_line(text, strlen(text), &back));
	ORACLE(pciback_bdf_key(back) == pciback_bdf_key(bdf));
}

static void check_bdf(const char *start, const char *end)
{
	struct xpt_text text = { start, end };
	struct pciback_bdf bdf = { 0 }, line = { 0 };
	int err = pciback_bdf_parse(&text, &bdf);

	ORACLE(!err || err == -EINVAL);
	ORACLE(text.at >= start && text.at <= end && text.end == end);
	if (!err) {
		ORACLE(selector_oracle_is_bdf(start, text.at - start, bdf));
		check_round_trip(bdf);
	}
	if (!pciback_bdf_parse_line(start, end - start, &line))
		ORACLE(selector_oracle_is_bdf(start, end - start, line));
	else if (!err)
		/* The address was good, so what follows it was not. */
		ORACLE(text.at < end);
}

/* A selector names what it says: an address inside it, and none outside. */
static void check_match(const struct pciback_selector *selector)
{
	struct pciback_bdf bdf;

	if (selector->kind != PCIBACK_SELECT_BDF)
		return;
	bdf = selector->bdf.addr;
	ORACLE(pciback_selector_match_bdf(selector, bdf));
	bdf.devfn ^= 1;
	ORACLE(pciback_selector_match_bdf(selector, bdf) ==
	       !(selector->bdf.devfn_mask & 1));
	bdf.devfn ^= 1;
	bdf.bus ^= 1;
	ORACLE(!pciback_selector_match_bdf(selector, bdf));
	bdf.bus ^= 1;
	bdf.domain ^= 1;
	ORACLE(!pciback_selector_match_bdf(selector, bdf));
}

static void check_good(const struct pciback_token *token)
{
	struct pciback_list alone = {
		.rest = { token->text, token->text + token->len },
	};
	struct pciback_token again;

	ORACLE(token->selector.kind != PCIBACK_SELECT_NONE);
	ORACLE((token->text[0] == '(') == (token->text[token->len - 1] == ')'));
	ORACLE(selector_oracle_is_token(token));
	ORACLE(pciback_selector_next(&alone, &again));
	ORACLE(!again.bad && again.len == token->len);
	/* A group's stands behind all of its members. */
	ORACLE(again.force == token->force || *token->text != '(');
	ORACLE(pciback_selector_same(&token->selector, &again.selector));
	ORACLE(!pciback_selector_next(&alone, &again));
	check_match(&token->selector);
}

static void check_token(const struct pciback_token *token)
{
	static const struct pciback_facts nothing;

	ORACLE(token->len > 0);
	if (!token->bad) {
		check_good(token);
		return;
	}
	ORACLE(token->bad >= token->text);
	ORACLE(token->bad <= token->text + token->len);
	ORACLE(token->selector.kind == PCIBACK_SELECT_NONE && !token->force);
	ORACLE(!pciback_selector_match(&token->selector, &nothing));
}

/* Only separators stand between tokens, and nothing is read twice. */
static void check_list(const char *start, const char *end)
{
	struct pciback_list list = { .rest = { start, end } };
	struct pciback_token token;
	const char *done = start;

	while (pciback_selector_next(&list, &token)) {
		ORACLE(token.text >= done && token.text + token.len <= list.rest.at);
		check_between(done, token.text);
		done = token.text + token.len;
		ORACLE(!is_space(done[-1]));
		ORACLE(list.rest.at <= end && list.rest.end == end);
		check_token(&token);
	}
	check_between(done, end);
	ORACLE(list.rest.at == end);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const char *text = (const char *)data;

	check_bdf(text, text + size);
	check_list(text, text + size);
	return 0;
}
