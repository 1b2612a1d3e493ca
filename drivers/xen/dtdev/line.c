// SPDX-License-Identifier: GPL-2.0
/*
 * line - takes reset lines, pulls them, and knows who of those taken shares one
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/reset.h>

#include "line.h"
#include "node.h"
#include "refs.h"
#include "tree.h"

/* Below a node's lock. */
static DEFINE_MUTEX(line_lock);
static LIST_HEAD(line_list);

/* Of a node that hangs on the line, and is nobody's but dom0's. */
static void line_add_user(struct device_node *np, struct dtdev_line_users *users)
{
	struct dtdev_node *taken = dtdev_node_find(np);
	struct device *dev;

	if (taken) {
		dtdev_node_put(taken);
		return;
	}
	dev = dtdev_tree_device(np);
	if (dev && READ_ONCE(dev->driver))
		users->driven = true;
	else
		users->idle = true;
	put_device(dev);
}

/* Finds out who in dom0 hangs on the same line. May sleep. */
void dtdev_line_plan(struct dtdev_node *node, const struct dtdev_tree *tree)
{
	struct device_node *other;
	u32 i;

	for (i = 0; i < tree->node_count; i++) {
		other = tree->nodes[i];
		if (!dtdev_tree_is_within(other, node->np) &&
		    dtdev_refs_share_reset(other, node->np) && dtdev_tree_enabled(other))
			line_add_user(other, &node->reset.line.users);
	}
}

/* Adds those that are taken to @users. Returns true if there is one. */
static bool line_find_taken_locked(struct dtdev_node *node, struct dtdev_line_users *users)
{
	struct dtdev_reset_line *other;
	bool found = false;

	lockdep_assert_held(&line_lock);
	list_for_each_entry(other, &line_list, list) {
		if (other == &node->reset.line || !dtdev_refs_share_reset(other->np, node->np))
			continue;
		found = true;
		users->alone |= other->use == DTDEV_LINE_ALONE;
		users->several |= other->use != DTDEV_LINE_ALONE;
	}
	return found;
}

static struct reset_control *line_get(struct dtdev_node *node)
{
	switch (node->reset.line.use) {
	case DTDEV_LINE_SHARED:
		return of_reset_control_array_get_shared(node->np);
	case DTDEV_LINE_ALONE:
		return of_reset_control_array_get_exclusive(node->np);
	case DTDEV_LINE_LEFT:
		dev_info(node->dev, "its reset line is left to the others on it\n");
		break;
	case DTDEV_LINE_NONE:
		break;
	}
	return NULL;
}

static int line_start_locked(struct dtdev_node *node)
{
	struct dtdev_reset_line *line = &node->reset.line;
	struct dtdev_line_users users = line->users;
	struct reset_control *control;
	int err;

	line_find_taken_locked(node, &users);
	line->use = dtdev_line_choose(of_property_present(node->np, "resets"), &users);
	control = line_get(node);
	if (IS_ERR(control))
		return dev_err_probe(node->dev, PTR_ERR(control), "not taken: no reset line\n");
	line->control = control;
	if (line->use) {
		line->np = node->np;
		list_add_tail(&line->list, &line_list);
	}
	err = reset_control_deassert(control);
	return err == -ENOTSUPP ? 0 : err;
}

/* Lets the device out of reset. May sleep. Returns 0, or -errno to be undone by stop. */
int dtdev_line_start(struct dtdev_node *node)
{
	int err;

	mutex_lock(&line_lock);
	err = line_start_locked(node);
	mutex_unlock(&line_lock);
	return err;
}

static int line_pull(struct reset_control *control)
{
	int err = reset_control_assert(control);

	if (err == -ENOTSUPP)
		return reset_control_reset(control);
	if (err)
		return err;
	usleep_range(100, 200);
	return reset_control_deassert(control);
}

/*
 * Puts the device into reset, and lets it out. May sleep. Returns 0, -EBUSY if another
 * that hangs on the line has been taken since, or -errno.
 */
int dtdev_line_pull(struct dtdev_node *node)
{
	struct dtdev_line_users users = { };
	int err = -EBUSY;

	mutex_lock(&line_lock);
	if (!line_find_taken_locked(node, &users))
		err = line_pull(node->reset.line.control);
	mutex_unlock(&line_lock);
	return err;
}

/* The line stays as it is. Once or again. */
void dtdev_line_stop(struct dtdev_node *node)
{
	struct dtdev_reset_line *line = &node->reset.line;

	mutex_lock(&line_lock);
	if (line->np)
		list_del(&line->list);
	mutex_unlock(&line_lock);
	reset_control_put(line->control);
	line->control = NULL;
	line->np = NULL;
}
