/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tree - what all nodes of the device tree have, at one moment
 */
#ifndef DTDEV_TREE_H
#define DTDEV_TREE_H

#include <linux/of.h>
#include <linux/types.h>

#include "core/pages.h"
#include "core/spi.h"

/* Where an interrupt ends: the main controller's number, or another controller and its cells. */
struct dtdev_tree_line {
	u32 number;	/* or 0 */
	struct of_phandle_args args;	/* np is not held */
	u32 owner;
};

struct dtdev_tree_ref {
	struct device_node *target;	/* held */
	u32 user;
};

/* Owners and users are indices of @nodes, of which each is held. */
struct dtdev_tree {
	struct device_node **nodes;
	struct dtdev_region *regions;
	struct dtdev_tree_line *lines;
	struct dtdev_tree_ref *refs;
	u32 node_count, region_count, line_count, ref_count;
	u32 node_room, region_room, line_room, ref_room;
};

int dtdev_tree_read(struct dtdev_tree *tree);
void dtdev_tree_free(struct dtdev_tree *tree);
bool dtdev_tree_enabled(struct device_node *np);
bool dtdev_tree_marked(struct device_node *np);
bool dtdev_tree_is_within(struct device_node *np, struct device_node *ancestor);
bool dtdev_tree_is_device(struct device_node *np);
int dtdev_tree_each_part(struct device_node *np,
			 int (*visit)(struct device_node *part, void *data), void *data);

char *dtdev_tree_path(struct device_node *np);
struct device *dtdev_tree_device(struct device_node *np);
bool dtdev_tree_shares(const struct dtdev_tree *tree, u32 index,
		       struct device_node *np, const struct dtdev_region *own);
int dtdev_tree_region(struct device_node *np, unsigned int index,
		      struct dtdev_region *region);
bool dtdev_tree_is_one_line(const struct dtdev_tree_line *a, const struct dtdev_tree_line *b);
int dtdev_tree_spi(struct device_node *np, unsigned int index,
		   struct dtdev_spi *spi, struct device_node **controller);

#endif
