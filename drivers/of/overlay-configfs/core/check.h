/* SPDX-License-Identifier: GPL-2.0 */
/*
 * check - can the kernel's overlay code be given this blob?
 *
 * That code believes a blob in places: lengths of strings, offsets of
 * references, that following interrupt parents comes to an end. What it finds
 * out itself late, when its work cannot be undone any more, is found out here,
 * too. An overlay has, below its root,
 *
 *	NAME/__overlay__	fragments, each with a target
 *	__fixups__		references to labels of the live tree
 *	__local_fixups__	references to nodes of the overlay, by offset
 *	__symbols__		labels for the live tree
 *
 * and anything else, which is left alone.
 */
#ifndef DTOVL_CORE_CHECK_H
#define DTOVL_CORE_CHECK_H

#include "blob.h"

/* The kernel adds what the live tree has at most to those of an overlay. */
#define DTOVL_PHANDLE_MAX	0x3fffffff

int dtovl_check(struct dtovl_blob *blob, struct dtovl_fault *fault);
u32 dtovl_fragment_next(const struct dtovl_blob *blob, u32 *overlay);

#endif
