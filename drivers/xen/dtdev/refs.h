/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refs - who refers to whom in the device tree
 *
 * By the bindings' table, or by what the nodes declare that the numbers would be
 * handles of. Looking only: unlike the kernel's own readers it says nothing of lists
 * that do not come out even.
 */
#ifndef DTDEV_REFS_H
#define DTDEV_REFS_H

#include <linux/types.h>

struct device_node;

struct dtdev_ref {
	struct device_node *target;	/* the caller's for as long as it is called */
	const __be32 *cells;		/* that follow the handle */
	u32 count;
};

typedef int (*dtdev_ref_found)(const struct dtdev_ref *ref, void *data);

int dtdev_refs_each(struct device_node *user, dtdev_ref_found found, void *data);
bool dtdev_refs_share_reset(struct device_node *a, struct device_node *b);

#endif
