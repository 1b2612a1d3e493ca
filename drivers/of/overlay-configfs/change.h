/* SPDX-License-Identifier: GPL-2.0 */
/*
 * change - what is known of an overlay in the live tree, or on its way there
 */
#ifndef DTOVL_CHANGE_H
#define DTOVL_CHANGE_H

#include "say.h"
#include "touch.h"

struct dtovl_change {
	int id;			/* the kernel's; 0: not in the tree */
	struct dtovl_touch touch;
	struct dtovl_say say;
};

#endif
