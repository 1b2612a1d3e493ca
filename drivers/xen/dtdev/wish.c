// SPDX-License-Identifier: GPL-2.0
/*
 * wish - from text to nodes
 */
#define pr_fmt(fmt) "xen-dtdev: " fmt

#include <linux/errno.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/selector.h"
#include "take.h"
#include "wish.h"

static void wish_complain(const char *text, size_t len, const char *bad)
{
	pr_err("malformed at character %td: %.*s\n", bad - text + 1, (int)len, text);
}

static int wish_take_path(const char *path, u32 force)
{
	struct device_node *np = of_find_node_by_path(path);
	int err;

	if (!np) {
		pr_err("%s: there is no such node\n", path);
		return -ENOENT;
	}
	err = dtdev_take(np, force);
	of_node_put(np);
	return err;
}

static int wish_take_compatible(const char *compatible, u32 force)
{
	struct device_node *np;
	int err = -ENOENT, one;

	for_each_compatible_node(np, NULL, compatible) {
		one = dtdev_take(np, force);
		if (err == -ENOENT || one)
			err = one;
	}
	if (err == -ENOENT)
		pr_err("no node is compatible with %s\n", compatible);
	return err;
}

static int wish_take_one(const struct dtdev_selector *selector)
{
	char *name = kmemdup_nul(selector->name, selector->len, GFP_KERNEL);
	int err;

	if (!name)
		return -ENOMEM;
	if (selector->kind == DTDEV_SELECT_COMPATIBLE)
		err = wish_take_compatible(name, selector->force);
	else
		err = wish_take_path(name, selector->force);
	kfree(name);
	return err;
}

static int wish_parse_bare(const char *s, size_t len,
			   struct dtdev_selector *selector)
{
	struct xpt_text text = { s, s + len };
	int err = dtdev_selector_parse(&text, selector);

	if (err)
		wish_complain(s, text.end - s, text.at);
	return err;
}

/*
 * Takes what @list names, any number of selectors in parentheses. One that fails
 * does not keep the others from being taken. May sleep long. Returns 0 or the
 * first error; the log has all.
 */
int dtdev_wish_take_list(const char *list, size_t len)
{
	struct xpt_text text = { list, list + len };
	struct dtdev_token token;
	int err = 0, one;

	while (dtdev_selector_next(&text, &token)) {
		if (token.bad) {
			wish_complain(token.text, token.len, token.bad);
			one = -EINVAL;
		} else {
			one = wish_take_one(&token.selector);
		}
		err = err ?: one;
	}
	return err;
}

/* The same, or one selector without parentheses. */
int dtdev_wish_take(const char *list, size_t len)
{
	struct dtdev_selector selector;
	int err;

	if (memchr(list, '(', len))
		return dtdev_wish_take_list(list, len);
	err = wish_parse_bare(list, len, &selector);
	return err ?: wish_take_one(&selector);
}

/* Has @do_it done with what @name, a path or an alias, names. */
static int wish_for_one(const char *name, size_t len, int (*do_it)(struct device_node *np))
{
	struct dtdev_selector selector;
	struct device_node *np;
	char *path;
	int err;

	err = wish_parse_bare(name, len, &selector);
	if (err)
		return err;
	if (selector.kind != DTDEV_SELECT_PATH || selector.force)
		return -EINVAL;
	path = kmemdup_nul(selector.name, selector.len, GFP_KERNEL);
	if (!path)
		return -ENOMEM;
	np = of_find_node_by_path(path);
	kfree(path);
	err = np ? do_it(np) : -ENOENT;
	of_node_put(np);
	return err;
}

/* Returns a node to dom0. May sleep long. */
int dtdev_wish_return(const char *name, size_t len)
{
	return wish_for_one(name, len, dtdev_take_return);
}

/* Gives dom0 one that it has not had since the machine started. May sleep long. */
int dtdev_wish_adopt(const char *name, size_t len)
{
	return wish_for_one(name, len, dtdev_take_adopt);
}

/*
 * Takes the nodes that carry Xen's mark in dom0's own tree. Xen itself removes
 * it from what it marks at boot; what is added to the tree later may have it.
 */
void dtdev_wish_take_marked(void)
{
	struct device_node *np;

	for_each_node_with_property(np, "xen,passthrough")
		dtdev_take(np, 0);
}
