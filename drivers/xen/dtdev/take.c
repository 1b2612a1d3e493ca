// SPDX-License-Identifier: GPL-2.0
/*
 * take - from a driver of dom0 to ours, and back
 *
 * Locks: the request's own first (one device at a time), then a device's, then
 * those of a node and of the list of nodes.
 */
#define pr_fmt(fmt) "xen-dtdev: " fmt

#include <linux/device.h>
#include <linux/err.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "adopt.h"
#include "inspect.h"
#include "node.h"
#include "override.h"
#include "placeholder.h"
#include "secure.h"
#include "seize.h"
#include "stub.h"
#include "take.h"
#include "tree.h"

static DEFINE_MUTEX(take_lock);
static bool take_open;	/* both drivers are registered; under take_lock */

/* Could the node be taken at all? */
static int take_check_node(struct device_node *np, const char *path)
{
	struct dtdev_node *node = dtdev_node_find(np);

	if (node) {
		pr_err("%s: not taken: it has been already\n", path);
		dtdev_node_put(node);
		return -EEXIST;
	}
	node = dtdev_node_find_above(np);
	if (node) {
		pr_err("%s: not taken: %s above it has been\n", path, node->path);
		dtdev_node_put(node);
		return -EBUSY;
	}
	node = dtdev_node_find_below(np);
	if (node) {
		pr_err("%s: not taken: %s below it has been\n", path, node->path);
		dtdev_node_put(node);
		return -EBUSY;
	}
	if (!dtdev_inspect_has_resources(np)) {
		pr_err("%s: not taken: it has neither registers nor interrupts\n", path);
		return -ENXIO;
	}
	return 0;
}

/* All reasons, those in its driver too, before anything is touched. */
static int take_judge(struct device_node *np, const char *path, struct device *dev,
		      u32 force)
{
	struct dtdev_report *report;
	struct dtdev_tree tree;
	int err;

	report = kzalloc(sizeof(*report), GFP_KERNEL);
	if (!report)
		return -ENOMEM;
	err = dtdev_tree_read(&tree);
	if (!err) {
		dtdev_inspect(np, dev, &tree, report);
		dtdev_tree_free(&tree);
		if (report->reasons & ~force) {
			pr_err("%s: not taken: %s\n", path, report->text);
			err = -EBUSY;
		}
	}
	kfree(report);
	return err;
}

static char *take_driver_name(struct device *dev)
{
	char *name = NULL;

	device_lock(dev);
	if (dev->driver)
		name = kstrdup(dev->driver->name, GFP_KERNEL);
	device_unlock(dev);
	return name;
}

/* From its driver to our stub, or back to it. */
static int take_device(struct device *dev, u32 force)
{
	char *override = device_dup_driver_override(dev);
	char *driver_was = take_driver_name(dev);
	struct dtdev_seize_request request = { dev, force, driver_was, override };
	int err;

	/* Ours is left over from an unbinding that nobody asked us for. */
	if (override && !strcmp(override, DTDEV_STUB_NAME)) {
		request.left = true;
		request.override_was = NULL;
	}

	/* From the override on, whoever looks for a driver may bind ours. */
	dtdev_stub_expect(&request);
	err = device_set_driver_override(dev, DTDEV_STUB_NAME);
	if (!err) {
		device_release_driver(dev);
		err = dtdev_stub_attach(dev);
	}
	dtdev_stub_expect(NULL);
	if (err) {
		device_set_driver_override(dev, override ?: "");
		if (driver_was && device_attach(dev) <= 0)
			dev_err(dev, "its driver %s does not take it any more\n",
				driver_was);
	}
	kfree(override);
	kfree(driver_was);
	return err;
}

static int take_without_device(struct device_node *np, const char *path, u32 force)
{
	struct device *dev;
	int err;

	if (dtdev_tree_enabled(np)) {
		pr_err("%s: not taken: dom0 uses it without a device\n", path);
		return -ENODEV;
	}
	dev = dtdev_placeholder_make(np);
	if (IS_ERR(dev))
		return PTR_ERR(dev);
	err = take_device(dev, force);
	if (err)
		dtdev_placeholder_destroy(dev);
	put_device(dev);
	return err;
}

