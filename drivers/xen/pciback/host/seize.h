/* SPDX-License-Identifier: GPL-2.0 */
/*
 * seize - makes one PCI function ours, and lets go of it
 */
#ifndef PCIBACK_HOST_SEIZE_H
#define PCIBACK_HOST_SEIZE_H

struct pci_dev;
struct pciback_fn;

struct pciback_fn *pciback_seize(struct pci_dev *dev);
void pciback_unseize(struct pciback_fn *fn);

#endif
