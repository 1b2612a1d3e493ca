// SPDX-License-Identifier: GPL-2.0
/*
 * timer - the architecture's own, and no other that is called so
 *
 * Pure: any context, no allocation.
 */
#include <linux/string.h>

#include "timer.h"

const char * const dtdev_timers[] = {
	"arm,armv7-timer",
	"arm,armv8-timer",
	"arm,armv7-timer-mem",
	NULL
};
