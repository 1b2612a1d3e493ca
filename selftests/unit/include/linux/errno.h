/* SPDX-License-Identifier: GPL-2.0 */
/* The numbers are the same ones on both sides. */
#include_next <linux/errno.h>
