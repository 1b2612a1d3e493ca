// SPDX-License-Identifier: GPL-2.0
/*
 * hide - the list of wishes
 */
#define pr_fmt(fmt) "pciback: " fmt

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#include "../core/bdf.h"
#include "../core/selector.h"
#include "function.h"
#include "hide.h"
#include "registry.h"

struct hide_wish {
	struct list_head node;
	struct pciback_selector selector;
	int error;		/* the last failure to seize, 0: none */
	int bad;		/* offset of what is malformed, -1: nothing */
	bool from_list;		/* of hide=, so hide_status tells of it */
	char text[];
};

/* Guards both lists, all below. Taken with device_lock held, never around it. */
static DEFINE_MUTEX(hide_lock);
static LIST_HEAD(hide_wishes);
/* Addresses taken back by remove_slot, by pciback_bdf_key(). */
static DEFINE_XARRAY(hide_exceptions);

static struct hide_wish *hide_new(const char *text, size_t len,
				  const struct pciback_selector *selector)
{
	struct hide_wish *wish = kzalloc(struct_size(wish, text, len + 1),
					 GFP_KERNEL);

	if (!wish)
		return NULL;
	memcpy(wish->text, text, len);
	wish->selector = *selector;
	wish->bad = -1;
	return wish;
}

static bool hide_is_known_locked(const struct pciback_selector *selector)
{
	struct hide_wish *wish;

	list_for_each_entry(wish, &hide_wishes, node)
		if (pciback_selector_same(&wish->selector, selector))
			return true;
	return false;
}

static bool hide_covers(const struct hide_wish *wish, unsigned long key)
{
	return pciback_selector_match_bdf(&wish->selector,
					  pciback_bdf_from_key(key));
}

/* A new wish for an address ends the exceptions it covers. */
static void hide_forget_exceptions_locked(const struct hide_wish *wish)
{
	unsigned long key;
	void *entry;

	xa_for_each(&hide_exceptions, key, entry)
		if (hide_covers(wish, key))
			xa_erase(&hide_exceptions, key);
}

static int hide_add_token(const struct pciback_token *token, bool from_list)
{
	struct hide_wish *wish = hide_new(token->text, token->len,
					  &token->selector);

	if (!wish)
		return -ENOMEM;
	wish->from_list = from_list;
	if (token->bad)
		wish->bad = token->bad - token->text;

	mutex_lock(&hide_lock);
	hide_forget_exceptions_locked(wish);
	if (from_list || !hide_is_known_locked(&token->selector)) {
		list_add_tail(&wish->node, &hide_wishes);
		wish = NULL;
	}
	mutex_unlock(&hide_lock);
	kfree(wish);
	return 0;
}

static void hide_complain(const char *text, size_t len, const char *bad)
{
	pr_warn("malformed at \"%.*s\" in \"%.*s\": ignored\n",
		(int)(text + len - bad), bad, (int)len, text);
}

/* The grammar of hide=: a good token is taken whatever stands beside it. */
static int hide_add_list(const char *list, size_t len, bool from_list)
{
	struct pciback_text text = { list, list + len };
	struct pciback_token token;
	int err = 0, one;

	while (pciback_selector_next(&text, &token)) {
		if (token.bad)
			hide_complain(token.text, token.len, token.bad);
		if (token.bad && !from_list) {
			err = -EINVAL;
			continue;
		}
		one = hide_add_token(&token, from_list);
		err = err ?: one;
	}
	return err;
}

/* One selector without parentheses, as new_slot and remove_slot take it. */
static int hide_parse_bare(const char *s, size_t len,
			   struct pciback_token *token)
{
	struct pciback_text text = { s, s + len };
	int err;

	*token = (struct pciback_token){ .text = s, .len = len };
	err = pciback_selector_parse(&text, &token->selector);
	if (err)
		hide_complain(s, len, text.at);
	return err;
}

/*
 * Adds what @list names: one selector, bare as in-tree takes it, or any number
 * in parentheses. May sleep. Returns 0, -ENOMEM, or -EINVAL if something in it
 * was malformed (the log says where); the rest has been added.
 */
int pciback_hide_add(const char *list, size_t len)
{
	struct pciback_token token;
	int err;

	if (memchr(list, '(', len))
		return hide_add_list(list, len, false);
	err = hide_parse_bare(list, len, &token);
	return err ?: hide_add_token(&token, false);
}

