/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/of.h */
#ifndef XPT_COMPAT_LINUX_OF_H
#define XPT_COMPAT_LINUX_OF_H

#include_next <linux/of.h>

/*
 * An overlay can be applied below a node since "of: overlay: Extend
 * of_overlay_fdt_apply() to specify the target node" (Linux 6.6). Can go when 6.1 goes.
 */
#ifndef XPT_HAS_OVERLAY_BASE
static inline int xpt_overlay_fdt_apply(const void *fdt, u32 size, int *id,
					const struct device_node *base)
{
	/* Without overlays there is a stub, which wants to write. */
	return base ? -EOPNOTSUPP : of_overlay_fdt_apply((void *)fdt, size, id);
}

#define of_overlay_fdt_apply	xpt_overlay_fdt_apply
#endif

#endif
