/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refs - an overlay's special nodes, and what refers to what in it
 */
#ifndef DTOVL_CORE_REFS_H
#define DTOVL_CORE_REFS_H

#include "blob.h"

#define DTOVL_SYMBOLS		"__symbols__"
#define DTOVL_FIXUPS		"__fixups__"
#define DTOVL_LOCAL_FIXUPS	"__local_fixups__"
#define DTOVL_OVERLAY		"__overlay__"

u32 dtovl_special(const struct dtovl_blob *blob, const char *name);
bool dtovl_refers(const struct dtovl_blob *blob, u32 node, const char *prop,
		  u32 offset);
u32 dtovl_node_by_phandle(const struct dtovl_blob *blob, u32 phandle);

#endif
