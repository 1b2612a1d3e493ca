/* SPDX-License-Identifier: GPL-2.0 */
/*
 * node - a device that has been taken from dom0
 *
 * Made when our stub driver is bound to the device, gone when it is unbound.
 * All that are there are in one list; those that went unasked, and are still ours, in
 * another. Who looks at a node from outside the driver's callbacks holds it by its
 * count; what it owns of the machine is let go by the unbinding all the same.
 */
#ifndef DTDEV_NODE_H
#define DTDEV_NODE_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "core/pages.h"
#include "core/spi.h"
#include "fence.h"
#include "hold.h"
#include "relay.h"
#include "reset.h"
#include "stream.h"

struct device;
struct device_node;
struct dtdev_tree;

/* One interrupt, in the order of the node's property. */
struct dtdev_irq {
	struct dtdev_spi spi;
	unsigned int index;	/* in the property */
	enum dtdev_spi_state state;
	int answer;		/* Xen's, if the state is unknown */
};

struct dtdev_node {
	struct list_head list;	/* under the registry's lock, as is */
	unsigned int round;	/* the last in which it was visited without it */
	struct kref ref;
	struct device *dev;	/* held */
	struct device_node *np;	/* held by the device */
	struct device *class_dev;
	char *path;
	char *driver_was;	/* or NULL: none */
	char *override_was;	/* its driver_override, or NULL */
	bool placeholder;	/* dom0 has no device for it but ours */

	struct dtdev_region *regions;	/* as in reg; owner is not used */
	unsigned int region_count;
	unsigned int claimed;	/* regions that are ours in /proc/iomem */
	struct dtdev_irq *irqs;
	unsigned int irq_count;
	unsigned int other_irqs;	/* that no guest can be given */

	struct mutex lock;	/* for what follows */
	struct dtdev_hold hold;
	struct dtdev_reset reset;
	struct dtdev_fence fence;
	struct dtdev_stream stream;
	struct dtdev_guest guest;
	bool left;		/* taken before: the fence of then may be up */
	bool gone;		/* dom0 is about to have no device of it */
	bool parted;		/* set back and unfenced; only the rest is left */
	u32 force;		/* the reasons it was taken in spite of */
	bool keeps;		/* went unasked, and keeps this module loaded */
};

struct dtdev_node *dtdev_node_new(struct device *dev,
				  const struct dtdev_tree *tree);
void dtdev_node_get(struct dtdev_node *node);
void dtdev_node_put(struct dtdev_node *node);

int dtdev_node_claim(struct dtdev_node *node);
void dtdev_node_unclaim(struct dtdev_node *node);

void dtdev_node_add(struct dtdev_node *node);
void dtdev_node_del(struct dtdev_node *node);
void dtdev_node_leave(struct dtdev_node *node);
struct dtdev_node *dtdev_node_come_back(const struct device *dev);
struct dtdev_node *dtdev_node_find(struct device_node *np);
struct dtdev_node *dtdev_node_find_above(struct device_node *np);
struct dtdev_node *dtdev_node_find_below(struct device_node *np);
bool dtdev_node_is_used(struct device_node *np);
int dtdev_node_each(int (*visit)(struct dtdev_node *node, void *data),
		    void *data);
int dtdev_node_each_left(int (*visit)(struct dtdev_node *node, void *data), void *data);
void dtdev_node_each_unlocked(void (*visit)(struct dtdev_node *node));

#endif
