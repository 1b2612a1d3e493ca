/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quiesce - how devices are silenced that have no reset line
 *
 * A table of register accesses for each kind of device; afterwards it raises no
 * interrupt and starts no DMA.
 */
#ifndef DTDEV_CORE_QUIESCE_H
#define DTDEV_CORE_QUIESCE_H

#include <linux/types.h>

enum dtdev_quiesce_op {
	DTDEV_QUIESCE_END = 0,
	DTDEV_QUIESCE_WRITE,	/* the register becomes @value */
	DTDEV_QUIESCE_CLEAR,	/* the bits of @value are cleared */
	DTDEV_QUIESCE_CHECK,	/* the bits of @value must read as zero */
};

struct dtdev_quiesce_step {
	enum dtdev_quiesce_op op;
	u32 offset;	/* of a 32-bit register */
	u32 value;
};

struct dtdev_quiesce {
	const char *compatible;
	const struct dtdev_quiesce_step *steps;
};

/* The registers of one device. */
struct dtdev_quiesce_bus {
	u32 size;	/* in bytes */
	u32 (*read)(void *data, u32 offset);
	void (*write)(void *data, u32 offset, u32 value);
	void *data;
};

/* Ends with one that has no name. */
extern const struct dtdev_quiesce dtdev_quiesce_table[];

int dtdev_quiesce_run(const struct dtdev_quiesce *quiesce,
		      const struct dtdev_quiesce_bus *bus);

#endif
