/* SPDX-License-Identifier: GPL-2.0 */
/*
 * seize - what being bound to our stub driver means for a device
 */
#ifndef DTDEV_SEIZE_H
#define DTDEV_SEIZE_H

#include <linux/types.h>

struct device;
struct dtdev_node;

/* What the binder wants; without one (bind in sysfs), nothing is forced. */
struct dtdev_seize_request {
	struct device *dev;
	u32 force;
	const char *driver_was;		/* or NULL */
	const char *override_was;	/* or NULL */
	bool left;	/* it was ours before, and had not been returned */
};

int dtdev_seize_bind(struct device *dev, const struct dtdev_seize_request *request);
void dtdev_seize_unbind(struct device *dev);
void dtdev_seize_gone(struct device *dev);
void dtdev_seize_exit(void);

#endif
