/* SPDX-License-Identifier: GPL-2.0 */
/*
 * inspect - finds the reasons for which a device had better stay with dom0
 */
#ifndef DTDEV_INSPECT_H
#define DTDEV_INSPECT_H

#include <linux/types.h>

#include "core/report.h"

struct device;
struct device_node;
struct dtdev_tree;

void dtdev_inspect(struct device_node *np, struct device *dev,
		   const struct dtdev_tree *tree, struct dtdev_report *report);
bool dtdev_inspect_has_resources(struct device_node *np);

#endif
