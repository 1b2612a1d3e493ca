// SPDX-License-Identifier: GPL-2.0
/*
 * selector - reads the hide= grammar and matches functions against it
 *
 * Pure: no state, no allocation, any context.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bdf.h"
#include "reason.h"
#include "selector.h"

/* "SS.F", for the steps of a path. */
static int selector_take_devfn(struct xpt_text *text, u8 *devfn)
{
	u32 slot, func;

	if (pciback_take_hex(text, 0x1f, &slot) ||
	    !xpt_text_take(text, '.') ||
	    pciback_take_hex(text, 7, &func))
		return -EINVAL;
	*devfn = slot << 3 | func;
	return 0;
}

/* What follows the bus in an address: "SS.F", "SS.*", "*.*" or "*". */
static int selector_take_wild_devfn(struct xpt_text *text,
				    struct pciback_selector *sel)
{
	u32 slot, func;

	if (xpt_text_take(text, '*')) {
		sel->bdf.addr.devfn = 0;
		sel->bdf.devfn_mask = 0;
		if (xpt_text_take(text, '.') && !xpt_text_take(text, '*'))
			return -EINVAL;
		return 0;
	}
	if (pciback_take_hex(text, 0x1f, &slot) ||
	    !xpt_text_take(text, '.'))
		return -EINVAL;
	sel->bdf.addr.devfn = slot << 3;
	sel->bdf.devfn_mask = 0xf8;
	if (xpt_text_take(text, '*'))
		return 0;
	if (pciback_take_hex(text, 7, &func))
		return -EINVAL;
	sel->bdf.addr.devfn |= func;
	sel->bdf.devfn_mask = 0xff;
	return 0;
}

/* Is there a second colon before the device, so that a domain comes first? */
static bool selector_has_domain(const struct xpt_text *text)
{
	unsigned int colons = 0;
	const char *c;

	for (c = text->at; c != text->end && *c != '.' && *c != '*'; c++)
		colons += *c == ':';
	return colons > 1;
}

static int selector_parse_bdf(struct xpt_text *text,
			      struct pciback_selector *sel)
{
	bool has_domain = selector_has_domain(text);
	u32 domain = 0, bus;
	const char *start;

	if (has_domain && (pciback_take_hex(text, 0xffff, &domain) ||
			   !xpt_text_take(text, ':')))
		return -EINVAL;
	pciback_skip_prefix(text);
	start = text->at;
	if (pciback_take_digits(text, 0xff, &bus) ||
	    !xpt_text_take(text, ':'))
		return -EINVAL;
	/* "0000:*": a domain, and all that is in it? Not its bus 0. */
	if (!has_domain && text->at - start > 3 && xpt_text_take(text, '*')) {
		text->at = start;
		return -EINVAL;
	}
	sel->kind = PCIBACK_SELECT_BDF;
	sel->bdf.addr.domain = domain;
	sel->bdf.addr.bus = bus;
	return selector_take_wild_devfn(text, sel);
}

static int selector_parse_id(struct xpt_text *text,
			     struct pciback_selector *sel)
{
	u32 vendor, device, subvendor, subdevice;

	if (pciback_take_hex(text, 0xffff, &vendor) ||
	    !xpt_text_take(text, ':') ||
	    pciback_take_hex(text, 0xffff, &device))
		return -EINVAL;
	sel->kind = PCIBACK_SELECT_ID;
	sel->id.vendor = vendor;
	sel->id.device = device;
	if (!xpt_text_take(text, ':'))
		return 0;
	if (pciback_take_hex(text, 0xffff, &subvendor) ||
	    !xpt_text_take(text, ':') ||
	    pciback_take_hex(text, 0xffff, &subdevice))
		return -EINVAL;
	sel->id.subvendor = subvendor;
	sel->id.subdevice = subdevice;
	sel->id.with_subsystem = true;
	return 0;
}

/* Two, four or six digits: the count says how much of the code is meant. */
static int selector_parse_class(struct xpt_text *text,
				struct pciback_selector *sel)
{
	const char *start;
	u32 code;
	int missing;

	pciback_skip_prefix(text);
	start = text->at;
	if (pciback_take_digits(text, 0xffffff, &code))
		return -EINVAL;
	missing = 6 - (int)(text->at - start);
	if (missing < 0 || missing > 4 || missing & 1) {
		text->at = start;
		return -EINVAL;
	}
	sel->kind = PCIBACK_SELECT_CLASS;
	sel->class.code = code << (4 * missing);
	sel->class.mask = 0xffffffu << (4 * missing) & 0xffffff;
	return 0;
}

/*
 * A step down, if one follows: "/SS.F", or "-00_SS.F" of a path in Qubes' spelling,
 * where buses count from the bridge's own. Returns 1, 0 if none does, or -EINVAL.
 */
static int selector_take_step(struct xpt_text *text, char colon, u8 *devfn)
{
	u32 bus;

	if (!xpt_text_take(text, colon == '_' ? '-' : '/'))
		return 0;
	if (colon == '_' && (pciback_take_hex(text, 0, &bus) ||
			     !xpt_text_take(text, '_')))
		return -EINVAL;
	return selector_take_devfn(text, devfn) ?: 1;
}

