// SPDX-License-Identifier: GPL-2.0
/*
 * selector - reads the grammar of hide= and new_node
 *
 * Pure: no state, no allocation, any context.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "reason.h"
#include "selector.h"

/* What node names, aliases and compatible strings are made of. */
static bool selector_is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr(",._+-@", c));
}

static size_t selector_take_name(struct xpt_text *text)
{
	const char *start = text->at;

	while (text->at != text->end && selector_is_name(*text->at))
		text->at++;
	return text->at - start;
}

/* "/a/b@1" or "alias/b@1": no empty step, none that is "." or "..". */
static int selector_take_path(struct xpt_text *text)
{
	const char *step;
	size_t len;

	if (text->at != text->end && *text->at == '/')
		text->at++;
	for (;;) {
		step = text->at;
		len = selector_take_name(text);
		if (!len || (len <= 2 && !memcmp(step, "..", len))) {
			text->at = step;
			return -EINVAL;
		}
		if (text->at == text->end || *text->at != '/')
			return 0;
		text->at++;
	}
}

/* "force=a,b", at the end. */
static int selector_take_force(struct xpt_text *text, u32 *force)
{
	const char *name;
	int reason;

	xpt_text_skip_space(text);
	if (text->at == text->end)
		return 0;
	if (!xpt_text_take_word(text, "force="))
		return -EINVAL;
	for (;;) {
		name = text->at;
		while (text->at != text->end && *text->at != ',')
			text->at++;
		reason = dtdev_reason_find(name, text->at - name);
		if (reason < 0) {
			text->at = name;
			return -EINVAL;
		}
		*force |= DTDEV_REASON_BIT(reason);
		if (text->at == text->end)
			return 0;
		text->at++;
	}
}

/*
 * Reads @text, the inside of one pair of parentheses, white space around it
 * allowed, to its end. Returns 0, or -EINVAL with the cursor at the spot and a
 * selector that matches nothing.
 */
int dtdev_selector_parse(struct xpt_text *text,
			 struct dtdev_selector *selector)
{
	enum dtdev_selector_kind kind = DTDEV_SELECT_PATH;
	const char *name;
	int err;

	memset(selector, 0, sizeof(*selector));
	xpt_text_trim(text);
	if (xpt_text_take_word(text, "compatible=")) {
		kind = DTDEV_SELECT_COMPATIBLE;
		name = text->at;
		err = selector_take_name(text) ? 0 : -EINVAL;
	} else {
		name = text->at;
		err = selector_take_path(text);
	}
	if (err)
		return err;
	if (text->at - name > DTDEV_NAME_MAX) {
		text->at = name + DTDEV_NAME_MAX;
		return -EINVAL;
	}
	selector->name = name;
	selector->len = text->at - name;
	if (text->at != text->end && !xpt_text_is_space(*text->at))
		return -EINVAL;
	err = selector_take_force(text, &selector->force);
	if (!err)
		selector->kind = kind;
	return err;
}

/*
 * Takes the next token off @list. Returns false when there is none left. A
 * malformed one comes back too, with @token->bad at the offending spot and a
 * selector that matches nothing.
 */
bool dtdev_selector_next(struct xpt_text *list, struct dtdev_token *token)
{
	struct xpt_piece piece;

	if (!xpt_text_next(list, &piece))
		return false;
	memset(token, 0, sizeof(*token));
	token->text = piece.all.at;
	token->len = piece.all.end - piece.all.at;
	token->bad = piece.bad;
	if (!piece.bad && dtdev_selector_parse(&piece.inside, &token->selector))
		token->bad = piece.inside.at;
	return true;
}
