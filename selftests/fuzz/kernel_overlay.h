/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernel_overlay - what the kernel does with an overlay before it looks at the
 * live tree, every value being in memory that ends where it ends
 */
#ifndef FUZZ_KERNEL_OVERLAY_H
#define FUZZ_KERNEL_OVERLAY_H

#include <linux/types.h>

struct overlay_prop {
	struct overlay_prop *next;
	const char *name;
	u8 *value;
	u32 len;
};

struct overlay_node {
	struct overlay_node *parent, *child, *next;
	const char *name;
	struct overlay_prop *props;
	u32 phandle;
};

struct overlay_node *overlay_unflatten(const u8 *blob);
void overlay_free(struct overlay_node *node);
void overlay_resolve(struct overlay_node *root, u32 base);
void overlay_follow_interrupts(struct overlay_node *root, struct overlay_node *node);

#endif
