/* SPDX-License-Identifier: GPL-2.0 */
/*
 * random_device - devices that nobody has thought of, the same for a seed
 */
#ifndef UNIT_RANDOM_DEVICE_H
#define UNIT_RANDOM_DEVICE_H

#include <linux/types.h>

#include "cfg_build.h"
#include "fake_device.h"

void random_seed(u64 seed);
u32 random_u32(void);
u32 random_below(u32 bound);

/* Values that find edges: none, all, one bit, its complement, anything. */
u32 random_value(void);

/* Random bytes, with lists of capabilities that overlap, loop and end badly. */
void random_device(struct fake_device *dev, struct pciback_cfg_facts *facts);

/* A place to access in that device, where something is more often than not. */
void random_place(u16 space, u16 *pos, u8 *size);

#endif
