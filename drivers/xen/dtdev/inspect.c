// SPDX-License-Identifier: GPL-2.0
/*
 * inspect - the reasons, one function each
 *
 * By the device tree: who refers to the node, and who shares registers,
 * interrupts or resets with it. By the device, if it has one: what in dom0 is
 * using it now.
 */
#include <linux/device.h>
#include <linux/kernfs.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../common/lifeline.h"
#include "core/timer.h"
#include "inspect.h"
#include "node.h"
#include "refs.h"
#include "tree.h"

/* What is looked at, and where reasons go. */
struct inspect {
	struct device_node *np;
	struct device *dev;
	const struct dtdev_tree *tree;
	struct dtdev_report *report;
	enum dtdev_reason wanted;	/* of what dom0 lives on: one after the other */
};

static void inspect_add_node(struct inspect *in, enum dtdev_reason reason,
			     struct device_node *other)
{
	char *path = kasprintf(GFP_KERNEL, "%pOF", other);

	dtdev_report_add(in->report, reason, path ?: of_node_full_name(other));
	kfree(path);
}

/* Is it another node that somebody may be using? Parts go where the whole goes. */
static bool inspect_is_other(struct inspect *in, struct device_node *other)
{
	return !dtdev_tree_is_within(other, in->np) && dtdev_node_is_used(other);
}

/* One line for each that needs it or something in it, but for those that it is in. */
static void inspect_provider(struct inspect *in)
{
	const struct dtdev_tree *tree = in->tree;
	u32 i, last = U32_MAX;

	for (i = 0; i < tree->ref_count; i++) {
		struct device_node *user = tree->nodes[tree->refs[i].user];

		if (tree->refs[i].user == last ||
		    !dtdev_tree_is_within(tree->refs[i].target, in->np) ||
		    dtdev_tree_is_within(in->np, user) || !inspect_is_other(in, user))
			continue;
		inspect_add_node(in, DTDEV_PROVIDER, user);
		last = tree->refs[i].user;
	}
}

static void inspect_resets(struct inspect *in)
{
	u32 i;

	for (i = 0; i < in->tree->node_count; i++)
		if (dtdev_refs_share_reset(in->tree->nodes[i], in->np) &&
		    inspect_is_other(in, in->tree->nodes[i]))
			inspect_add_node(in, DTDEV_RESET, in->tree->nodes[i]);
}

static bool inspect_shares_page(struct inspect *in, u32 index)
{
	struct dtdev_region own = { };
	unsigned int i;

	for (i = 0; !dtdev_tree_region(in->np, i, &own); i++)
		if (dtdev_tree_shares(in->tree, index, in->np, &own))
			return true;
	return false;
}

static void inspect_pages(struct inspect *in)
{
	const struct dtdev_tree *tree = in->tree;
	u32 i, last = U32_MAX;

	for (i = 0; i < tree->region_count; i++) {
		u32 owner = tree->regions[i].owner;

		if (owner == last || !inspect_shares_page(in, i) ||
		    !inspect_is_other(in, tree->nodes[owner]))
			continue;
		inspect_add_node(in, DTDEV_PAGE, tree->nodes[owner]);
		last = owner;
	}
}

/* Those of one node follow each other: the first of ours, and the one behind the last. */
static void inspect_own_lines(struct inspect *in, u32 *first, u32 *end)
{
	const struct dtdev_tree *tree = in->tree;
	u32 i = 0;

	while (i < tree->line_count && tree->nodes[tree->lines[i].owner] != in->np)
		i++;
	*first = i;
	while (i < tree->line_count && tree->nodes[tree->lines[i].owner] == in->np)
		i++;
	*end = i;
}

static bool inspect_is_own_line(struct inspect *in, const struct dtdev_tree_line *other,
				u32 first, u32 end)
{
	for (; first < end; first++)
		if (dtdev_tree_is_one_line(&in->tree->lines[first], other))
			return true;
	return false;
}

static void inspect_lines(struct inspect *in)
{
	const struct dtdev_tree *tree = in->tree;
	u32 i, first, end, last = U32_MAX;

	inspect_own_lines(in, &first, &end);
	for (i = 0; i < tree->line_count; i++) {
		u32 owner = tree->lines[i].owner;

		cond_resched();
		if (owner == last || !inspect_is_own_line(in, &tree->lines[i], first, end) ||
		    !inspect_is_other(in, tree->nodes[owner]))
			continue;
		inspect_add_node(in, DTDEV_INTERRUPT, tree->nodes[owner]);
		last = owner;
	}
}

/* Is it the one that all others report to? */
static bool inspect_is_main(struct device_node *np)
{
	struct device_node *parent;

	if (!of_property_present(np, "interrupt-controller"))
		return false;
	parent = of_irq_find_parent(np);
	of_node_put(parent);
	return !parent || parent == np;
}

/*
 * The machine's own controller has no device, and everybody's interrupts; its frames for
 * messages, below it, are Xen's as well.
 */
static void inspect_controller(struct inspect *in)
{
	struct device_node *np;

	for (np = in->np; np; np = np->parent)
		if (inspect_is_main(np)) {
			dtdev_report_add(in->report, DTDEV_CONTROLLER, NULL);
			return;
		}
}

