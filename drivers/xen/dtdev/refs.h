/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refs - who refers to whom in the device tree
 */
#ifndef DTDEV_REFS_H
#define DTDEV_REFS_H

#include <linux/types.h>

struct device_node;

bool dtdev_refs_depends(struct device_node *user, struct device_node *provider);
bool dtdev_refs_share_reset(struct device_node *a, struct device_node *b);

#endif
