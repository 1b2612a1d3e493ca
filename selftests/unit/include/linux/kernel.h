/* SPDX-License-Identifier: GPL-2.0 */
/* Stands in for the kernel header of the same name: what core/ uses of it. */
#include <linux/array_size.h>
