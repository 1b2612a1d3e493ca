/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xpt_text - lists of tokens, each in its own parentheses, as the owner writes them
 * in a parameter or an attribute
 *
 * The grammar's outside, which the modules share; what stands between parentheses is
 * each one's own. Pure: no state, no allocation, any context.
 */
#ifndef XEN_XPT_TEXT_H
#define XEN_XPT_TEXT_H

#include <linux/string.h>
#include <linux/types.h>

/*
 * A cursor over text that need not end in a zero. Parsers advance it past what they
 * took; where they refuse, it stays at the spot.
 */
struct xpt_text {
	const char *at;
	const char *end;
};

/* A token of a list. */
struct xpt_piece {
	struct xpt_text all;	/* parentheses included */
	struct xpt_text inside;	/* if it is not bad */
	const char *bad;	/* the spot that is wrong; NULL: all is well */
};

static inline bool xpt_text_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline void xpt_text_skip_space(struct xpt_text *text)
{
	while (text->at != text->end && xpt_text_is_space(*text->at))
		text->at++;
}

/* Leaves off white space at both ends. */
static inline void xpt_text_trim(struct xpt_text *text)
{
	xpt_text_skip_space(text);
	while (text->at != text->end && xpt_text_is_space(text->end[-1]))
		text->end--;
}

/* Takes @c if it is next. */
static inline bool xpt_text_take(struct xpt_text *text, char c)
{
	if (text->at == text->end || *text->at != c)
		return false;
	text->at++;
	return true;
}

/* Takes @word if the text goes on with it. */
static inline bool xpt_text_take_word(struct xpt_text *text, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(text->end - text->at) < len || memcmp(text->at, word, len))
		return false;
	text->at += len;
	return true;
}

/* The same in capitals and small letters. */
static inline bool xpt_text_take_key(struct xpt_text *text, const char *key)
{
	size_t len = strlen(key);

	if ((size_t)(text->end - text->at) < len ||
	    strncasecmp(text->at, key, len))
		return false;
	text->at += len;
	return true;
}

/* From @text->at to the first ')' or to before the next '(', at most @text->end. */
static inline const char *xpt_text_token_end(const struct xpt_text *text)
{
	const char *c = text->at;

	if (c != text->end && *c == '(')
		c++;
	while (c != text->end && *c != '(') {
		if (*c++ == ')')
			break;
	}
	return c;
}

/*
 * Takes the next token off @list, good or bad: one that cannot be read never spoils
 * its neighbours. Returns false when there is none left.
 */
static inline bool xpt_text_next(struct xpt_text *list, struct xpt_piece *piece)
{
	struct xpt_text in;

	xpt_text_skip_space(list);
	if (list->at == list->end)
		return false;

	in.at = list->at;
	in.end = xpt_text_token_end(list);
	list->at = in.end;

	xpt_text_trim(&in);
	piece->all = in;
	piece->bad = NULL;
	if (!xpt_text_take(&in, '('))
		piece->bad = in.at;
	else if (in.at == in.end || in.end[-1] != ')')
		piece->bad = in.end;
	else
		in.end--;
	piece->inside = in;
	return true;
}

#endif