int pciback_hide_add_bdf(struct pciback_bdf bdf)
{
	char text[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(bdf, text);
	return pciback_hide_add(text, strlen(text));
}

/* Every address that @selector covers, one after the other. */
static int hide_each_address(const struct pciback_selector *selector,
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

struct hide_removal {
	bool found;
};

static int hide_remove_one(struct pciback_bdf bdf, void *data)
{
	struct hide_removal *removal = data;
	struct hide_wish *wish, *next;
	bool covered = false;

	list_for_each_entry_safe(wish, next, &hide_wishes, node) {
		if (!hide_covers(wish, pciback_bdf_key(bdf)))
			continue;
		removal->found = true;
		if (wish->selector.bdf.devfn_mask != 0xff) {
			covered = true;
			continue;
		}
		list_del(&wish->node);
		kfree(wish);
	}
	if (!covered)
		return 0;
	return xa_err(xa_store(&hide_exceptions, pciback_bdf_key(bdf),
			       xa_mk_value(1), GFP_KERNEL));
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
	mutex_lock(&hide_lock);
	err = hide_each_address(&token.selector, hide_remove_one, &removal);
	mutex_unlock(&hide_lock);
	return err ?: removal.found ? 0 : -ENOENT;
}

/* The way down to @dev from its root bus; depth 0 where it is too long. */
static void hide_path(struct pci_dev *dev, struct pciback_path *path)
{
	struct pci_dev *at;
	u8 depth = 0, i;

	for (at = dev; at; at = pci_upstream_bridge(at)) {
		if (depth == PCIBACK_PATH_MAX)
			return;
		path->domain = pci_domain_nr(at->bus);
		path->bus = at->bus->number;
		path->devfn[depth++] = at->devfn;
	}
	path->depth = depth;
	for (i = 0; i < depth / 2; i++)
		swap(path->devfn[i], path->devfn[depth - 1 - i]);
}

static void hide_facts(struct pci_dev *dev, struct pciback_facts *facts)
{
	*facts = (struct pciback_facts){
		.bdf = pciback_fn_bdf(dev),
		.vendor = dev->vendor,
		.device = dev->device,
		.subvendor = dev->subsystem_vendor,
		.subdevice = dev->subsystem_device,
		.class = dev->class,
	};
	hide_path(dev, &facts->path);
}

/* An address names a function, or the bridge it is behind. */
static bool hide_matches(const struct hide_wish *wish, struct pci_dev *dev,
			 const struct pciback_facts *facts)
{
	struct pci_dev *up;

	if (pciback_selector_match(&wish->selector, facts))
		return true;
	for (up = pci_upstream_bridge(dev); up; up = pci_upstream_bridge(up))
		if (pciback_selector_match_bdf(&wish->selector,
					       pciback_fn_bdf(up)))
			return true;
	return false;
}

static struct hide_wish *hide_find_locked(struct pci_dev *dev)
{
	struct pciback_facts facts;
	struct hide_wish *wish;

	hide_facts(dev, &facts);
	if (xa_load(&hide_exceptions, pciback_bdf_key(facts.bdf)))
		return NULL;
	list_for_each_entry(wish, &hide_wishes, node)
		if (hide_matches(wish, dev, &facts))
			return wish;
	return NULL;
}

/* Does any wish name @dev? May sleep. */
bool pciback_hide_wants(struct pci_dev *dev)
{
	bool wants;

	mutex_lock(&hide_lock);
	wants = hide_find_locked(dev);
	mutex_unlock(&hide_lock);
	return wants;
}

/* Remembers why @dev could not be seized, for hide_status. May sleep. */
void pciback_hide_failed(struct pci_dev *dev, int err)
{
	struct hide_wish *wish;

	mutex_lock(&hide_lock);
	wish = hide_find_locked(dev);
	if (wish)
		wish->error = err;
	mutex_unlock(&hide_lock);
}

static bool hide_is_seized(struct pci_dev *dev)
{
	struct pciback_fn *fn = pciback_registry_find(pciback_fn_bdf(dev));

	if (fn)
		pciback_fn_put(fn);
	return fn;
}

static int hide_collect(struct pciback_bdf bdf, void *data)
{
	if (xa_load(&hide_exceptions, pciback_bdf_key(bdf)))
		return 0;
	return xa_err(xa_store(data, pciback_bdf_key(bdf), xa_mk_value(1),
			       GFP_KERNEL));
}

/* Addresses of what we hold because of a wish that is not an address. */
static int hide_collect_seized_locked(struct xarray *slots)
{
	struct pci_dev *dev = NULL;
	int err = 0;

	for_each_pci_dev(dev) {
		if (err || !hide_is_seized(dev) || !hide_find_locked(dev))
			continue;
		err = hide_collect(pciback_fn_bdf(dev), slots);
	}
	return err;
}

/*
 * Writes the addresses wished for, a line each, in order. May sleep. Returns
 * the length or -errno.
 */
ssize_t pciback_hide_show_slots(char *buf, size_t size)
{
	char text[PCIBACK_BDF_STRLEN];
	struct hide_wish *wish;
	struct xarray slots;
	unsigned long key;
	struct seq_buf s;
	void *entry;
	int err;

	xa_init(&slots);
	seq_buf_init(&s, buf, size);
	mutex_lock(&hide_lock);
	err = hide_collect_seized_locked(&slots);
	list_for_each_entry(wish, &hide_wishes, node)
		if (!err && wish->selector.kind == PCIBACK_SELECT_BDF)
			err = hide_each_address(&wish->selector, hide_collect,
						&slots);
	mutex_unlock(&hide_lock);

	xa_for_each(&slots, key, entry) {
		pciback_bdf_format(pciback_bdf_from_key(key), text);
		seq_buf_printf(&s, "%s\n", text);
	}
	xa_destroy(&slots);
	return err ?: seq_buf_used(&s);
}

/* What became of one wish, in words. */
static void hide_describe_locked(const struct hide_wish *wish,
				 struct seq_buf *s)
{
	const char *separator = "";
	struct pciback_facts facts;
	unsigned int seized = 0, unbound = 0;
	struct pci_dev *dev = NULL;

	if (wish->bad >= 0) {
		seq_buf_printf(s, "malformed at %d: \"%s\"", wish->bad,
			       wish->text + wish->bad);
		return;
	}
	for_each_pci_dev(dev) {
		hide_facts(dev, &facts);
		if (!hide_matches(wish, dev, &facts))
			continue;
		if (hide_is_seized(dev)) {
			seized++;
		} else if (READ_ONCE(dev->dev.driver)) {
			seq_buf_printf(s, "%sbusy %s", separator,
				       dev_driver_string(&dev->dev));
			separator = ", ";
		} else {
			unbound++;
		}
	}
	if (seized)
		seq_buf_printf(s, "%sseized %u", separator, seized);
	else if (wish->error)
		seq_buf_printf(s, "%serror %d", separator, wish->error);
	else if (unbound)
		seq_buf_printf(s, "%sunbound %u", separator, unbound);
	else if (!*separator)
		seq_buf_puts(s, "absent");
}

/* A line for each token of hide=. May sleep. Returns the length. */
ssize_t pciback_hide_show_status(char *buf, size_t size)
{
	struct hide_wish *wish;
	struct seq_buf s;

	seq_buf_init(&s, buf, size);
	mutex_lock(&hide_lock);
	list_for_each_entry(wish, &hide_wishes, node) {
		if (!wish->from_list)
			continue;
		seq_buf_printf(&s, "%s ", wish->text);
		hide_describe_locked(wish, &s);
		seq_buf_puts(&s, "\n");
	}
	mutex_unlock(&hide_lock);
	return seq_buf_used(&s);
}

/* Says in the log what hide= did not get. Once, when the driver is up. */
void pciback_hide_report(void)
{
	struct hide_wish *wish;
	struct seq_buf s;
	char line[160];

	mutex_lock(&hide_lock);
	list_for_each_entry(wish, &hide_wishes, node) {
		if (!wish->from_list || wish->bad >= 0)
			continue;
		seq_buf_init(&s, line, sizeof(line));
		hide_describe_locked(wish, &s);
		if (strncmp(line, "seized", 6))
			pr_warn("hide=%s: %.*s\n", wish->text,
				(int)seq_buf_used(&s), line);
	}
	mutex_unlock(&hide_lock);
}

int pciback_hide_init(const char *list)
{
	int err = hide_add_list(list, strlen(list), true);

	if (err)
		pciback_hide_exit();
	return err;
}

void pciback_hide_exit(void)
{
	struct hide_wish *wish, *next;

	list_for_each_entry_safe(wish, next, &hide_wishes, node) {
		list_del(&wish->node);
		kfree(wish);
	}
	xa_destroy(&hide_exceptions);
}
