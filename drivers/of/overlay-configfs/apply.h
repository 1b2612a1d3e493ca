/* SPDX-License-Identifier: GPL-2.0 */
/*
 * apply - carries one overlay into the live tree, and out of it
 */
#ifndef DTOVL_APPLY_H
#define DTOVL_APPLY_H

#include <linux/types.h>

#include "say.h"
#include "touch.h"

struct dtovl_change {
	int id;			/* the kernel's; 0: not in the tree */
	struct dtovl_touch touch;
	struct dtovl_say say;
};

int dtovl_apply(struct dtovl_change *change, const void *data, u32 size);
int dtovl_remove(struct dtovl_change *change);

#endif
