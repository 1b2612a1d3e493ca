/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vpd - how much vital product data a function has (PCI 3.0, appendix I)
 *
 * Its device says so itself, by tags with lengths, and a guest may have written them:
 * so the walk ends after few, and what is longer than the space is none.
 */
#ifndef PCIBACK_CORE_VPD_H
#define PCIBACK_CORE_VPD_H

#include <linux/types.h>

#define PCIBACK_VPD_MAX		32768u	/* bytes that its address reaches */
#define PCIBACK_VPD_TAGS_MAX	16	/* real ones have four or five */

/* Reads four bytes at @pos, a multiple of 4. Returns 0 or -errno. */
struct pciback_vpd_reader {
	int (*read)(struct pciback_vpd_reader *reader, u16 pos, u32 *value);
};

u16 pciback_vpd_size(struct pciback_vpd_reader *reader);

#endif
