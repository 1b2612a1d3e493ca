/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fence - keeps dom0 away from a device's registers
 *
 * Up, the frames that hold this device's registers and nobody else's are not in
 * dom0's memory map: an access faults, instead of reaching a guest's device.
 */
#ifndef DTDEV_FENCE_H
#define DTDEV_FENCE_H

#include <linux/types.h>

#include "core/pages.h"

struct dtdev_node;
struct dtdev_tree;

struct dtdev_fence {
	struct dtdev_frames *runs;
	unsigned int count;
	bool partial;	/* some frames are others', too: they stay mapped */
	bool up;
	int err;	/* why it is not up */
};

int dtdev_fence_plan(struct dtdev_node *node, const struct dtdev_tree *tree);
void dtdev_fence_free(struct dtdev_fence *fence);

void dtdev_fence_raise_locked(struct dtdev_node *node);
int dtdev_fence_lower_locked(struct dtdev_node *node);
int dtdev_fence_find_up_locked(struct dtdev_node *node);

#endif
