// SPDX-License-Identifier: GPL-2.0
/*
 * secure - the order in which a device and dom0 lose sight of each other
 */
#include <linux/device.h>
#include <linux/mutex.h>

#include "irq.h"
#include "node.h"
#include "secure.h"
#include "tree.h"

/*
 * Has Xen kept it from dom0 since the machine started, or since it came? Then dom0
 * has no map of its registers but ours. Of a node that was just disabled when the
 * machine started, dom0 has the interrupts; of one without interrupts it does not
 * show that dom0 had its registers, too, and they stay out of reach afterwards:
 * nothing in dom0 could use them.
 */
static bool secure_is_marked(const struct dtdev_node *node)
{
	return dtdev_tree_marked(node->np) ||
	       (node->placeholder && !dtdev_irq_any_in_dom0(node));
}

/* What dom0 has never had is found to be so, and not another guest's. */
static int secure_find_kept_locked(struct dtdev_node *node)
{
	int err;

	if (!secure_is_marked(node))
		return 0;
	err = dtdev_stream_find_free_locked(node);
	if (err)
		return err;
	if (dtdev_tree_marked(node->np))
		return dtdev_fence_find_up_locked(node);
	node->fence.up = node->fence.count;
	return 0;
}

/*
 * 1. Xen tells whose the interrupts are, and whether there is a fence already. One that
 *    was left up when it was unbound unasked comes down.
 * 2. Within reach, the device is reset: what it was told to do, it does no more.
 * 3. Only now its DMA is taken from dom0: none is under way that would fail.
 * 4. The fence goes up. Neither of the last two can fail: what Xen does not do
 *    is told, and stays as it was.
 */
static int secure_start_locked(struct dtdev_node *node)
{
	int err;

	dtdev_irq_ask_xen(node);
	err = secure_find_kept_locked(node);
	if (err) {
		dtdev_irq_return(node);
		return err;
	}
	if (node->left && !secure_is_marked(node))
		node->fence.up = node->fence.count;
	err = dtdev_fence_lower_locked(node);
	if (!err)
		err = dtdev_reset_locked(node);
	if (!err)
		dtdev_stream_take_locked(node);
	/* What was ours before stays so, though it is of no use to anybody now. */
	if (!err || node->left || secure_is_marked(node))
		dtdev_fence_raise_locked(node);
	else
		dtdev_irq_return(node);
	return err;
}

/* From alive to out of reach. Returns 0, or -errno with all as it was. */
int dtdev_secure_start(struct dtdev_node *node)
{
	int err;

	mutex_lock(&node->lock);
	err = secure_start_locked(node);
	mutex_unlock(&node->lock);
	return err;
}

/* A device that answers to nobody is of no use to a driver: all of it, or nothing. */
static int secure_give_back_locked(struct dtdev_node *node)
{
	int err;

	if (secure_is_marked(node))
		return 0;
	err = dtdev_irq_return(node);
	if (err)
		return err;
	err = dtdev_stream_return_locked(node);
	if (err)
		dtdev_irq_ask_xen(node);
	return err;
}

/*
 * 1. No guest has it, as far as its name or Xen tells.
 * 2. Within reach, the device is reset: of what a guest told it to do, nothing is
 *    left when
 * 3. dom0 gets the interrupts back that it had, and
 * 4. its DMA reaches dom0's memory again, if it ever did.
 *
 * If that fails, it is out of reach as before. What dom0 never had is so anyway.
 */
static int secure_end_locked(struct dtdev_node *node)
{
	int err;

	if (node->parted)
		return 0;
	err = dtdev_relay_idle_locked(node);
	if (!err)
		err = dtdev_stream_idle_locked(node);
	if (err)
		return err;
	err = dtdev_fence_lower_locked(node);
	if (!err)
		err = dtdev_reset_locked(node);
	if (!err)
		err = secure_give_back_locked(node);
	if (err || secure_is_marked(node))
		dtdev_fence_raise_locked(node);
	node->parted = !err;
	return err;
}

/*
 * Makes the device fit for a driver of dom0: within reach, and at rest. May
 * sleep. Returns 0, or -errno, and it is as it was.
 */
int dtdev_secure_end(struct dtdev_node *node)
{
	int err;

	mutex_lock(&node->lock);
	err = secure_end_locked(node);
	mutex_unlock(&node->lock);
	return err;
}

/* A driver of dom0 may come in spite of all: better it finds registers. */
void dtdev_secure_abandon(struct dtdev_node *node)
{
	dev_err(node->dev, "let go without having been made fit for a driver\n");
	if (secure_is_marked(node))
		return;
	mutex_lock(&node->lock);
	dtdev_irq_return(node);
	dtdev_fence_lower_locked(node);
	mutex_unlock(&node->lock);
}
