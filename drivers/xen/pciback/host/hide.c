// SPDX-License-Identifier: GPL-2.0
/*
 * hide - the list of wishes
 */
#define pr_fmt(fmt) "pciback: " fmt

#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#include "../core/bdf.h"
#include "../core/reason.h"
#include "../core/selector.h"
#include "../fn/function.h"
#include "facts.h"
#include "hide.h"
#include "hide_list.h"

/* Guards both lists. */
DEFINE_MUTEX(pciback_hide_lock);
LIST_HEAD(pciback_hide_wishes);
DEFINE_XARRAY(pciback_hide_exceptions);

static struct hide_wish *hide_new(const struct pciback_token *token)
{
	struct hide_wish *wish = kzalloc(struct_size(wish, text, token->len + 1),
					 GFP_KERNEL);

	if (!wish)
		return NULL;
	memcpy(wish->text, token->text, token->len);
	wish->selector = token->selector;
	wish->force = token->force;
	wish->bad = token->bad ? token->bad - token->text : -1;
	return wish;
}

static struct hide_wish *hide_known_locked(const struct pciback_selector *selector)
{
	struct hide_wish *wish;

	list_for_each_entry(wish, &pciback_hide_wishes, node)
		if (pciback_selector_same(&wish->selector, selector))
			return wish;
	return NULL;
}

static bool hide_covers(const struct hide_wish *wish, struct pciback_bdf bdf)
{
	return pciback_selector_match_bdf(&wish->selector, bdf);
}

/* By the address, or by what is there. */
static bool hide_asks_for(const struct hide_wish *wish, struct pciback_bdf bdf)
{
	struct pciback_facts facts;
	struct pci_dev *dev;
	bool covers;

	if (hide_covers(wish, bdf))
		return true;
	dev = pci_get_domain_bus_and_slot(bdf.domain, bdf.bus, bdf.devfn);
	if (!dev)
		return false;
	pciback_facts_of(dev, &facts);
	covers = pciback_facts_match(&wish->selector, dev, &facts);
	pci_dev_put(dev);
	return covers;
}

/* A new wish ends the exceptions it covers: somebody asks for these once more. */
static void hide_forget_exceptions_locked(const struct hide_wish *wish)
{
	unsigned long key;
	void *entry;

	xa_for_each(&pciback_hide_exceptions, key, entry)
		if (hide_asks_for(wish, pciback_bdf_from_key(key)))
			xa_erase(&pciback_hide_exceptions, key);
}

/* Who it is that wishes. */
enum hide_by {
	HIDE_BY_LIST,		/* hide= */
	HIDE_BY_SLOT,		/* new_slot, new_id */
	HIDE_BY_OVERRIDE,
};

static int hide_add_token(const struct pciback_token *token, enum hide_by by)
{
	struct hide_wish *wish = hide_new(token), *known = NULL;

	if (!wish)
		return -ENOMEM;
	wish->from_list = by == HIDE_BY_LIST;
	wish->by_override = by == HIDE_BY_OVERRIDE;

	mutex_lock(&pciback_hide_lock);
	hide_forget_exceptions_locked(wish);
	if (by != HIDE_BY_LIST)
		known = hide_known_locked(&token->selector);
	if (known) {
		known->force |= token->force;
		known->by_override &= wish->by_override;
	} else {
		list_add_tail(&wish->node, &pciback_hide_wishes);
		wish = NULL;
	}
	mutex_unlock(&pciback_hide_lock);
	kfree(wish);
	return 0;
}

/* More than any good token has; what is longer need not fill the log. */
#define HIDE_COMPLAIN_MAX	80

static void hide_complain(const char *text, size_t len, const char *bad)
{
	size_t rest = text + len - bad;

	pr_warn("malformed at \"%.*s\" in \"%.*s\": ignored\n",
		(int)min_t(size_t, rest, HIDE_COMPLAIN_MAX), bad,
		(int)min_t(size_t, len, HIDE_COMPLAIN_MAX), text);
}

