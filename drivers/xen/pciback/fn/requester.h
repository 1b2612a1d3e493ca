/* SPDX-License-Identifier: GPL-2.0 */
/*
 * requester - the ids that a function's DMA may arrive with at an IOMMU
 */
#ifndef PCIBACK_FN_REQUESTER_H
#define PCIBACK_FN_REQUESTER_H

#include <linux/types.h>

struct pci_dev;

bool pciback_requester_each(struct pci_dev *dev, bool (*visit)(u32 id, void *data),
			    void *data);
bool pciback_requester_has_alias(struct pci_dev *dev);

#endif
