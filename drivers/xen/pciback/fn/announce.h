/* SPDX-License-Identifier: GPL-2.0 */
/*
 * announce - tells Xen of a function as if it had just been found
 */
#ifndef PCIBACK_FN_ANNOUNCE_H
#define PCIBACK_FN_ANNOUNCE_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct pci_dev;

void pciback_announce(struct pci_dev *dev);

#if IS_ENABLED(CONFIG_ACPI)
bool pciback_announce_node(struct pci_dev *dev, u32 *pxm);
#else
static inline bool pciback_announce_node(struct pci_dev *dev, u32 *pxm)
{
	return false;
}
#endif

#endif
