/* SPDX-License-Identifier: GPL-2.0 */
/*
 * placeholder - a device for a node that dom0 has none for
 */
#ifndef DTDEV_PLACEHOLDER_H
#define DTDEV_PLACEHOLDER_H

#include <linux/types.h>

struct device;
struct device_node;

struct device *dtdev_placeholder_make(struct device_node *np);
void dtdev_placeholder_destroy(struct device *dev);
bool dtdev_placeholder_is(struct device *dev);
void dtdev_placeholder_exit(void);

#endif