/* Qubes names functions on a root bus by a path, too. */
static int selector_parse_path(struct xpt_text *text,
			       struct pciback_selector *sel)
{
	char colon = memchr(text->at, '_', text->end - text->at) ? '_' : ':';
	struct pciback_path *path = &sel->path;
	struct pciback_bdf root;
	u8 devfn;
	int got;

	if (pciback_bdf_parse_as(text, colon, &root))
		return -EINVAL;
	sel->kind = PCIBACK_SELECT_PATH;
	path->domain = root.domain;
	path->bus = root.bus;
	path->devfn[0] = root.devfn;
	path->depth = 1;
	while ((got = selector_take_step(text, colon, &devfn)) > 0) {
		if (path->depth == PCIBACK_PATH_MAX)
			return -EINVAL;
		path->devfn[path->depth++] = devfn;
	}
	return got ?: path->depth > 1 || colon == '_' ? 0 : -EINVAL;
}

/*
 * Reads @text, one selector without parentheses, white space around it allowed, to
 * its end. Returns 0, or -EINVAL with the cursor at the spot and a
 * selector that matches nothing.
 */
int pciback_selector_parse(struct xpt_text *text,
			   struct pciback_selector *sel)
{
	int err;

	memset(sel, 0, sizeof(*sel));
	xpt_text_trim(text);
	if (xpt_text_take_key(text, "id="))
		err = selector_parse_id(text, sel);
	else if (xpt_text_take_key(text, "class="))
		err = selector_parse_class(text, sel);
	else if (xpt_text_take_key(text, "path="))
		err = selector_parse_path(text, sel);
	else
		err = selector_parse_bdf(text, sel);
	if (!err && text->at != text->end)
		err = -EINVAL;
	if (err)
		sel->kind = PCIBACK_SELECT_NONE;
	return err;
}

static bool selector_is_separator(char c)
{
	return c == ',' || xpt_text_is_space(c);
}

/* Shells take them off, modprobe.d's and the boot loader's lines may keep them. */
static bool selector_is_quote(char c)
{
	return c == '\'' || c == '"';
}

static void selector_skip_separators(struct xpt_text *text)
{
	while (text->at != text->end && selector_is_separator(*text->at))
		text->at++;
}

/* Between tokens, where a whole list may be quoted, or each of it. */
static void selector_skip_to_token(struct xpt_text *text)
{
	while (text->at != text->end && (selector_is_separator(*text->at) ||
					 selector_is_quote(*text->at)))
		text->at++;
}

/* Takes what stands before the next comma of a group, and spaces behind it not. */
static struct xpt_text selector_take_member(struct xpt_text *group)
{
	const char *comma = memchr(group->at, ',', group->end - group->at);
	struct xpt_text member = { group->at, comma ?: group->end };

	group->at = member.end;
	xpt_text_trim(&member);
	return member;
}

/* White space behind one of these does not end a selector: a number is to come. */
static bool selector_goes_on(char c)
{
	return c == ':' || c == '.' || c == '/' || c == '=';
}

/* Minuses, up to what they stand before, and be it in quotes; what ends with them has none. */
static void selector_take_minuses(struct xpt_text *list)
{
	const char *at = list->at;

	while (at != list->end && (*at == '-' || xpt_text_is_space(*at) ||
				   selector_is_quote(*at)))
		at++;
	if (at != list->end)
		list->at = at;
}

/*
 * Takes a selector without parentheses; one that is of no use stays with it. What a minus
 * stands before is not wished for, nor what is in parentheses there.
 */
static struct xpt_text selector_take_bare(struct xpt_text *list)
{
	struct xpt_text bare = *list;
	char before = ' ';

	if (*list->at == '-') {
		selector_take_minuses(list);
		before = '-';
	}
	for (; list->at != list->end; list->at++) {
		char c = *list->at;

		if (c == '(' && before == '-') {
			list->at = memchr(list->at, ')', list->end - list->at) ?: list->end;
			if (list->at == list->end)
				break;
			c = ')';
		}
		if (c == ',' || c == '(' || selector_is_quote(c) ||
		    (xpt_text_is_space(c) && !selector_goes_on(before)))
			break;
		if (c == ')') {
			list->at++;
			break;
		}
		if (!xpt_text_is_space(c))
			before = c;
	}
	bare.end = list->at;
	xpt_text_trim(&bare);
	return bare;
}

static void selector_read(const struct xpt_text *all, struct xpt_text inside,
			  u32 force, const char *bad, struct pciback_token *token)
{
	memset(token, 0, sizeof(*token));
	token->text = all->at;
	token->len = all->end - all->at;
	token->bad = bad;
	if (!bad && pciback_selector_parse(&inside, &token->selector))
		token->bad = inside.at;
	if (!token->bad)
		token->force = force;
}

