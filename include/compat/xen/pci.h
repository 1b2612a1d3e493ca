/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around xen/pci.h */
#ifndef XPT_COMPAT_XEN_PCI_H
#define XPT_COMPAT_XEN_PCI_H

#include_next <xen/pci.h>

/*
 * Came in with "xen/pci: Add a function to reset device for xen" (Linux 6.13,
 * and stable 6.12). Can go when 6.1 goes.
 */
#ifndef XPT_HAS_RESET_DEVICE
static inline int xen_reset_device(const struct pci_dev *dev)
{
	return 0;
}
#endif

#endif
