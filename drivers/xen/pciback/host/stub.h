/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stub - the PCI driver that functions are bound to while they are ours
 */
#ifndef PCIBACK_HOST_STUB_H
#define PCIBACK_HOST_STUB_H

#include "../core/bdf.h"

struct attribute_group;
struct pci_dev;

int pciback_stub_init(const struct attribute_group **driver_groups,
		      const struct attribute_group **device_groups);
void pciback_stub_exit(void);

bool pciback_stub_owns(struct pci_dev *dev);
void pciback_stub_takeover(void);
int pciback_stub_return(struct pciback_bdf bdf);

int pciback_stub_override(struct pci_dev *dev);

extern bool pciback_stub_takeover_allowed;

#endif
