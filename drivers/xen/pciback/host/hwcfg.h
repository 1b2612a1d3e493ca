/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hwcfg - carries out on the hardware what core/cfg_filter decided
 */
#ifndef PCIBACK_HOST_HWCFG_H
#define PCIBACK_HOST_HWCFG_H

#include <linux/types.h>

struct pci_dev;
struct pciback_cfg;
struct pciback_cfg_step;
struct pciback_cfg_write;
struct pciback_fn;

struct pciback_cfg *pciback_hwcfg_alloc(struct pci_dev *dev);

int pciback_hwcfg_read(struct pciback_fn *fn, s32 offset, s32 size, u32 *value);
int pciback_hwcfg_decide_write(struct pciback_fn *fn, s32 offset, s32 size,
			       u32 value, struct pciback_cfg_write *write);
int pciback_hwcfg_write(struct pciback_fn *fn,
			const struct pciback_cfg_write *write);

/* For core/cfg_field's actions: host/hwaction. */
int pciback_hwcfg_write_masked(struct pci_dev *dev,
			       const struct pciback_cfg_step *step);

#endif
