// SPDX-License-Identifier: GPL-2.0
/*
 * arrive - sees overlays' devices before their drivers do
 *
 * What Xen finds marked at boot it disables in dom0's tree. An overlay's node
 * that is marked dom0 makes a device of; before any driver is looked for, it is
 * said to be ours, and nobody else's afterwards. An overlay is not removed as
 * long as something that it changes is ours.
 */
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
#include "stub.h"
#include "tree.h"

static int arrive_notify_bus(struct notifier_block *block, unsigned long action, void *data)
{
	struct device *dev = data;

	if (action != BUS_NOTIFY_ADD_DEVICE || !dev->of_node ||
	    dtdev_placeholder_is(dev) || !dtdev_tree_marked(dev->of_node))
		return NOTIFY_DONE;
	if (device_set_driver_override(dev, DTDEV_STUB_NAME))
		dev_err(dev, "marked xen,passthrough, but cannot be kept from dom0's drivers: out of memory\n");
	return NOTIFY_OK;
}

/* Primecells with the mark are on this bus, too: see the overlays' room. */
static struct notifier_block arrive_bus = {
	.notifier_call = arrive_notify_bus,
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

static int arrive_is_needed(struct dtdev_node *node, void *data)
{
	if (!arrive_twin(data, node->np))
		return 0;
	dev_err(node->dev, "the overlay that %s is of cannot be removed: it has been taken from dom0; return it before\n",
		node->path);
	return -EBUSY;
}

static int arrive_notify_overlay(struct notifier_block *block, unsigned long action, void *data)
{
	if (action != OF_OVERLAY_PRE_REMOVE)
		return NOTIFY_DONE;
	return notifier_from_errno(dtdev_node_each(arrive_is_needed, data));
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
	err = of_overlay_notifier_register(&arrive_overlay);
	if (err)
		bus_unregister_notifier(&platform_bus_type, &arrive_bus);
	return err;
}

void dtdev_arrive_exit(void)
{
	of_overlay_notifier_unregister(&arrive_overlay);
	bus_unregister_notifier(&platform_bus_type, &arrive_bus);
}
