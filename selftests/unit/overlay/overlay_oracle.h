/* SPDX-License-Identifier: GPL-2.0 */
/*
 * overlay_oracle - which bytes are an overlay that the kernel can be given
 *
 * Written from the Devicetree Specification, chapter 5, and from what core/check.h
 * promises, and without its code: it reads by recursion, into a tree with pointers.
 */
#ifndef UNIT_OVERLAY_ORACLE_H
#define UNIT_OVERLAY_ORACLE_H

#include <linux/types.h>

enum overlay_verdict {
	OVERLAY_BAD,		/* must be refused */
	OVERLAY_GOOD,		/* must be accepted */
	OVERLAY_EITHER,		/* no circle, but longer than any that is real */
};

enum overlay_verdict overlay_judge(const u8 *data, u32 size, u32 phandle_base);

#endif
