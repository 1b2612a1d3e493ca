/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hwcfg - carries out on the hardware what core/cfg_filter decided
 */
#ifndef PCIBACK_FN_HWCFG_H
#define PCIBACK_FN_HWCFG_H

#include <linux/types.h>

struct pciback_cfg_write;
struct pciback_fn;

int pciback_hwcfg_read(struct pciback_fn *fn, s32 offset, s32 size, u32 *value);
int pciback_hwcfg_decide_write(struct pciback_fn *fn, s32 offset, s32 size,
			       u32 value, struct pciback_cfg_write *write);
bool pciback_hwcfg_needs_turn(const struct pciback_cfg_write *write);
int pciback_hwcfg_write(struct pciback_fn *fn,
			const struct pciback_cfg_write *write);

#endif
