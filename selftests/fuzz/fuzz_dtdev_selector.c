// SPDX-License-Identifier: GPL-2.0
/*
 * Any text as hide= of xen-dtdev: tokens account for every character, what is
 * wrong is pointed at inside its token, and what is taken, written anew, is read
 * as the same.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "fuzz.h"
#include "reason.h"
#include "selector.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Writes @selector as it is documented. */
static size_t format(const struct dtdev_selector *selector, char *text, size_t size)
{
	const char *separator = " force=";
	size_t len;
	int i;

	len = snprintf(text, size, "(%s%.*s",
		       selector->kind == DTDEV_SELECT_COMPATIBLE ? "compatible=" : "",
		       (int)selector->len, selector->name);
	for (i = 0; i < DTDEV_REASONS; i++) {
		if (!(selector->force & DTDEV_REASON_BIT(i)))
			continue;
		len += snprintf(text + len, size - len, "%s%s", separator,
				dtdev_reason_name(i));
		separator = ",";
	}
	return len + snprintf(text + len, size - len, ")");
}

/* A path has no empty step, and none that means another. */
static void check_path(const char *path, size_t len)
{
	const char *at = path, *end = path + len, *slash;

	at += *at == '/';
	for (;;) {
		slash = memchr(at, '/', end - at);
		len = (slash ? slash : end) - at;
		ORACLE(len > 0);
		ORACLE(len != 1 || *at != '.');
		ORACLE(len != 2 || memcmp(at, "..", 2));
		if (!slash)
			return;
		at = slash + 1;
	}
}

static void check_good(const struct dtdev_token *token)
{
	const struct dtdev_selector *selector = &token->selector;
	struct dtdev_token again;
	struct xpt_text list;
	char text[1024];

	ORACLE(selector->kind != DTDEV_SELECT_NONE);
	ORACLE(selector->len > 0 && selector->len <= DTDEV_NAME_MAX);
	ORACLE(selector->name > token->text);
	ORACLE(selector->name + selector->len < token->text + token->len);
	ORACLE(!(selector->force >> DTDEV_REASONS));
	if (selector->kind == DTDEV_SELECT_PATH)
		check_path(selector->name, selector->len);

	list.at = text;
	list.end = text + format(selector, text, sizeof(text));
	ORACLE(dtdev_selector_next(&list, &again));
	ORACLE(!again.bad && again.selector.kind == selector->kind);
	ORACLE(again.selector.force == selector->force);
	ORACLE(again.selector.len == selector->len);
	ORACLE(!memcmp(again.selector.name, selector->name, selector->len));
	ORACLE(!dtdev_selector_next(&list, &again));
}

static void check_token(const struct dtdev_token *token)
{
	ORACLE(token->len > 0);
	if (!token->bad) {
		check_good(token);
		return;
	}
	ORACLE(token->bad >= token->text);
	ORACLE(token->bad <= token->text + token->len);
	ORACLE(token->selector.kind == DTDEV_SELECT_NONE);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const char *start = (const char *)data, *done = start;
	struct xpt_text list = { start, start + size };
	struct dtdev_token token;

	while (dtdev_selector_next(&list, &token)) {
		ORACLE(token.text >= done && token.text + token.len <= list.at);
		for (; done < token.text; done++)
			ORACLE(is_space(*done));
		done = token.text + token.len;
		check_token(&token);
	}
	for (; done < list.end; done++)
		ORACLE(is_space(*done));
	ORACLE(list.at == list.end);
	return 0;
}
