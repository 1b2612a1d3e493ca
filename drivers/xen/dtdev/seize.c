// SPDX-License-Identifier: GPL-2.0
/*
 * seize - takes a device that has no driver any more, and lets go of it
 *
 * Taken, a device is alive (hold), at rest (reset) and out of dom0's reach
 * (secure); letting go is the same backwards. A device that is taken keeps this
 * module loaded; also while it is away unasked, if a guest may have it.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/slab.h>

#include "inspect.h"
#include "irq.h"
#include "node.h"
#include "secure.h"
#include "seize.h"
#include "sysfs.h"
#include "trace.h"
#include "tree.h"

/* Refuses, with all reasons that are not forced. */
static int seize_judge(struct device *dev, const struct dtdev_tree *tree, u32 force)
{
	struct dtdev_report *report;
	int err = 0;

	report = kzalloc(sizeof(*report), GFP_KERNEL);
	if (!report)
		return -ENOMEM;
	/* Our caller holds the device's lock, and it has no driver: NULL. */
	dtdev_inspect(dev->of_node, NULL, tree, report);
	if (report->reasons & ~force) {
		dev_err(dev, "not taken: %s\n", report->text);
		err = -EBUSY;
	}
	kfree(report);
	return err;
}

static struct dtdev_node *seize_new(struct device *dev, u32 force)
{
	struct dtdev_tree tree;
	struct dtdev_node *node;
	int err;

	err = dtdev_tree_read(&tree);
	if (err)
		return ERR_PTR(err);
	err = seize_judge(dev, &tree, force);
	node = err ? ERR_PTR(err) : dtdev_node_new(dev, &tree);
	dtdev_tree_free(&tree);
	return node;
}

static int seize_acquire(struct dtdev_node *node)
{
	int err;

	err = dtdev_node_claim(node);
	if (err)
		return err;
	err = dtdev_irq_idle(node);
	if (err)
		goto err_claim;
	err = dtdev_hold_start(node);
	if (err)
		goto err_claim;
	err = dtdev_reset_start(node);
	if (!err)
		err = dtdev_secure_start(node);
	if (!err)
		return 0;

	dtdev_line_stop(node);
	dtdev_hold_stop(node);
err_claim:
	dtdev_node_unclaim(node);
	return err;
}

/* Keeps what has to be restored one day. */
static int seize_remember(struct dtdev_node *node,
			  const struct dtdev_seize_request *request)
{
	node->left = !request || request->left;
	if (!request)
		return 0;
	node->driver_was = kstrdup(request->driver_was, GFP_KERNEL);
	node->override_was = kstrdup(request->override_was, GFP_KERNEL);
	if ((request->driver_was && !node->driver_was) ||
	    (request->override_was && !node->override_was))
		return -ENOMEM;
	return 0;
}

/* What dom0 had, when @was was taken from it. */
static void seize_inherit(struct dtdev_node *node, struct dtdev_node *was)
{
	mutex_lock(&node->lock);
	if (!node->driver_was)
		swap(node->driver_was, was->driver_was);
	if (!node->override_was)
		swap(node->override_was, was->override_was);
	mutex_unlock(&node->lock);
}

/* Of one that went unasked nothing is left but what is handed on. */
static void seize_forget(struct dtdev_node *was)
{
	if (was->keeps)
		module_put(THIS_MODULE);
	dtdev_node_put(was);
}

static int seize_bind(struct device *dev, const struct dtdev_seize_request *request,
		      struct dtdev_node *was)
{
	u32 force = (request ? request->force : 0) | (was ? was->force : 0);
	struct dtdev_node *node;
	int err;

