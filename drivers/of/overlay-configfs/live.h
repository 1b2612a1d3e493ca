/* SPDX-License-Identifier: GPL-2.0 */
/*
 * live - what an overlay needs of the tree that is there
 */
#ifndef DTOVL_LIVE_H
#define DTOVL_LIVE_H

#include <linux/types.h>

struct dtovl_blob;
struct dtovl_say;

u32 dtovl_live_phandle_base(void);
int dtovl_live_check(const struct dtovl_blob *blob, struct dtovl_say *say);

#endif
