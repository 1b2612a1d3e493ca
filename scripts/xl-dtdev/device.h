/* SPDX-License-Identifier: GPL-2.0 */
/*
 * device - what is known of a device that is to be given
 *
 * By xen-dtdev, of one that it has taken; or by the tree alone, as if the machine
 * had booted with it marked.
 */
#ifndef XL_DTDEV_DEVICE_H
#define XL_DTDEV_DEVICE_H

#include "judge.h"
#include "pages.h"
#include "tree.h"

struct device_irq {
	u32 number;
	const char *kept;	/* why Xen gives it to no guest; NULL: it does */
	u32 relay;		/* dom0 passes it on, by this number; 0: it does not */
	u32 trigger;		/* as dom0 has it, if it is passed on */
};

struct device_clock {
	const char *name;	/* NULL: it has none */
	u64 rate;		/* 0: not known */
};

struct device {
	const struct tree_node *node;
	const char *name;	/* as the kernel calls it */
	struct dtdev_region *regions;
	u32 region_count;
	struct device_irq *irqs;
	u32 irq_count;
	struct device_clock *clocks;
	u32 clock_count;
	bool dtdev;		/* an IOMMU that Xen drives looks after it */
	const char *dma;	/* what there is to say of its DMA; NULL: nothing */
	bool partial;		/* its pages hold other devices' registers, too */
};

/* --clock NAME=HZ */
struct device_rate {
	const char *name;
	u64 rate;
	bool used;
};

const struct device_irq *device_irq(const struct device *device, u32 number);
void device_add_region(struct device *device, struct pool *pool,
		       const struct dtdev_region *region);
void device_add_irq(struct device *device, struct pool *pool, u32 number,
		    const char *kept);
void device_add_clock(struct device *device, struct pool *pool,
		      const char *name, u64 rate);
void device_from_tree(struct device *device, const struct judge *judge,
		      const struct tree_node *node, struct device_rate *rates,
		      u32 rate_count);

#endif
