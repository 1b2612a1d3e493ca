/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reason - why a function had better stay with dom0, or not be given to a guest
 *
 * Each has a name, in which it is reported and forced.
 */
#ifndef PCIBACK_CORE_REASON_H
#define PCIBACK_CORE_REASON_H

#include <linux/types.h>

enum pciback_reason {
	PCIBACK_REASON_CONSOLE,		/* dom0 prints there */
	PCIBACK_REASON_STORAGE,		/* a file system, swap or other user is on it */
	PCIBACK_REASON_NETWORK,		/* an interface that is up */
	PCIBACK_REASON_WATCHDOG,	/* one that is ticking */
	PCIBACK_REASON_HOST_BRIDGE,	/* the machine's own, which nobody named */
	PCIBACK_REASON_ISA_BRIDGE,	/* likewise: timers, serial ports, power off */
	PCIBACK_REASON_SHARED_DMA,	/* the IOMMU cannot tell it from others */
	PCIBACK_REASONS
};

#define PCIBACK_REASON_BIT(_reason)	(1u << (_reason))

/* Those that hold only until somebody names the very function. */
#define PCIBACK_REASONS_UNNAMED						\
	(PCIBACK_REASON_BIT(PCIBACK_REASON_HOST_BRIDGE) |		\
	 PCIBACK_REASON_BIT(PCIBACK_REASON_ISA_BRIDGE))

const char *pciback_reason_name(enum pciback_reason reason);
int pciback_reason_find(const char *name, size_t len);
u32 pciback_reason_of_class(u32 class);

#endif
