/* SPDX-License-Identifier: GPL-2.0 */
/* Stands in for the kernel header of the same name: what core/ uses of it. */
#ifndef UNIT_LINUX_MATH64_H
#define UNIT_LINUX_MATH64_H

#include <linux/types.h>

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

#endif
