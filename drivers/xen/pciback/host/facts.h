/* SPDX-License-Identifier: GPL-2.0 */
/*
 * facts - what selectors can ask of a device, gathered from the PCI core
 */
#ifndef PCIBACK_HOST_FACTS_H
#define PCIBACK_HOST_FACTS_H

#include "../core/selector.h"

struct pci_dev;

void pciback_facts_of(struct pci_dev *dev, struct pciback_facts *facts);
bool pciback_facts_match(const struct pciback_selector *selector,
			 struct pci_dev *dev,
			 const struct pciback_facts *facts);

#endif
