/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reason - why a device had better stay with dom0
 *
 * Each has a name, in which it is reported and forced.
 */
#ifndef DTDEV_CORE_REASON_H
#define DTDEV_CORE_REASON_H

#include <linux/types.h>

enum dtdev_reason {
	DTDEV_CONSOLE,		/* dom0 prints there */
	DTDEV_CONTROLLER,	/* interrupts of enabled nodes go through it */
	DTDEV_TIMER,		/* dom0's sense of time */
	DTDEV_STORAGE,		/* a file system, swap or other user is on it */
	DTDEV_NETWORK,		/* an interface of it is up */
	DTDEV_WATCHDOG,		/* it is ticking */
	DTDEV_PROVIDER,		/* enabled nodes refer to it or to what is below */
	DTDEV_CONSUMERS,	/* devices that are unbound together with it */
	DTDEV_CHILDREN,		/* devices below it */
	DTDEV_PAGE,		/* registers of others in one of its 4 KiB pages */
	DTDEV_INTERRUPT,	/* others use one of its interrupts */
	DTDEV_RESET,		/* others hang on its reset line */
	DTDEV_NO_UNBIND,	/* its driver does not want to be unbound */
	DTDEV_REASONS
};

#define DTDEV_REASON_BIT(_reason)	(1u << (_reason))

const char *dtdev_reason_name(enum dtdev_reason reason);
int dtdev_reason_find(const char *name, size_t len);

#endif
