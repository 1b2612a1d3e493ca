// SPDX-License-Identifier: GPL-2.0
/*
 * reason - the names of reasons
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "reason.h"

static const char * const reason_names[DTDEV_REASONS] = {
	[DTDEV_CONSOLE] = "console",
	[DTDEV_CONTROLLER] = "interrupt-controller",
	[DTDEV_TIMER] = "timer",
	[DTDEV_STORAGE] = "root-storage",
	[DTDEV_NETWORK] = "network",
	[DTDEV_WATCHDOG] = "watchdog",
	[DTDEV_PROVIDER] = "provider",
	[DTDEV_CONSUMERS] = "consumers",
	[DTDEV_CHILDREN] = "children",
	[DTDEV_PAGE] = "shared-page",
	[DTDEV_INTERRUPT] = "shared-interrupt",
	[DTDEV_RESET] = "shared-reset",
	[DTDEV_NO_UNBIND] = "no-unbind",
};

const char *dtdev_reason_name(enum dtdev_reason reason)
{
	return reason_names[reason];
}

/* Returns the reason of that name, or -EINVAL. */
int dtdev_reason_find(const char *name, size_t len)
{
	int i;

	for (i = 0; i < DTDEV_REASONS; i++)
		if (strlen(reason_names[i]) == len &&
		    !memcmp(reason_names[i], name, len))
			return i;
	return -EINVAL;
}
