// SPDX-License-Identifier: GPL-2.0
/*
 * loops - interrupt parents that lead in a circle
 *
 * The kernel follows them from any node until it comes to an interrupt
 * controller, without counting. Only what is meant within the overlay is of
 * interest: what it leads out to was there before.
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "loops.h"
#include "refs.h"

/* No real interrupt goes by so many nodes. */
#define LOOPS_LENGTH_MAX	64

static bool loops_has(const struct dtovl_blob *blob, u32 node, const char *name)
{
	struct dtovl_prop prop;

	return dtovl_prop_find(blob, node, name, &prop);
}

static bool loops_is_controller(const struct dtovl_blob *blob, u32 node)
{
	return loops_has(blob, node, "interrupt-controller") &&
	       loops_has(blob, node, "#interrupt-cells");
}

/*
 * The node of the overlay that the phandle at @offset of a property will mean:
 * by a reference that the kernel makes right, or by a number that happens to be
 * what the node's is going to be. DTOVL_NONE: none.
 */
static u32 loops_meant(const struct dtovl_blob *blob, u32 node,
		       const struct dtovl_prop *prop, u32 offset)
{
	u32 phandle = dtovl_be32(prop->value + offset);

	if (!dtovl_refers(blob, node, prop->name, offset)) {
		if (phandle <= blob->phandle_base)
			return DTOVL_NONE;
		phandle -= blob->phandle_base;
	}
	return phandle ? dtovl_node_by_phandle(blob, phandle) : DTOVL_NONE;
}

/* Where the kernel goes on from @node; DTOVL_NONE: it stops, or leaves. */
static u32 loops_next(const struct dtovl_blob *blob, u32 node)
{
	struct dtovl_prop parent;

	if (loops_is_controller(blob, node))
		return DTOVL_NONE;
	if (dtovl_prop_find(blob, node, "interrupt-parent", &parent) && parent.len >= 4)
		return loops_meant(blob, node, &parent, 0);
	/* What holds a fragment's contents stands for a node of the live tree. */
	return blob->nodes[node].depth > 2 ? blob->nodes[node].parent : DTOVL_NONE;
}

static bool loops_is_safe(struct dtovl_blob *blob, u32 node)
{
	u32 at = node, steps = 0;

	while (at != DTOVL_NONE && !blob->nodes[at].safe) {
		if (++steps > LOOPS_LENGTH_MAX)
			return false;
		at = loops_next(blob, at);
	}
	for (at = node; at != DTOVL_NONE && !blob->nodes[at].safe; at = loops_next(blob, at))
		blob->nodes[at].safe = 1;
	return true;
}

/* Maps of the overlay lead to its controllers, or out of it, not to other maps. */
static bool loops_map_is_safe(const struct dtovl_blob *blob, u32 node)
{
	struct dtovl_prop map;
	u32 to, i;

	if (!dtovl_prop_find(blob, node, "interrupt-map", &map))
		return true;
	for (i = 0; i + 4 <= map.len; i += 4) {
		to = loops_meant(blob, node, &map, i);
		if (to != DTOVL_NONE && to != node &&
		    (loops_has(blob, to, "interrupt-map") ||
		     !loops_is_controller(blob, to)))
			return false;
	}
	return true;
}

int dtovl_check_loops(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 i;

	for (i = 0; i < blob->node_count; i++)
		if (!loops_is_safe(blob, i) || !loops_map_is_safe(blob, i))
			return dtovl_fault(fault, "interrupt parents lead in a circle",
					   blob->nodes[i].name, i);
	return 0;
}
