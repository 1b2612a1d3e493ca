/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/platform_device.h, and what primecells share with it */
#ifndef XPT_COMPAT_LINUX_PLATFORM_DEVICE_H
#define XPT_COMPAT_LINUX_PLATFORM_DEVICE_H

#include_next <linux/platform_device.h>
#include <linux/amba/bus.h>
#include <linux/slab.h>

/*
 * remove() returned int until "platform: Make platform_driver::remove() return
 * void" (Linux 6.11). Can go when 6.1 goes.
 */
#ifdef XPT_PLATFORM_REMOVE_RETURNS_INT
#define platform_remove_void	remove_new
#else
#define platform_remove_void	remove
#endif

/*
 * driver_override moved from the buses into struct device with "driver core:
 * generalize driver_override in struct device" (Linux 7.1, and late stable
 * 6.12). Can go when the first 6.12 goes.
 */
#ifndef XPT_HAS_SET_DRIVER_OVERRIDE
static inline const char **xpt_driver_override(struct device *dev)
{
	if (dev->bus == &platform_bus_type)
		return &to_platform_device(dev)->driver_override;
	return &to_amba_device(dev)->driver_override;
}

static inline int device_set_driver_override(struct device *dev, const char *s)
{
	return driver_set_override(dev, xpt_driver_override(dev), s, strlen(s));
}

#define device_dup_driver_override device_dup_driver_override
static inline char *device_dup_driver_override(struct device *dev)
{
	char *name;

	device_lock(dev);
	name = kstrdup(*xpt_driver_override(dev), GFP_KERNEL);
	device_unlock(dev);
	return name;
}
#endif

#endif
