// SPDX-License-Identifier: GPL-2.0
/*
 * arrive - sees overlays' devices before their drivers do
 *
 * What Xen finds marked at boot it disables in dom0's tree. An overlay's node
 * that is marked dom0 makes a device of; before any driver is looked for, it is
 * said to be ours, and nobody else's afterwards. An overlay is not removed as
 * long as something that it changes, or that is on a bus that it enables, is ours.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/device/bus.h>
#include <linux/errno.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "arrive.h"
#include "node.h"
#include "placeholder.h"
#include "seize.h"
#include "stub.h"
#include "tree.h"

/* If there is a device of it again, it is not said to be ours: its driver may come. */
static void arrive_leaves(struct device *dev)
{
	struct dtdev_node *node;

	if (!dev->of_node)
		return;
	node = dtdev_node_find(dev->of_node);
	if (!node) {
		dtdev_seize_gone(dev);
		return;
	}
	if (node->dev == dev)
		WRITE_ONCE(node->gone, true);
	dtdev_node_put(node);
}

static int arrive_notify_bus(struct notifier_block *block, unsigned long action, void *data)
{
	struct device *dev = data;

	if (action == BUS_NOTIFY_DEL_DEVICE)
		arrive_leaves(dev);
	if (action != BUS_NOTIFY_ADD_DEVICE || !dev->of_node ||
	    dtdev_placeholder_is(dev) || !dtdev_tree_marked(dev->of_node))
		return NOTIFY_DONE;
	if (device_set_driver_override(dev, DTDEV_STUB_NAME))
		dev_err(dev, "marked xen,passthrough, but cannot be kept from dom0's drivers: out of memory\n");
	return NOTIFY_OK;
}

/* Primecells with the mark come on this bus, too: see the overlays' room. */
static struct notifier_block arrive_bus = {
	.notifier_call = arrive_notify_bus,
};

static int arrive_notify_amba(struct notifier_block *block, unsigned long action, void *data)
{
	if (action == BUS_NOTIFY_DEL_DEVICE)
		arrive_leaves(data);
	return NOTIFY_DONE;
}

static struct notifier_block arrive_amba = {
	.notifier_call = arrive_notify_amba,
};

/* Where an overlay's fragment has something about @np, or NULL. */
static struct device_node *arrive_twin(const struct of_overlay_notify_data *fragment,
				       struct device_node *np)
{
	struct device_node *above, *child;

	if (np == fragment->target)
		return fragment->overlay;
	above = np->parent ? arrive_twin(fragment, np->parent) : NULL;
	if (!above)
		return NULL;
	for_each_child_of_node(above, child) {
		if (of_node_cmp(kbasename(child->full_name), kbasename(np->full_name)))
			continue;
		/* The fragment, which the caller has, holds it. */
		of_node_put(child);
		return child;
	}
	return NULL;
}

/* Does it say whether a bus above @np is enabled? All that is on it goes with that. */
static bool arrive_enables_above(const struct of_overlay_notify_data *fragment,
				 struct device_node *np)
{
	struct device_node *at, *twin;

	for (at = np->parent; at; at = at->parent) {
		twin = arrive_twin(fragment, at);
		if (twin && of_property_present(twin, "status"))
			return true;
	}
	return false;
}

static int arrive_refuse(const struct of_overlay_notify_data *fragment,
			 const struct dtdev_node *node, const char *why)
{
	if (!arrive_twin(fragment, node->np) && !arrive_enables_above(fragment, node->np))
		return 0;
	dev_err(node->dev, "the overlay that %s is of cannot be removed: %s\n",
		node->path, why);
	return -EBUSY;
}

static int arrive_is_needed(struct dtdev_node *node, void *data)
{
	return arrive_refuse(data, node, "it has been taken from dom0; return it before");
}

static int arrive_is_away(struct dtdev_node *node, void *data)
{
	return arrive_refuse(data, node,
			     "it is away with what it needs, and not dom0's; bring that back, and return it before");
}

static int arrive_notify_overlay(struct notifier_block *block, unsigned long action, void *data)
{
	int err;

	if (action != OF_OVERLAY_PRE_REMOVE)
		return NOTIFY_DONE;
	err = dtdev_node_each(arrive_is_needed, data);
	if (!err)
		err = dtdev_node_each_left(arrive_is_away, data);
	return notifier_from_errno(err);
}

static struct notifier_block arrive_overlay = {
	.notifier_call = arrive_notify_overlay,
};

int dtdev_arrive_init(void)
{
	int err;

	err = bus_register_notifier(&platform_bus_type, &arrive_bus);
	if (err)
		return err;
	if (IS_ENABLED(CONFIG_ARM_AMBA))
		err = bus_register_notifier(&amba_bustype, &arrive_amba);
	if (err)
		goto err_platform;
	err = of_overlay_notifier_register(&arrive_overlay);
	if (!err)
		return 0;
	if (IS_ENABLED(CONFIG_ARM_AMBA))
		bus_unregister_notifier(&amba_bustype, &arrive_amba);
err_platform:
	bus_unregister_notifier(&platform_bus_type, &arrive_bus);
	return err;
}

void dtdev_arrive_exit(void)
{
	of_overlay_notifier_unregister(&arrive_overlay);
	if (IS_ENABLED(CONFIG_ARM_AMBA))
		bus_unregister_notifier(&amba_bustype, &arrive_amba);
	bus_unregister_notifier(&platform_bus_type, &arrive_bus);
}
