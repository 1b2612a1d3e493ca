/* SPDX-License-Identifier: GPL-2.0 */
/*
 * address - where registers are, as the CPU sees them
 */
#ifndef XL_DTDEV_ADDRESS_H
#define XL_DTDEV_ADDRESS_H

#include "pages.h"
#include "tree.h"

u32 address_cells(const struct tree_node *node);
u32 address_size_cells(const struct tree_node *node);
bool address_region(const struct tree_node *node, u32 index,
		    struct dtdev_region *region);

#endif
