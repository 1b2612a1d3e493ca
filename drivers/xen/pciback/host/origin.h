/* SPDX-License-Identifier: GPL-2.0 */
/*
 * origin - the drivers that functions came from
 */
#ifndef PCIBACK_HOST_ORIGIN_H
#define PCIBACK_HOST_ORIGIN_H

struct pci_dev;

int pciback_origin_attach(struct pci_dev *dev);

int pciback_origin_init(void);
void pciback_origin_exit(void);

#endif
