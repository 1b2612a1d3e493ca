/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lifeline - what dom0 lives on, and would not survive or be heard of again without
 */
#ifndef XPT_COMMON_LIFELINE_H
#define XPT_COMMON_LIFELINE_H

struct device;

enum xpt_lifeline {
	XPT_LIFELINE_CONSOLE,	/* the kernel prints there */
	XPT_LIFELINE_DISK,	/* a file system, swap or other user is on it */
	XPT_LIFELINE_NETWORK,	/* an interface that is up */
	XPT_LIFELINE_WATCHDOG,	/* one that is ticking */
};

void xpt_lifeline_below(struct device *dev,
			void (*found)(enum xpt_lifeline kind, const char *name,
				      void *data),
			void *data);

#endif
