/* SPDX-License-Identifier: GPL-2.0 */
/*
 * msi - message interrupts for the guest that owns a function
 *
 * dom0 programs the function and Xen delivers to the guest: the answers are
 * Xen's pirq numbers. Which domain gets them follows from the owner that was
 * registered when the function was claimed.
 */
#ifndef PCIBACK_FN_MSI_H
#define PCIBACK_FN_MSI_H

#include <linux/types.h>
#include <xen/interface/io/pciif.h>

struct pciback_fn;

int pciback_msi_enable(struct pciback_fn *fn, u32 *pirq);
int pciback_msix_enable(struct pciback_fn *fn, struct xen_msix_entry *entries,
			unsigned int count);
void pciback_msi_disable(struct pciback_fn *fn);

#endif
