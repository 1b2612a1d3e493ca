/* SPDX-License-Identifier: GPL-2.0 */
/*
 * line - a device's reset line, which may be others', too
 */
#ifndef DTDEV_LINE_H
#define DTDEV_LINE_H

#include <linux/list.h>

#include "core/line.h"

struct device_node;
struct dtdev_node;
struct dtdev_tree;
struct reset_control;

struct dtdev_reset_line {
	struct list_head list;	/* of all that are taken and hang on one, under its lock */
	struct device_node *np;	/* the node's; NULL: it is not in the list */
	struct dtdev_line_users users;	/* those of dom0 */
	struct reset_control *control;	/* kept released while the device is ours, or NULL */
	enum dtdev_line use;
};

void dtdev_line_plan(struct dtdev_node *node, const struct dtdev_tree *tree);
int dtdev_line_start(struct dtdev_node *node);
int dtdev_line_pull(struct dtdev_node *node);
void dtdev_line_stop(struct dtdev_node *node);

#endif