/* The grammar of hide=: a good token is taken whatever stands beside it. */
static int hide_add_list(const char *list, size_t len, enum hide_by by)
{
	struct pciback_list rest = { .rest = { list, list + len } };
	struct pciback_token token;
	int err = 0, one;

	while (pciback_selector_next(&rest, &token)) {
		if (token.bad)
			hide_complain(token.text, token.len, token.bad);
		if (token.bad && by != HIDE_BY_LIST) {
			err = -EINVAL;
			continue;
		}
		one = hide_add_token(&token, by);
		err = err ?: one;
	}
	return err;
}

/* One selector without parentheses, as remove_slot takes it. */
static int hide_parse_bare(const char *s, size_t len,
			   struct pciback_token *token)
{
	struct xpt_text text = { s, s + len };
	int err;

	*token = (struct pciback_token){ .text = s, .len = len };
	err = pciback_selector_parse(&text, &token->selector);
	if (err)
		hide_complain(s, text.end - s, text.at);
	return err;
}

/*
 * Adds what @list names, in the grammar of hide=. May sleep. Returns 0, -ENOMEM, or
 * -EINVAL if there is nothing in it, or something was malformed (the log says
 * where); the rest has been added.
 */
int pciback_hide_add(const char *list, size_t len)
{
	struct pciback_list rest = { .rest = { list, list + len } };
	struct pciback_token first;

	if (!pciback_selector_next(&rest, &first))
		return -EINVAL;
	return hide_add_list(list, len, HIDE_BY_SLOT);
}

/*
 * A driver_override has given us the function at @bdf, which nobody else asks for. May
 * sleep. Returns 0 or -ENOMEM.
 */
