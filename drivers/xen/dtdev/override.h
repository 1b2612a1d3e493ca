/* SPDX-License-Identifier: GPL-2.0 */
/*
 * override - reads what a device's driver_override says, for which there is no function
 */
#ifndef DTDEV_OVERRIDE_H
#define DTDEV_OVERRIDE_H

#include <linux/device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#ifndef device_dup_driver_override
/* A copy, to be freed, or NULL: none. */
static inline char *device_dup_driver_override(struct device *dev)
{
	char *name;

	spin_lock(&dev->driver_override.lock);
	name = kstrdup(dev->driver_override.name, GFP_ATOMIC);
	spin_unlock(&dev->driver_override.lock);
	return name;
}
#endif

#endif
