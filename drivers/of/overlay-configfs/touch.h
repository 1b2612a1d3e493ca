/* SPDX-License-Identifier: GPL-2.0 */
/*
 * touch - what an overlay changes in the live tree
 *
 * An entry is a node that is new, with all below it, or a property of a node
 * that was there. From them follows which overlay lies on top of which.
 */
#ifndef DTOVL_TOUCH_H
#define DTOVL_TOUCH_H

#include <linux/types.h>

struct device_node;

struct dtovl_touch_entry {
	char *path;	/* of the node */
	char *prop;	/* or NULL: the node is new */
};

struct dtovl_touch {
	struct dtovl_touch_entry *entries;
	unsigned int count, room;
};

int dtovl_touch_node(struct dtovl_touch *touch, struct device_node *parent,
		     const char *name);
int dtovl_touch_prop(struct dtovl_touch *touch, struct device_node *np,
		     const char *prop);
bool dtovl_touch_meet(const struct dtovl_touch *a, const struct dtovl_touch *b);
void dtovl_touch_free(struct dtovl_touch *touch);

#endif
