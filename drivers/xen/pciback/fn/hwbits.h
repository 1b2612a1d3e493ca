/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hwbits - plain accesses to the hardware's configuration space
 */
#ifndef PCIBACK_FN_HWBITS_H
#define PCIBACK_FN_HWBITS_H

#include <linux/types.h>

struct pci_dev;
struct pciback_cfg_step;

int pciback_hwbits_get(struct pci_dev *dev, u16 pos, u8 size, u32 *value);
int pciback_hwbits_put(struct pci_dev *dev, u16 pos, u8 size, u32 value);
int pciback_hwbits_write(struct pci_dev *dev, const struct pciback_cfg_step *step);

#endif
