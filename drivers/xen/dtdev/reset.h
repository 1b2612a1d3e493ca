/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reset - brings a device to rest
 *
 * By its reset line, or by what is known of its registers, or by cutting its
 * power: the first of these that it has.
 */
#ifndef DTDEV_RESET_H
#define DTDEV_RESET_H

#include <linux/moduleparam.h>
#include <linux/types.h>

#include "core/reset.h"
#include "line.h"

struct dtdev_node;
struct dtdev_quiesce;

struct dtdev_reset {
	enum dtdev_reset_method method;
	struct dtdev_reset_line line;
	const struct dtdev_quiesce *quiesce;
	int result;
	unsigned int count;
};

int dtdev_reset_start(struct dtdev_node *node);
int dtdev_reset_locked(struct dtdev_node *node);
const char *dtdev_reset_name(const struct dtdev_reset *reset);

extern const struct kernel_param_ops dtdev_reset_policy_ops;

#endif
