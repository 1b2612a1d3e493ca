/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vpd - reads vital product data for a guest
 */
#ifndef PCIBACK_FN_VPD_H
#define PCIBACK_FN_VPD_H

#include <linux/types.h>

struct pciback_fn;

int pciback_vpd_read(struct pciback_fn *fn, u16 pos, u32 *value);

#endif
