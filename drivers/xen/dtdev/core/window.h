/* SPDX-License-Identifier: GPL-2.0 */
/*
 * window - when registers of a node above a device are not those of a neighbour
 *
 * The "reg" of a bus may be the window in which its devices lie: whoever has the
 * device has nothing of the bus by that.
 */
#ifndef DTDEV_CORE_WINDOW_H
#define DTDEV_CORE_WINDOW_H

#include <linux/types.h>

#include "pages.h"

struct dtdev_window {
	const struct dtdev_region *region;	/* of the other node */
	bool above;	/* it is an ancestor of the device */
	bool ranges;	/* and translates addresses of what is below */
	bool registers;	/* but they are known as registers: syscon, simple-mfd */
};

bool dtdev_window_is_bus(const struct dtdev_window *window,
			 const struct dtdev_region *own);

#endif
