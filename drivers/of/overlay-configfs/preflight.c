// SPDX-License-Identifier: GPL-2.0
/*
 * preflight - compares a fragment with the part of the live tree it is for
 *
 * The kernel builds a list of changes and applies it afterwards. If it stops
 * while it builds, that list can neither be carried out nor undone: it stays,
 * and stands in the way of other overlays' removal. So whatever stops it there
 * is looked for here, when nothing has been built yet.
 */
#include <linux/errno.h>
#include <linux/of.h>
#include <linux/string.h>

#include "core/refs.h"
#include "preflight.h"
#include "say.h"
#include "touch.h"

/* Not part of a tree, but of how it is written down. */
static bool preflight_is_pseudo(const char *name)
{
	return !of_prop_cmp(name, "name") || !of_prop_cmp(name, "phandle") ||
	       !of_prop_cmp(name, "linux,phandle");
}

static bool preflight_is_cells(const char *name)
{
	return !of_prop_cmp(name, "#address-cells") || !of_prop_cmp(name, "#size-cells");
}

static int preflight_touched(int err, struct device_node *overlay, const char *what,
			     struct dtovl_say *say)
{
	if (err == -EEXIST)
		return dtovl_refuse(say, -EINVAL, "%pOF: %s is in another fragment, too",
				    overlay, what);
	return err;
}

static int preflight_prop(struct device_node *live, struct device_node *overlay,
			  const struct property *prop, struct dtovl_touch *touch,
			  struct dtovl_say *say)
{
	struct property *have = of_find_property(live, prop->name, NULL);

	if (preflight_is_pseudo(prop->name))
		return 0;
	if (have && of_node_name_eq(overlay, DTOVL_SYMBOLS))
		return dtovl_refuse(say, -EEXIST, "the tree has a label %s already", prop->name);
	if (have && preflight_is_cells(prop->name)) {
		if (have->length != prop->length ||
		    memcmp(have->value, prop->value, have->length))
			return dtovl_refuse(say, -EINVAL, "%pOF: the tree has another %s there",
					    overlay, prop->name);
		return 0;
	}
	return preflight_touched(dtovl_touch_prop(touch, live, prop->name),
				 overlay, prop->name, say);
}

/* As the kernel looks: whatever the case. Returns the child, held, or NULL. */
static struct device_node *preflight_child(struct device_node *live, const char *name)
{
	struct device_node *child;

	for_each_child_of_node(live, child)
		if (!of_node_cmp(kbasename(child->full_name), name))
			return child;
	return NULL;
}

static int preflight_node(struct device_node *live, struct device_node *overlay,
			  struct dtovl_touch *touch, struct dtovl_say *say);

static int preflight_below(struct device_node *live, struct device_node *child,
			   struct dtovl_touch *touch, struct dtovl_say *say)
{
	const char *name = kbasename(child->full_name);
	struct device_node *have = preflight_child(live, name);
	int err;

	if (!have)
		err = preflight_touched(dtovl_touch_node(touch, live, name), child, "it", say);
	else if (have->phandle && child->phandle)
		err = dtovl_refuse(say, -EEXIST,
				   "%pOF: the tree has %pOF already, with a phandle of its own",
				   child, have);
	else
		err = preflight_node(have, child, touch, say);
	of_node_put(have);
	return err;
}

/* As deep as the blob was allowed to be. */
static int preflight_node(struct device_node *live, struct device_node *overlay,
			  struct dtovl_touch *touch, struct dtovl_say *say)
{
	struct device_node *child;
	struct property *prop;
	int err;

	for_each_property_of_node(overlay, prop) {
		err = preflight_prop(live, overlay, prop, touch, say);
		if (err)
			return err;
	}
	if (of_node_name_eq(overlay, DTOVL_SYMBOLS))
		return 0;
	for_each_child_of_node(overlay, child) {
		err = preflight_below(live, child, touch, say);
		if (err) {
			of_node_put(child);
			return err;
		}
	}
	return 0;
}

/*
 * Could @overlay, a fragment's contents, go to @target, a node of the live tree?
 * Adds to @touch what it changes there. May sleep. Returns 0 or -errno.
 */
int dtovl_preflight(struct device_node *target, struct device_node *overlay,
		    struct dtovl_touch *touch, struct dtovl_say *say)
{
	return preflight_node(target, overlay, touch, say);
}
