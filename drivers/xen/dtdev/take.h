/* SPDX-License-Identifier: GPL-2.0 */
/*
 * take - takes devices from the drivers of dom0, and returns them
 */
#ifndef DTDEV_TAKE_H
#define DTDEV_TAKE_H

#include <linux/types.h>

struct device_node;

void dtdev_take_allow(bool open);
int dtdev_take(struct device_node *np, u32 force);
int dtdev_take_return(struct device_node *np);
int dtdev_take_adopt(struct device_node *np);

#endif
