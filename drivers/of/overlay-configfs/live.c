// SPDX-License-Identifier: GPL-2.0
/*
 * live - looks for labels and targets
 */
#include <linux/errno.h>
#include <linux/of.h>

#include "core/check.h"
#include "core/refs.h"
#include "live.h"
#include "say.h"

/* What dtc writes where a label's phandle is to be filled in. */
#define LIVE_PHANDLE_LATER	0xffffffff

/* What the kernel adds to the phandles of an overlay, so that they are new. */
u32 dtovl_live_phandle_base(void)
{
	struct device_node *np;
	u32 max = 0;

	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np))
		if (np->phandle != LIVE_PHANDLE_LATER && np->phandle > max)
			max = np->phandle;
	return max + 1;
}

static int live_check_labels(const struct dtovl_blob *blob, struct dtovl_say *say)
{
	u32 fixups = dtovl_special(blob, DTOVL_FIXUPS), at;
	struct device_node *symbols;
	struct dtovl_prop label;
	int err = 0;

	if (fixups == DTOVL_NONE)
		return 0;
	symbols = of_find_node_by_path("/" DTOVL_SYMBOLS);
	if (!symbols)
		return dtovl_refuse(say, -ENOENT,
				    "it refers to labels, and the tree has none (no /__symbols__)");
	at = blob->nodes[fixups].props;
	while (!err && dtovl_prop_next(blob, &at, &label))
		if (!of_find_property(symbols, label.name, NULL))
			err = dtovl_refuse(say, -ENOENT, "the tree has no label %s", label.name);
	of_node_put(symbols);
	return err;
}

/* By number, if it is one; a label's has been looked for. */
static int live_check_phandle(const struct dtovl_blob *blob, u32 fragment, u32 phandle,
			      struct dtovl_say *say)
{
	struct device_node *np;

	if (phandle == LIVE_PHANDLE_LATER)
		return 0;
	np = of_find_node_by_phandle(phandle);
	of_node_put(np);
	if (np)
		return 0;
	return dtovl_refuse(say, -ENOENT, "/%s: its target is not in the tree: no phandle %#x",
			    dtovl_node_name(blob, fragment), phandle);
}

static int live_check_target(const struct dtovl_blob *blob, u32 fragment,
			     struct dtovl_say *say)
{
	struct device_node *np;
	struct dtovl_prop prop;

	if (dtovl_prop_find(blob, fragment, "target", &prop))
		return live_check_phandle(blob, fragment, dtovl_be32(prop.value), say);
	if (!dtovl_prop_find(blob, fragment, "target-path", &prop))
		return -EINVAL;
	np = of_find_node_by_path((const char *)prop.value);
	of_node_put(np);
	if (np)
		return 0;
	return dtovl_refuse(say, -ENOENT, "/%s: its target is not in the tree: %s",
			    dtovl_node_name(blob, fragment), (const char *)prop.value);
}

/* Of a blob that has been checked. May sleep. Returns 0 or -errno. */
int dtovl_live_check(const struct dtovl_blob *blob, struct dtovl_say *say)
{
	u32 overlay = DTOVL_ROOT, fragment;
	struct device_node *symbols;
	int err;

	err = live_check_labels(blob, say);
	while (!err && (fragment = dtovl_fragment_next(blob, &overlay)) != DTOVL_NONE)
		err = live_check_target(blob, fragment, say);
	if (err || dtovl_special(blob, DTOVL_SYMBOLS) == DTOVL_NONE)
		return err;
	symbols = of_find_node_by_path("/" DTOVL_SYMBOLS);
	of_node_put(symbols);
	if (symbols)
		return 0;
	return dtovl_refuse(say, -ENOENT,
			    "it brings labels, and the tree has none (no /__symbols__): compile it without -@");
}
