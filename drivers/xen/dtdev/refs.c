// SPDX-License-Identifier: GPL-2.0
/*
 * refs - reads the properties by which nodes refer to what serves them
 */
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/string.h>

#include "refs.h"
#include "tree.h"

#define REFS_SPIS_MAX	64	/* interrupts of a node that are looked at */

/* Lists of handles, each followed by as many cells as its target says. */
static const struct {
	const char *list;
	const char *cells;
} refs_lists[] = {
	{ "clocks", "#clock-cells" },
	{ "dmas", "#dma-cells" },
	{ "hwlocks", "#hwlock-cells" },
	{ "interconnects", "#interconnect-cells" },
	{ "io-channels", "#io-channel-cells" },
	{ "iommus", "#iommu-cells" },
	{ "mboxes", "#mbox-cells" },
	{ "nvmem-cells", "#nvmem-cell-cells" },
	{ "phys", "#phy-cells" },
	{ "power-domains", "#power-domain-cells" },
	{ "pwms", "#pwm-cells" },
	{ "resets", "#reset-cells" },
};

/* Properties of any name that ends so; no cells, no handle's arguments. */
static const struct {
	const char *suffix;
	const char *cells;
} refs_suffixes[] = {
	{ "-supply", NULL },
	{ "-gpio", "#gpio-cells" },
	{ "-gpios", "#gpio-cells" },
};

/* Does list @list of @user name @provider, or something in it? */
static bool refs_in_list(struct device_node *user, const char *list,
			 const char *cells, struct device_node *provider)
{
	struct of_phandle_iterator it;
	int err;

	of_for_each_phandle(&it, err, user, list, cells, cells ? -1 : 0) {
		if (it.node && dtdev_tree_is_within(it.node, provider)) {
			of_node_put(it.node);
			return true;
		}
	}
	return false;
}

static bool refs_by_property(struct device_node *user, const char *name,
			     struct device_node *provider)
{
	size_t len = strlen(name), end;
	unsigned int i;

	if (!strcmp(name, "gpios") || !strcmp(name, "gpio"))
		return refs_in_list(user, name, "#gpio-cells", provider);
	for (i = 0; i < ARRAY_SIZE(refs_suffixes); i++) {
		end = strlen(refs_suffixes[i].suffix);
		if (len > end && !strcmp(name + len - end, refs_suffixes[i].suffix) &&
		    refs_in_list(user, name, refs_suffixes[i].cells, provider))
			return true;
	}
	return false;
}

static bool refs_by_interrupt(struct device_node *user,
			      struct device_node *provider)
{
	struct of_phandle_args args;
	bool within = false;
	int i;

	if (!of_property_present(user, "interrupts") &&
	    !of_property_present(user, "interrupts-extended"))
		return false;
	for (i = 0; i < REFS_SPIS_MAX && !within; i++) {
		if (of_irq_parse_one(user, i, &args))
			break;
		within = dtdev_tree_is_within(args.np, provider);
		of_node_put(args.np);
	}
	return within;
}

/* Does @user need @provider, or something in it, to do its work? */
bool dtdev_refs_depends(struct device_node *user, struct device_node *provider)
{
	struct property *property;
	unsigned int i;

	if (dtdev_tree_is_within(user, provider))
		return false;
	for (i = 0; i < ARRAY_SIZE(refs_lists); i++)
		if (refs_in_list(user, refs_lists[i].list, refs_lists[i].cells,
				 provider))
			return true;
	for_each_property_of_node(user, property)
		if (refs_by_property(user, property->name, provider))
			return true;
	return refs_by_interrupt(user, provider);
}

static bool refs_has_reset(struct device_node *np,
			   const struct of_phandle_args *line)
{
	struct of_phandle_args args;
	bool same = false;
	int i;

	for (i = 0; !same; i++) {
		if (of_parse_phandle_with_args(np, "resets", "#reset-cells", i, &args))
			break;
		same = args.np == line->np && args.args_count == line->args_count &&
		       !memcmp(args.args, line->args,
			       line->args_count * sizeof(line->args[0]));
		of_node_put(args.np);
	}
	return same;
}

/* Do both hang on one reset line? */
bool dtdev_refs_share_reset(struct device_node *a, struct device_node *b)
{
	struct of_phandle_args args;
	bool shared = false;
	int i;

	for (i = 0; !shared; i++) {
		if (of_parse_phandle_with_args(a, "resets", "#reset-cells", i, &args))
			break;
		shared = refs_has_reset(b, &args);
		of_node_put(args.np);
	}
	return shared;
}
