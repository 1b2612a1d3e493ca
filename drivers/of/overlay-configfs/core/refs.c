// SPDX-License-Identifier: GPL-2.0
/*
 * refs - an overlay's special nodes, and what refers to what in it
 *
 * Pure: any context, no allocation.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "refs.h"

/* Returns the node below the root, or DTOVL_NONE. */
u32 dtovl_special(const struct dtovl_blob *blob, const char *name)
{
	return dtovl_node_child(blob, DTOVL_ROOT, name, strlen(name));
}

/* Returns the node that has it, or DTOVL_NONE. */
u32 dtovl_node_by_phandle(const struct dtovl_blob *blob, u32 phandle)
{
	u32 i;

	for (i = 0; i < blob->node_count; i++)
		if (blob->nodes[i].phandle == phandle)
			return i;
	return DTOVL_NONE;
}

/* Is there a reference to a node of the overlay at @offset of that property? */
bool dtovl_refers(const struct dtovl_blob *blob, u32 node, const char *name,
		  u32 offset)
{
	u32 fixes = blob->nodes[node].fixes, i;
	struct dtovl_prop list;

	if (fixes == DTOVL_NONE || !dtovl_prop_find(blob, fixes, name, &list))
		return false;
	for (i = 0; i < list.len; i += 4)
		if (dtovl_be32(list.value + i) == offset)
			return true;
	return false;
}
