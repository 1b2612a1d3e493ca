// SPDX-License-Identifier: GPL-2.0
/*
 * inspect - the reasons, one function each
 *
 * By the device tree: who refers to the node, and who shares registers,
 * interrupts or resets with it. By the device, if it has one: what in dom0 is
 * using it now.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/kernfs.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "../common/lifeline.h"
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

/* Calls @shares for each other enabled node; whoever does is a reason. */
static void inspect_nodes(struct inspect *in, enum dtdev_reason reason,
			  bool (*shares)(struct device_node *other,
					 struct device_node *np))
{
	u32 i;

	for (i = 0; i < in->tree->node_count; i++)
		if (shares(in->tree->nodes[i], in->np) &&
		    inspect_is_other(in, in->tree->nodes[i]))
			inspect_add_node(in, reason, in->tree->nodes[i]);
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

static bool inspect_has_spi(struct inspect *in, u32 number)
{
	struct dtdev_spi spi;
	unsigned int i;
	int err;

	for (i = 0; (err = dtdev_tree_spi(in->np, i, &spi, NULL)) >= 0; i++)
		if (!err && spi.number == number)
			return true;
	return false;
}

static void inspect_spis(struct inspect *in)
{
	const struct dtdev_tree *tree = in->tree;
	u32 i, last = U32_MAX;

	for (i = 0; i < tree->spi_count; i++) {
		u32 owner = tree->spis[i].owner;

		if (owner == last ||
		    !inspect_has_spi(in, tree->spis[i].spi.number) ||
		    !inspect_is_other(in, tree->nodes[owner]))
			continue;
		inspect_add_node(in, DTDEV_INTERRUPT, tree->nodes[owner]);
		last = owner;
	}
}

/* The machine's own controller has no device, and everybody's interrupts. */
static void inspect_controller(struct inspect *in)
{
	struct device_node *parent;

	if (!of_property_read_bool(in->np, "interrupt-controller"))
		return;
	parent = of_irq_find_parent(in->np);
	if (!parent || parent == in->np)
		dtdev_report_add(in->report, DTDEV_CONTROLLER, NULL);
	of_node_put(parent);
}

static void inspect_timer(struct inspect *in)
{
	if (of_node_name_eq(in->np, "timer"))
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

	if (!READ_ONCE(dev->driver))
		return false;
	name = kasprintf(GFP_KERNEL, "consumer:%s:%s", dev->bus->name, dev_name(dev));
	link = name ? kernfs_find_and_get(supplier->kobj.sd, name) : NULL;
	kernfs_put(link);
	kfree(name);
	return link;
}

static int inspect_consumer(struct device *dev, void *data)
{
	struct inspect *in = data;

	if (inspect_is_consumer(dev, in->dev))
		dtdev_report_add(in->report, DTDEV_CONSUMERS, dev_name(dev));
	return 0;
}

static void inspect_consumers(struct inspect *in)
{
	bus_for_each_dev(&platform_bus_type, NULL, in, inspect_consumer);
	if (IS_ENABLED(CONFIG_ARM_AMBA))
		bus_for_each_dev(&amba_bustype, NULL, in, inspect_consumer);
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
	};
	struct inspect *in = data;

	if (kind < ARRAY_SIZE(reasons))
		dtdev_report_add(in->report, reasons[kind], name);
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
	struct inspect in = { np, dev, tree, report };

	inspect_controller(&in);
	inspect_timer(&in);
	inspect_nodes(&in, DTDEV_PROVIDER, dtdev_refs_depends);
	inspect_syscon(&in);
	inspect_pages(&in);
	inspect_spis(&in);
	inspect_nodes(&in, DTDEV_RESET, dtdev_refs_share_reset);
	if (!dev)
		return;
	xpt_lifeline_below(dev, inspect_lifeline, &in);
	inspect_consumers(&in);
	device_for_each_child(dev, &in, inspect_child);
	inspect_driver(&in);
}

/* Has it registers or interrupts, so that there is something to give? */
bool dtdev_inspect_has_resources(struct device_node *np)
{
	struct dtdev_region region;
	struct dtdev_spi spi;

	return dtdev_tree_is_device(np) &&
	       (!dtdev_tree_region(np, 0, &region) ||
		!dtdev_tree_spi(np, 0, &spi, NULL));
}
