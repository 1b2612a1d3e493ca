// SPDX-License-Identifier: GPL-2.0
/* selector_oracle - formats for every form of the grammar */
#include <linux/array_size.h>
#include <linux/string.h>
#include <linux/types.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "reason.h"
#include "selector_oracle.h"

#define NUMBERS_MAX	4

/* A copy in small letters, for the caller to free. */
static char *lower(const char *text, size_t len)
{
	char *copy = strndup(text, len), *c;

	if (!copy)
		abort();
	for (c = copy; *c; c++)
		*c = tolower(*c);
	return copy;
}

/*
 * Scans all of @text by @format, which has @count numbers and ends in %n: that
 * one comes behind the numbers. Returns false if something is left over.
 */
static bool scan(const char *text, size_t len, const char *format,
		 unsigned int count, unsigned int v[NUMBERS_MAX + 1])
{
	char *copy = lower(text, len);
	bool ok;

	memset(v, 0, (NUMBERS_MAX + 1) * sizeof(*v));
	ok = sscanf(copy, format, &v[0], &v[1], &v[2], &v[3], &v[4]) ==
	     (int)count && v[count] == len;
	free(copy);
	return ok;
}

bool selector_oracle_is_bdf(const char *text, size_t len,
			    struct pciback_bdf bdf)
{
	unsigned int v[NUMBERS_MAX + 1];

	if (scan(text, len, " %x:%x:%x.%x %n", 4, v))
		return v[0] == bdf.domain && v[1] == bdf.bus && v[3] < 8 &&
		       (v[2] << 3 | v[3]) == bdf.devfn;
	return scan(text, len, " %x:%x.%x %n", 3, v) && !bdf.domain &&
	       v[0] == bdf.bus && v[2] < 8 && (v[1] << 3 | v[2]) == bdf.devfn;
}

static bool is_address(const struct pciback_token *token)
{
	static const struct {
		const char *format;
		unsigned int count;
		bool has_domain;
		u8 mask;
	} forms[] = {
		{ " %x:%x:%x.%x %n", 4, true, 0xff },
		{ " %x:%x.%x %n", 3, false, 0xff },
		{ " %x:%x:%x.* %n", 3, true, 0xf8 },
		{ " %x:%x.* %n", 2, false, 0xf8 },
		{ " %x:%x:*.* %n", 2, true, 0 },
		{ " %x:*.* %n", 1, false, 0 },
		{ " %x:%x:* %n", 2, true, 0 },
		{ " %x:* %n", 1, false, 0 },
	};
	const struct pciback_bdf *addr = &token->selector.bdf.addr;
	unsigned int v[NUMBERS_MAX + 1], *number = v, i, devfn = 0;

	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (scan(token->text, token->len, forms[i].format,
			 forms[i].count, v))
			break;
	if (i == ARRAY_SIZE(forms))
		return false;
	if ((forms[i].has_domain ? *number++ : 0) != addr->domain ||
	    *number++ != addr->bus)
		return false;
	if (forms[i].mask)
		devfn = *number++ << 3;
	if (forms[i].mask == 0xff) {
		if (*number > 7)
			return false;
		devfn |= *number;
	}
	return devfn == addr->devfn &&
	       token->selector.bdf.devfn_mask == forms[i].mask;
}

static bool is_id(const struct pciback_token *token)
{
	const struct pciback_selector *sel = &token->selector;
	unsigned int v[NUMBERS_MAX + 1];

	if (!scan(token->text, token->len, sel->id.with_subsystem ?
		  " id=%x:%x:%x:%x %n" : " id=%x:%x %n",
		  sel->id.with_subsystem ? 4 : 2, v))
		return false;
	if (!sel->id.with_subsystem)
		memset(&v[2], 0, 2 * sizeof(v[2]));
	return v[0] == sel->id.vendor && v[1] == sel->id.device &&
	       v[2] == sel->id.subvendor && v[3] == sel->id.subdevice;
}

static bool is_class(const struct pciback_token *token)
{
	const struct pciback_selector *sel = &token->selector;
	unsigned int v[NUMBERS_MAX + 1];

	if (!scan(token->text, token->len, " class=%x %n", 1, v))
		return false;
	switch (sel->class.mask) {
	case 0xff0000:
		return v[0] << 16 == sel->class.code;
	case 0xffff00:
		return v[0] << 8 == sel->class.code;
	case 0xffffff:
		return v[0] == sel->class.code;
	default:
		return false;
	}
}

/* As many steps as there are slashes, and the last one as it is written. */
static bool is_path(const struct pciback_token *token)
{
	const struct pciback_path *path = &token->selector.path;
	const char *last = NULL, *c, *end = token->text + token->len;
	unsigned int v[NUMBERS_MAX + 1], steps = 1;

	for (c = token->text; c < end; c++)
		if (*c == '/' || *c == '-') {
			steps++;
			last = c;
		}
	if (steps != path->depth || steps > PCIBACK_PATH_MAX)
		return false;
	if (!last)
		return memchr(token->text, '_', token->len);
	if (*last == '-')
		return scan(last, end - last, "-%x_%x.%x %n", 3, v) && !v[0] &&
		       v[2] < 8 && (v[1] << 3 | v[2]) == path->devfn[steps - 1];
	return scan(last, end - last, "/%x.%x %n", 2, v) && v[1] < 8 &&
	       (v[0] << 3 | v[1]) == path->devfn[steps - 1];
}

/* The bits of the reasons in @text, which is changed; ~0 if one is none. */
static u32 reasons_of(char *text)
{
	u32 force = 0;
	char *name;
	int i;

	for (name = strtok(text, " \t\r\n,"); name; name = strtok(NULL, " \t\r\n,")) {
		for (i = 0; i < PCIBACK_REASONS; i++)
			if (!strcmp(name, pciback_reason_name(i)))
				break;
		if (i == PCIBACK_REASONS)
			return ~0u;
		force |= PCIBACK_REASON_BIT(i);
	}
	return force;
}

/* What a token of its own parentheses forces, which is taken off @token. */
static bool is_force(struct pciback_token *token)
{
	char *copy = lower(token->text, token->len), *at;
	u32 force = 0;

	at = strstr(copy, "force=");
	if (at) {
		force = reasons_of(at + strlen("force="));
		token->len = at - copy;
	}
	free(copy);
	return force == token->force;
}

bool selector_oracle_is_token(const struct pciback_token *in)
{
	struct pciback_token inside = *in, *token = &inside;

	if (*token->text == '(') {
		token->text++;
		token->len -= 2;
		if (!is_force(token))
			return false;
	}
	switch (token->selector.kind) {
	case PCIBACK_SELECT_BDF:
		return is_address(token);
	case PCIBACK_SELECT_ID:
		return is_id(token);
	case PCIBACK_SELECT_CLASS:
		return is_class(token);
	case PCIBACK_SELECT_PATH:
		return is_path(token);
	default:
		return false;
	}
}
