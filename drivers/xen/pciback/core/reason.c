// SPDX-License-Identifier: GPL-2.0
/*
 * reason - the names of reasons, and which classes of functions are one
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "reason.h"

static const char * const reason_names[PCIBACK_REASONS] = {
	[PCIBACK_REASON_CONSOLE] = "console",
	[PCIBACK_REASON_STORAGE] = "root-storage",
	[PCIBACK_REASON_NETWORK] = "network",
	[PCIBACK_REASON_WATCHDOG] = "watchdog",
	[PCIBACK_REASON_HOST_BRIDGE] = "host-bridge",
	[PCIBACK_REASON_ISA_BRIDGE] = "isa-bridge",
	[PCIBACK_REASON_SHARED_DMA] = "shared-dma",
};

/* Base class and sub class: PCI Code and ID Assignment, 1.7. */
static const struct {
	u32 class;
	enum pciback_reason reason;
} reason_classes[] = {
	{ 0x0600, PCIBACK_REASON_HOST_BRIDGE },
	{ 0x0601, PCIBACK_REASON_ISA_BRIDGE },
};

const char *pciback_reason_name(enum pciback_reason reason)
{
	return reason_names[reason];
}

/* Returns the reason of that name, in whatever capitals, or -EINVAL. */
int pciback_reason_find(const char *name, size_t len)
{
	int i;

	for (i = 0; i < PCIBACK_REASONS; i++)
		if (strlen(reason_names[i]) == len &&
		    !strncasecmp(reason_names[i], name, len))
			return i;
	return -EINVAL;
}

/* What a function's class (base << 16 | sub << 8 | interface) is a reason for. */
u32 pciback_reason_of_class(u32 class)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(reason_classes); i++)
		if (class >> 8 == reason_classes[i].class)
			return PCIBACK_REASON_BIT(reason_classes[i].reason);
	return 0;
}