	if (!dev->of_node || !dtdev_inspect_has_resources(dev->of_node))
		return -ENXIO;
	node = seize_new(dev, force);
	if (IS_ERR(node))
		return PTR_ERR(node);
	node->force = force;
	err = seize_remember(node, request);
	if (err)
		goto err_node;
	if (!try_module_get(THIS_MODULE)) {
		err = -ENODEV;
		goto err_node;
	}
	err = seize_acquire(node);
	if (err)
		goto err_module;
	/* Before anybody can find it, and find it without its guest. */
	if (was)
		dtdev_relay_inherit(node, was);
	dev_set_drvdata(dev, node);
	err = dtdev_sysfs_class_add(node);
	if (err)
		goto err_acquired;
	dtdev_node_add(node);
	if (was)
		seize_inherit(node, was);
	dev_info(dev, "taken from dom0: %s\n", node->path);
	return 0;

err_acquired:
	dtdev_relay_stop(node);
	if (dtdev_secure_end(node))
		dtdev_secure_abandon(node);
	dtdev_line_stop(node);
	dtdev_hold_stop(node);
	dtdev_node_unclaim(node);
err_module:
	module_put(THIS_MODULE);
err_node:
	dtdev_node_put(node);
	return err;
}

/*
 * Makes @dev, which our stub is being bound to, a node: what it was if it went unasked
 * before. Caller: device_lock. May sleep long. Returns 0, -EBUSY (refused, the log says
 * why) or -errno.
 */
int dtdev_seize_bind(struct device *dev, const struct dtdev_seize_request *request)
{
	struct dtdev_node *was = dtdev_node_come_back(dev);
	int err = seize_bind(dev, request, was);

	if (!was)
		return err;
	if (!err) {
		seize_forget(was);
		return 0;
	}
	dtdev_node_leave(was);
	dtdev_node_put(was);
	return err;
}

/*
 * Makes it fit for dom0, unless that has been done, or nobody asked for it: a supplier
 * went, and the device with it. Then no driver of dom0 can come, for it is still said
 * to be ours, and it stays where only a guest that may have it reaches it.
 */
static int seize_end(struct dtdev_node *node, bool asked)
{
	int err;

	if (!asked) {
		dev_err(node->dev, "unbound without having been returned: it stays out of dom0's reach\n");
		return -EBUSY;
	}
	err = dtdev_secure_end(node);
	if (err)
		dtdev_secure_abandon(node);
	return err;
}

/*
 * Lets go of @dev, which our stub is being unbound from. In this order: nobody
 * finds it any more; no guest gets its interrupts; it is within reach and at rest;
 * what it needed goes off.
 * Caller: device_lock. May sleep long; cannot fail.
 */
void dtdev_seize_unbind(struct device *dev)
{
	struct dtdev_node *node = dev_get_drvdata(dev);
	bool asked;
	int err;

	dtdev_node_del(node);
	dtdev_sysfs_class_del(node);
	dtdev_relay_stop(node);
	mutex_lock(&node->lock);
	asked = node->parted || READ_ONCE(node->gone);
	mutex_unlock(&node->lock);
	err = seize_end(node, asked);
	trace_dtdev_release(dev, err);
	dtdev_line_stop(node);
	dtdev_hold_stop(node);
	dtdev_node_unclaim(node);
	dev_info(dev, "let go: %s\n", node->path);
	dev_set_drvdata(dev, NULL);
	node->keeps = !asked && (node->guest.name || dtdev_irq_any_released(node));
	if (!node->keeps)
		module_put(THIS_MODULE);
	if (!asked)
		dtdev_node_leave(node);
	dtdev_node_put(node);
}

/* No device comes back any more, and none that could keeps this module. */
void dtdev_seize_exit(void)
{
	struct dtdev_node *was;

	while ((was = dtdev_node_come_back(NULL)))
		seize_forget(was);
}

/*
 * Forgets @dev, which had left, for dom0 is about to have no device of it: it cannot come
 * back. May sleep.
 */
void dtdev_seize_gone(struct device *dev)
{
	struct dtdev_node *was = dtdev_node_come_back(dev);

	if (!was)
		return;
	dtdev_secure_abandon(was);
	seize_forget(was);
}
