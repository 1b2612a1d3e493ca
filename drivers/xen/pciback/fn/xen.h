/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xen - what Xen is told of a function
 */
#ifndef PCIBACK_FN_XEN_H
#define PCIBACK_FN_XEN_H

struct pci_dev;

void pciback_xen_prepare_msix(const struct pci_dev *dev);
void pciback_xen_release_msix(const struct pci_dev *dev);
int pciback_xen_was_reset(struct pci_dev *dev);
void pciback_xen_announce(struct pci_dev *dev);

#endif
