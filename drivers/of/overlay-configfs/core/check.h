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

#define DTOVL_SYMBOLS		"__symbols__"
#define DTOVL_FIXUPS		"__fixups__"
#define DTOVL_LOCAL_FIXUPS	"__local_fixups__"
#define DTOVL_OVERLAY		"__overlay__"

int dtovl_check(struct dtovl_blob *blob, struct dtovl_fault *fault);
u32 dtovl_fragment_next(const struct dtovl_blob *blob, u32 *overlay);
u32 dtovl_special(const struct dtovl_blob *blob, const char *name);
bool dtovl_refers(const struct dtovl_blob *blob, u32 node, const char *prop,
		  u32 offset);
u32 dtovl_node_by_phandle(const struct dtovl_blob *blob, u32 phandle);

/* The other rooms of the same. */
int dtovl_check_fixups(const struct dtovl_blob *blob, struct dtovl_fault *fault);
int dtovl_check_local_fixups(struct dtovl_blob *blob, struct dtovl_fault *fault);
int dtovl_check_symbols(const struct dtovl_blob *blob, struct dtovl_fault *fault);
int dtovl_check_loops(struct dtovl_blob *blob, struct dtovl_fault *fault);

#endif
