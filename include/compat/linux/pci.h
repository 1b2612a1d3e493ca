/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/pci.h */
#ifndef XPT_COMPAT_LINUX_PCI_H
#define XPT_COMPAT_LINUX_PCI_H

#include_next <linux/pci.h>

/*
 * Drivers hear of correctable errors since "PCI/AER: Add optional logging
 * callback for correctable error" (Linux 6.2). Can go when 6.1 goes.
 */
#ifdef XPT_HAS_COR_ERROR_DETECTED
#define XPT_COR_ERROR_DETECTED(fn)	.cor_error_detected = (fn),
#else
#define XPT_COR_ERROR_DETECTED(...)
#endif

/*
 * driver_override moved from the buses into struct device with "driver core:
 * generalize driver_override in struct device" (Linux 7.1, and late stable
 * 6.12). Can go when the first 6.12 goes.
 */
#ifndef XPT_HAS_SET_DRIVER_OVERRIDE
static inline int device_set_driver_override(struct device *dev, const char *s)
{
	return driver_set_override(dev, &to_pci_dev(dev)->driver_override, s,
				   strlen(s));
}

static inline bool device_has_driver_override(struct device *dev)
{
	return to_pci_dev(dev)->driver_override;
}

static inline int device_match_driver_override(struct device *dev,
					       const struct device_driver *drv)
{
	const char *name = to_pci_dev(dev)->driver_override;

	return name ? !strcmp(name, drv->name) : -1;
}
#elif defined(__CHECKER__)
/* Sparse does not see where a guard() in an inline function ends. */
#define device_has_driver_override(dev)		((void)(dev), false)
#define device_match_driver_override(dev, drv)	((void)(dev), (void)(drv), -1)
#endif

#endif