/* Takes "REASON[,REASON...]" to its end. */
static int selector_take_reasons(struct xpt_text *text, u32 *force)
{
	struct xpt_text name;
	int reason;

	do {
		name = selector_take_member(text);
		reason = pciback_reason_find(name.at, name.end - name.at);
		if (reason < 0) {
			text->at = name.at;
			return -EINVAL;
		}
		*force |= PCIBACK_REASON_BIT(reason);
	} while (xpt_text_take(text, ','));
	return 0;
}

/*
 * Takes " force=..." off the end of @inside, if there is such. Returns NULL, or the spot
 * that is wrong.
 */
static const char *selector_split_force(struct xpt_text *inside, u32 *force)
{
	struct xpt_text text;
	const char *c;

	*force = 0;
	for (c = inside->at; c != inside->end; c++) {
		text = (struct xpt_text){ c, inside->end };
		if (!xpt_text_is_space(*text.at++) ||
		    !xpt_text_take_key(&text, "force="))
			continue;
		xpt_text_trim(&text);
		if (selector_take_reasons(&text, force))
			return text.at;
		inside->end = c;
		break;
	}
	return NULL;
}

/* What is in parentheses: one selector, or with a comma, a group of them. */
static bool selector_next_piece(struct pciback_list *list,
				struct pciback_token *token)
{
	struct xpt_piece piece;
	struct xpt_text group;

	if (!xpt_text_next(&list->rest, &piece))
		return false;
	if (!piece.bad)
		piece.bad = selector_split_force(&piece.inside, &list->force);
	group = piece.inside;
	if (!piece.bad && memchr(group.at, ',', group.end - group.at)) {
		selector_skip_separators(&group);
		if (group.at != group.end) {
			list->group = group;
			return pciback_selector_next(list, token);
		}
	}
	selector_read(&piece.all, piece.inside, list->force, piece.bad, token);
	return true;
}

/*
 * Takes the next token off @list. Returns false when there is none left.
 * A malformed one comes back too, with @token->bad at the offending spot and a
 * selector that matches nothing.
 */
bool pciback_selector_next(struct pciback_list *list,
			   struct pciback_token *token)
{
	struct xpt_text one;
	u32 force = 0;

	selector_skip_separators(&list->group);
	if (list->group.at != list->group.end) {
		one = selector_take_member(&list->group);
		force = list->force;
	} else {
		selector_skip_to_token(&list->rest);
		if (list->rest.at == list->rest.end)
			return false;
		if (*list->rest.at == '(')
			return selector_next_piece(list, token);
		one = selector_take_bare(&list->rest);
	}
	selector_read(&one, one, force, NULL, token);
	return true;
}

/* Does an address selector name @bdf? Other kinds never do. */
bool pciback_selector_match_bdf(const struct pciback_selector *selector,
				struct pciback_bdf bdf)
{
	const struct pciback_bdf *addr = &selector->bdf.addr;

	return selector->kind == PCIBACK_SELECT_BDF &&
	       addr->domain == bdf.domain && addr->bus == bdf.bus &&
	       !((addr->devfn ^ bdf.devfn) & selector->bdf.devfn_mask);
}

static bool selector_match_id(const struct pciback_selector *selector,
			      const struct pciback_facts *facts)
{
	if (selector->id.vendor != facts->vendor ||
	    selector->id.device != facts->device)
		return false;
	return !selector->id.with_subsystem ||
	       (selector->id.subvendor == facts->subvendor &&
		selector->id.subdevice == facts->subdevice);
}

static bool selector_match_path(const struct pciback_path *want,
				const struct pciback_path *have)
{
	return want->depth == have->depth && want->domain == have->domain &&
	       want->bus == have->bus &&
	       !memcmp(want->devfn, have->devfn, want->depth);
}

bool pciback_selector_match(const struct pciback_selector *selector,
			    const struct pciback_facts *facts)
{
	switch (selector->kind) {
	case PCIBACK_SELECT_NONE:
		return false;
	case PCIBACK_SELECT_BDF:
		return pciback_selector_match_bdf(selector, facts->bdf);
	case PCIBACK_SELECT_ID:
		return selector_match_id(selector, facts);
	case PCIBACK_SELECT_CLASS:
		return !((facts->class ^ selector->class.code) &
			 selector->class.mask);
	case PCIBACK_SELECT_PATH:
		return selector_match_path(&selector->path, &facts->path);
	}
	return false;
}

/* Does @selector name this very function, by its address or the way to it? */
bool pciback_selector_is_name(const struct pciback_selector *selector,
			      const struct pciback_facts *facts)
{
	if (selector->kind == PCIBACK_SELECT_BDF &&
	    selector->bdf.devfn_mask != 0xff)
		return false;
	return (selector->kind == PCIBACK_SELECT_BDF ||
		selector->kind == PCIBACK_SELECT_PATH) &&
	       pciback_selector_match(selector, facts);
}

/* Do both say the same, however they were spelled? */
bool pciback_selector_same(const struct pciback_selector *a,
			   const struct pciback_selector *b)
{
	return !memcmp(a, b, sizeof(*a));
}