static void inspect_timer(struct inspect *in)
{
	const char *timer;
	unsigned int i;

	for (i = 0; (timer = dtdev_timer(i)); i++)
		if (of_device_is_compatible(in->np, timer))
			dtdev_report_add(in->report, DTDEV_TIMER, NULL);
}

/* Registers that anyone may use, who refers to them by any property. */
static void inspect_syscon(struct inspect *in)
{
	if (of_device_is_compatible(in->np, "syscon"))
		dtdev_report_add(in->report, DTDEV_PROVIDER, "(syscon)");
}

/* A device whose driver is unbound when that of @supplier is. */
static bool inspect_is_consumer(struct device *dev, struct device *supplier)
{
	struct kernfs_node *link;
	char *name;

	if (!dev->bus || !READ_ONCE(dev->driver))
		return false;
	name = kasprintf(GFP_KERNEL, "consumer:%s:%s", dev->bus->name, dev_name(dev));
	link = name ? kernfs_find_and_get(supplier->kobj.sd, name) : NULL;
	kernfs_put(link);
	kfree(name);
	return link;
}

/* Whatever bus they are on, devices of the tree are below one. */
static int inspect_consumer(struct device *dev, void *data)
{
	struct inspect *in = data;

	if (inspect_is_consumer(dev, in->dev))
		dtdev_report_add(in->report, DTDEV_CONSUMERS, dev_name(dev));
	return device_for_each_child(dev, in, inspect_consumer);
}

static void inspect_consumers(struct inspect *in)
{
	device_for_each_child(&platform_bus, in, inspect_consumer);
}

/* Devices of nodes below, and on a PCI bus; not what its own driver made. */
static bool inspect_is_child(struct inspect *in, struct device *dev)
{
	return (dev->of_node && dev->of_node != in->np) ||
	       (dev->bus && !strcmp(dev->bus->name, "pci"));
}

static int inspect_child(struct device *dev, void *data)
{
	struct inspect *in = data;

	if (!inspect_is_child(in, dev))
		return device_for_each_child(dev, in, inspect_child);
	dtdev_report_add(in->report, DTDEV_CHILDREN, dev_name(dev));
	return 0;
}

/* What dom0 lives on, as reasons. */
static void inspect_lifeline(enum xpt_lifeline kind, const char *name, void *data)
{
	static const enum dtdev_reason reasons[] = {
		[XPT_LIFELINE_CONSOLE] = DTDEV_CONSOLE,
		[XPT_LIFELINE_DISK] = DTDEV_STORAGE,
		[XPT_LIFELINE_NETWORK] = DTDEV_NETWORK,
		[XPT_LIFELINE_WATCHDOG] = DTDEV_WATCHDOG,
	};
	struct inspect *in = data;

	if (reasons[kind] == in->wanted)
		dtdev_report_add(in->report, reasons[kind], name);
}

/* A reason's names have to come together. */
static void inspect_lifelines(struct inspect *in)
{
	static const enum dtdev_reason reasons[] = {
		DTDEV_CONSOLE, DTDEV_STORAGE, DTDEV_NETWORK, DTDEV_WATCHDOG,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++) {
		in->wanted = reasons[i];
		xpt_lifeline_below(in->dev, inspect_lifeline, in);
	}
}

static void inspect_driver(struct inspect *in)
{
	device_lock(in->dev);
	if (in->dev->driver && in->dev->driver->suppress_bind_attrs)
		dtdev_report_add(in->report, DTDEV_NO_UNBIND,
				 in->dev->driver->name);
	device_unlock(in->dev);
}

/*
 * Fills @report, which begins as all zeros, with all reasons against taking
 * @np. @dev is its device, or NULL. Caller: does not hold the device's lock if
 * its driver is to be looked at. May sleep.
 */
void dtdev_inspect(struct device_node *np, struct device *dev,
		   const struct dtdev_tree *tree, struct dtdev_report *report)
{
	struct inspect in = { np, dev, tree, report, DTDEV_CONSOLE };

	inspect_controller(&in);
	inspect_timer(&in);
	inspect_provider(&in);
	inspect_syscon(&in);
	inspect_pages(&in);
	inspect_lines(&in);
	inspect_resets(&in);
	if (!dev)
		return;
	inspect_lifelines(&in);
	inspect_consumers(&in);
	device_for_each_child(dev, &in, inspect_child);
	inspect_driver(&in);
}

/* Has it an interrupt of the main controller's, be it not the first? */
static bool inspect_has_any_spi(struct device_node *np)
{
	struct dtdev_spi spi;
	unsigned int i;
	int err;

	for (i = 0; (err = dtdev_tree_spi(np, i, &spi, NULL)) >= 0; i++)
		if (!err)
			return true;
	return false;
}

/* Has it registers or interrupts, so that there is something to give? */
bool dtdev_inspect_has_resources(struct device_node *np)
{
	struct dtdev_region region;

	return dtdev_tree_is_device(np) &&
	       (!dtdev_tree_region(np, 0, &region) || inspect_has_any_spi(np));
}