int pciback_hide_add_override(struct pciback_bdf bdf)
{
	char text[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(bdf, text);
	return hide_add_list(text, strlen(text), HIDE_BY_OVERRIDE);
}

/*
 * The function at @bdf leaves us: what a driver_override wished for is over, for the
 * tools that set one clear it, before or after that, and have the function offered to all
 * drivers. May sleep.
 */
void pciback_hide_end_override(struct pciback_bdf bdf)
{
	struct hide_wish *wish, *next;

	mutex_lock(&pciback_hide_lock);
	list_for_each_entry_safe(wish, next, &pciback_hide_wishes, node) {
		if (!wish->by_override || !hide_covers(wish, bdf))
			continue;
		list_del(&wish->node);
		kfree(wish);
	}
	mutex_unlock(&pciback_hide_lock);
}

/* Every address that @selector covers, one after the other. */
int pciback_hide_each_address(const struct pciback_selector *selector,
			      int (*visit)(struct pciback_bdf bdf, void *data),
			      void *data)
{
	struct pciback_bdf bdf = selector->bdf.addr;
	unsigned int devfn;
	int err = 0;

	for (devfn = 0; !err && devfn < 256; devfn++) {
		bdf.devfn = devfn;
		if (pciback_selector_match_bdf(selector, bdf))
			err = visit(bdf, data);
	}
	return err;
}

/*
 * Leaves @bdf alone from now on, whatever wish covers it. May sleep. Returns 0
 * or -ENOMEM.
 */
int pciback_hide_except(struct pciback_bdf bdf)
{
	return xa_err(xa_store(&pciback_hide_exceptions, pciback_bdf_key(bdf),
			       xa_mk_value(1), GFP_KERNEL));
}

struct hide_removal {
	bool found;
};

static int hide_remove_one(struct pciback_bdf bdf, void *data)
{
	struct hide_removal *removal = data;
	struct hide_wish *wish, *next;
	bool covered = false;

	list_for_each_entry_safe(wish, next, &pciback_hide_wishes, node) {
		if (!hide_covers(wish, bdf))
			continue;
		removal->found = true;
		if (wish->selector.bdf.devfn_mask != 0xff) {
			covered = true;
			continue;
		}
		list_del(&wish->node);
		kfree(wish);
	}
	return covered ? pciback_hide_except(bdf) : 0;
}

/*
 * Takes back the addresses that @address covers; functions already seized stay
 * so until they are unbound. May sleep. Returns 0, -EINVAL (malformed, or not
 * an address), -ENOENT (none of them was wished for) or -ENOMEM.
 */
int pciback_hide_remove(const char *address, size_t len)
{
	struct hide_removal removal = { false };
	struct pciback_token token;
	int err;

	err = hide_parse_bare(address, len, &token);
	if (!err && token.selector.kind != PCIBACK_SELECT_BDF)
		err = -EINVAL;
	if (err)
		return err;
	mutex_lock(&pciback_hide_lock);
	err = pciback_hide_each_address(&token.selector, hide_remove_one, &removal);
	mutex_unlock(&pciback_hide_lock);
	return err ?: removal.found ? 0 : -ENOENT;
}

/* The first wish that names @dev, or NULL. */
struct hide_wish *pciback_hide_find_locked(struct pci_dev *dev)
{
	struct pciback_facts facts;
	struct hide_wish *wish;

	pciback_facts_of(dev, &facts);
	if (xa_load(&pciback_hide_exceptions, pciback_bdf_key(facts.bdf)))
		return NULL;
	list_for_each_entry(wish, &pciback_hide_wishes, node)
		if (pciback_facts_match(&wish->selector, dev, &facts))
			return wish;
	return NULL;
}

/*
 * What is no reason to keep @dev in dom0, by the wishes that name it: what they say
 * themselves; and who names the very function means it, even if it is a bridge.
 */
u32 pciback_hide_force_locked(struct pci_dev *dev)
{
	struct pciback_facts facts;
	struct hide_wish *wish;
	u32 force = 0;

	pciback_facts_of(dev, &facts);
	list_for_each_entry(wish, &pciback_hide_wishes, node) {
		if (!pciback_facts_match(&wish->selector, dev, &facts))
			continue;
		force |= wish->force;
		if (pciback_selector_is_name(&wish->selector, &facts))
			force |= PCIBACK_REASONS_UNNAMED;
	}
	return force;
}

u32 pciback_hide_force(struct pci_dev *dev)
{
	u32 force;

	mutex_lock(&pciback_hide_lock);
	force = pciback_hide_force_locked(dev);
	mutex_unlock(&pciback_hide_lock);
	return force;
}

/* Does any wish name @dev, and nothing in its class keep it? May sleep. */
bool pciback_hide_wants(struct pci_dev *dev)
{
	bool wants;

	mutex_lock(&pciback_hide_lock);
	wants = pciback_hide_find_locked(dev) &&
		!(pciback_reason_of_class(dev->class) &
		  ~pciback_hide_force_locked(dev));
	mutex_unlock(&pciback_hide_lock);
	return wants;
}

/*
 * Remembers for hide_status why @dev could not be seized; @err 0, it was, takes
 * that back. May sleep.
 */
void pciback_hide_outcome(struct pci_dev *dev, int err)
{
	unsigned long key = pciback_bdf_key(pciback_fn_bdf(dev));
	struct hide_wish *wish;

	mutex_lock(&pciback_hide_lock);
	wish = pciback_hide_find_locked(dev);
	if (wish && (err || wish->failed == key)) {
		wish->error = err;
		wish->failed = key;
	}
	mutex_unlock(&pciback_hide_lock);
}

/* @values: of hide=, each with the zero at its end, @len bytes in all. */
int pciback_hide_init(const char *values, size_t len)
{
	const char *end = values + len;
	int err = 0;

	for (; !err && values < end; values += strlen(values) + 1)
		err = hide_add_list(values, strlen(values), HIDE_BY_LIST);
	if (err)
		pciback_hide_exit();
	return err;
}

void pciback_hide_exit(void)
{
	struct hide_wish *wish, *next;

	list_for_each_entry_safe(wish, next, &pciback_hide_wishes, node) {
		list_del(&wish->node);
		kfree(wish);
	}
	xa_destroy(&pciback_hide_exceptions);
}
