// SPDX-License-Identifier: GPL-2.0
/*
 * window - a bus's window, or registers
 *
 * Pure: any context, no allocation.
 */
#include <linux/types.h>

#include "window.h"

/* Is @window the bus in which @own, a region of a device, lies as a whole? */
bool dtdev_window_is_bus(const struct dtdev_window *window,
			 const struct dtdev_region *own)
{
	return window->above && window->ranges && !window->registers &&
	       window->region->start <= own->start &&
	       window->region->end >= own->end;
}
