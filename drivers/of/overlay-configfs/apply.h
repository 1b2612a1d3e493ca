/* SPDX-License-Identifier: GPL-2.0 */
/*
 * apply - carries one overlay into the live tree, and out of it
 */
#ifndef DTOVL_APPLY_H
#define DTOVL_APPLY_H

#include <linux/types.h>

struct dtovl_change;

int dtovl_apply(struct dtovl_change *change, const void *data, u32 size);
int dtovl_remove(struct dtovl_change *change);

#endif
