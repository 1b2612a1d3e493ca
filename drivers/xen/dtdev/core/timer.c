// SPDX-License-Identifier: GPL-2.0
/*
 * timer - the architecture's own, and no other that is called so
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "timer.h"

static const char * const timers[] = {
	"arm,armv7-timer",
	"arm,armv7-timer-mem",
	"arm,armv8-timer",
};

/* What number @index is compatible with; NULL: there are no more. */
const char *dtdev_timer(unsigned int index)
{
	return index < ARRAY_SIZE(timers) ? timers[index] : NULL;
}
