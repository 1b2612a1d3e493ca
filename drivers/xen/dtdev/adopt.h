/* SPDX-License-Identifier: GPL-2.0 */
/*
 * adopt - a node that was kept for guests comes to dom0
 */
#ifndef DTDEV_ADOPT_H
#define DTDEV_ADOPT_H

struct device_node;

int dtdev_adopt(struct device_node *np, const char *path);

#endif