/*
 * Takes @np from dom0, in spite of the reasons in @force. May sleep long.
 * Returns 0, -EEXIST (we have it), -EBUSY (refused, the log says why), -ENXIO
 * (there is nothing to give), -ENODEV (there is no device of it) or -errno.
 */
int dtdev_take(struct device_node *np, u32 force)
{
	char *path = dtdev_tree_path(np);
	struct device *dev;
	int err;

	if (!path)
		return -ENOMEM;
	mutex_lock(&take_lock);
	dev = dtdev_tree_device(np);
	err = take_open ? take_check_node(np, path) : -ENODEV;
	if (!err)
		err = take_judge(np, path, dev, force);
	if (!err)
		err = dev ? take_device(dev, force) :
			    take_without_device(np, path, force);
	put_device(dev);
	mutex_unlock(&take_lock);
	kfree(path);
	return err;
}

static int take_check_adopted(struct device_node *np, const char *path)
{
	if (!take_open)
		return -ENODEV;
	if (of_device_is_available(np) || dtdev_tree_marked(np)) {
		pr_err("%s: not adopted: it is not disabled: dom0 has it, or it came later, marked\n",
		       path);
		return -EEXIST;
	}
	if (!dtdev_tree_enabled(np->parent)) {
		pr_err("%s: not adopted: what is above it is disabled\n", path);
		return -ENODEV;
	}
	if (dtdev_node_is_used(np)) {
		pr_err("%s: not adopted: it has been taken\n", path);
		return -EEXIST;
	}
	return take_check_node(np, path);
}

/*
 * Gives @np, which Xen has kept for guests, to dom0. No guest has it: the administrator
 * knows that, and for an interrupt or an IOMMU, Xen does. May sleep long. Returns 0,
 * -EEXIST (it is dom0's, or taken), -ENODEV (what is above it is disabled), -ENXIO
 * (there is nothing to give), -EBUSY (a guest has it, or Xen does not do it) or -errno.
 */
int dtdev_take_adopt(struct device_node *np)
{
	char *path = dtdev_tree_path(np);
	int err;

	if (!path)
		return -ENOMEM;
	mutex_lock(&take_lock);
	err = take_check_adopted(np, path);
	if (!err)
		err = dtdev_adopt(np, path);
	mutex_unlock(&take_lock);
	kfree(path);
	return err;
}

/*
 * From when on, and until when, devices can be taken: one driver's attributes are
 * there while the other driver is not.
 */
void dtdev_take_allow(bool open)
{
	mutex_lock(&take_lock);
	take_open = open;
	mutex_unlock(&take_lock);
}

static void take_hand_back(struct dtdev_node *node)
{
	struct device *dev = node->dev;
	bool marked = dtdev_tree_marked(node->np);
	int err;

	/* Drivers of dom0 would find no registers where those are said to be. */
	device_set_driver_override(dev, marked ? DTDEV_STUB_NAME : node->override_was ?: "");
	device_release_driver(dev);
	if (dtdev_placeholder_is(dev)) {
		dtdev_placeholder_destroy(dev);
		return;
	}
	if (marked)
		return;
	err = device_attach(dev);
	dev_info(dev, "returned to %s\n",
		 err > 0 ? dev_driver_string(dev) : "no driver");
}

/*
 * Returns @np to dom0, to the driver that asks for it. May sleep long. Returns
 * 0, -ENOENT (we do not have it), or -errno if it cannot be made fit for dom0:
 * it then stays ours.
 */
int dtdev_take_return(struct device_node *np)
{
	struct dtdev_node *node;
	int err = -ENOENT;

	mutex_lock(&take_lock);
	node = dtdev_node_find(np);
	if (node) {
		err = dtdev_secure_end(node);
		if (!err)
			take_hand_back(node);
		dtdev_node_put(node);
	}
	mutex_unlock(&take_lock);
	return err;
}
