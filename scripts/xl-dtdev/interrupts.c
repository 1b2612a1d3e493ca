// SPDX-License-Identifier: GPL-2.0
/*
 * interrupts - from a node to the machine's main controller, as the kernel does it
 */
#include <string.h>

#include "address.h"
#include "interrupts.h"

#define STEPS_MAX	16	/* from controller to controller */

/* A specifier on its way up. */
struct interrupts_walk {
	const struct tree *tree;
	struct tree_node *at;
	u32 address[4];		/* of the device, for maps */
	u32 address_count;
	u32 cells[INTERRUPT_CELLS_MAX];
	u32 count;
};

static struct tree_node *interrupts_parent(const struct tree *tree,
					   const struct tree_node *node)
{
	struct tree_node *parent = NULL;
	u32 handle, steps;

	for (steps = 0; node && steps < TREE_DEPTH_MAX; steps++) {
		if (tree_u32(node, "interrupt-parent", &handle))
			parent = tree_by_handle(tree, handle);
		else
			parent = node->parent;
		if (!parent || tree_property(parent, "#interrupt-cells"))
			return parent;
		node = parent;
	}
	return NULL;
}

/* Is it the one that all others report to? */
bool interrupts_is_main(const struct tree *tree, const struct tree_node *node)
{
	const struct tree_node *parent = interrupts_parent(tree, node);

	return !parent || parent == node;
}

static void interrupts_take(const struct tree_property *property, u32 at,
			    u32 count, u32 *cells)
{
	u32 i;

	for (i = 0; i < count; i++)
		cells[i] = tree_cell(property, at + i);
}

/*
 * Whose the entry of "interrupts-extended" at cell @at is, NULL for a hole, and how many cells
 * follow. Returns false if it is not all there.
 */
static bool interrupts_entry(const struct tree *tree, const struct tree_property *list, u32 at,
			     struct tree_node **named, u32 *count)
{
	*count = 0;
	*named = tree_by_handle(tree, tree_cell(list, at));
	if (*named && !tree_u32(*named, "#interrupt-cells", count))
		return false;
	return *count <= INTERRUPT_CELLS_MAX && at + 1 + *count <= tree_cells(list);
}

/* Entry number @index of "interrupts-extended"; entries may be holes. */
static bool interrupts_extended(const struct tree *tree,
				const struct tree_property *list, u32 index,
				struct interrupt *interrupt)
{
	struct tree_node *named;
	u32 at, count, i = 0;

	for (at = 0; at < tree_cells(list); at += 1 + count, i++) {
		if (!interrupts_entry(tree, list, at, &named, &count))
			return false;
		if (i != index)
			continue;
		interrupt->named = named;
		interrupt->count = count;
		interrupts_take(list, at + 1, count, interrupt->cells);
		return true;
	}
	return false;
}

static bool interrupts_plain(const struct tree *tree, const struct tree_node *node,
			     u32 index, struct interrupt *interrupt)
{
	const struct tree_property *list = tree_property(node, "interrupts");
	struct tree_node *parent = list ? interrupts_parent(tree, node) : NULL;
	u32 count;

	if (!parent || !tree_u32(parent, "#interrupt-cells", &count) || !count ||
	    count > INTERRUPT_CELLS_MAX || index > tree_cells(list) ||
	    (index + 1) * count > tree_cells(list))
		return false;
	interrupt->named = parent;
	interrupt->count = count;
	interrupts_take(list, index * count, count, interrupt->cells);
	return true;
}

static bool interrupts_extended_even(const struct tree *tree, const struct tree_property *list)
{
	struct tree_node *named;
	u32 at, count;

	for (at = 0; at < tree_cells(list); at += 1 + count)
		if (!interrupts_entry(tree, list, at, &named, &count))
			return false;
	return !(list->len % 4);
}

/*
 * Which list of @node's interrupts has more, or less, than entries; NULL: it comes out
 * even, or there is none.
 */
const char *interrupts_uneven(const struct tree *tree, const struct tree_node *node)
{
	const struct tree_property *list = tree_property(node, "interrupts-extended");
	struct tree_node *parent;
	u32 count = 0;

	if (list)
		return interrupts_extended_even(tree, list) ? NULL : list->name;
	list = tree_property(node, "interrupts");
	parent = list ? interrupts_parent(tree, node) : NULL;
	if (!list || (parent && tree_u32(parent, "#interrupt-cells", &count) && count &&
		      !(list->len % 4) && !(tree_cells(list) % count)))
		return NULL;
	return list->name;
}

/* Does the row of @map at @row say where @walk goes? */
static bool interrupts_row_fits(const struct interrupts_walk *walk,
				const struct tree_property *map, u32 row,
				const struct tree_property *mask)
{
	u32 i, own, bits;

	for (i = 0; i < walk->address_count + walk->count; i++) {
		own = i < walk->address_count ? walk->address[i] :
		      walk->cells[i - walk->address_count];
		bits = mask ? tree_cell(mask, i) : 0xffffffff;
		if ((tree_cell(map, row + i) ^ own) & bits)
			return false;
	}
	return true;
}

/* One step by the "interrupt-map" of where @walk is. */
static bool interrupts_map(struct interrupts_walk *walk,
			   const struct tree_property *map)
{
	const struct tree_property *mask = tree_property(walk->at, "interrupt-map-mask");
	u32 row, own = walk->address_count + walk->count, outer, cells, next;
	struct tree_node *parent;

	for (row = 0; row + own < tree_cells(map); row = next) {
		parent = tree_by_handle(walk->tree, tree_cell(map, row + own));
		if (!parent || !tree_u32(parent, "#interrupt-cells", &cells) ||
		    cells > INTERRUPT_CELLS_MAX)
			return false;
		outer = 0;
		tree_u32(parent, "#address-cells", &outer);
		if (outer > 4 || row + own + 1 + outer + cells > tree_cells(map))
			return false;
		next = row + own + 1 + outer + cells;
		if (!interrupts_row_fits(walk, map, row, mask))
			continue;
		walk->at = parent;
		walk->address_count = outer;
		interrupts_take(map, row + own + 1, outer, walk->address);
		walk->count = cells;
		interrupts_take(map, row + own + 1 + outer, cells, walk->cells);
		return true;
	}
	return false;
}

/* Follows maps to a controller. */
static bool interrupts_climb(struct interrupts_walk *walk)
{
	const struct tree_property *map;
	u32 steps;

	for (steps = 0; walk->at && steps < STEPS_MAX; steps++) {
		map = tree_property(walk->at, "interrupt-map");
		if (map) {
			if (!interrupts_map(walk, map))
				return false;
			continue;
		}
		if (tree_property(walk->at, "interrupt-controller"))
			return true;
		walk->at = interrupts_parent(walk->tree, walk->at);
	}
	return false;
}

/* The address of @node that a map at @at compares. */
static void interrupts_address(struct interrupts_walk *walk,
			       const struct tree_node *node)
{
	u32 count = 0;

	tree_u32(walk->at, "#address-cells", &count);
	walk->address_count = count > 4 ? 0 : count;
	interrupts_take(tree_property(node, "reg"), 0, walk->address_count,
			walk->address);
}

/* Where it ends, and what it is to the machine's main controller, if it comes there. */
static void interrupts_decode(const struct tree *tree, struct interrupts_walk *walk,
			      struct interrupt *interrupt)
{
	if (!interrupts_climb(walk))
		return;
	interrupt->last = walk->at;
	interrupt->last_count = walk->count;
	memcpy(interrupt->last_cells, walk->cells, sizeof(interrupt->last_cells));
	if (!interrupts_is_main(tree, walk->at))
		return;
	interrupt->is_spi = !dtdev_spi_decode(walk->cells, walk->count, &interrupt->spi);
	interrupt->is_nobodys = !interrupt->is_spi;
}

/* Do both end in one line? A CPU's own is everybody's. */
bool interrupts_are_one(const struct interrupt *a, const struct interrupt *b)
{
	if (a->is_spi || b->is_spi)
		return a->is_spi && b->is_spi && a->spi.number == b->spi.number;
	return a->last && !a->is_nobodys && a->last == b->last &&
	       a->last_count == b->last_count &&
	       !memcmp(a->last_cells, b->last_cells, a->last_count * sizeof(*a->last_cells));
}

/*
 * Interrupt number @index of @node; a hole has no controller. Returns false if
 * there is none.
 */
bool interrupts_get(const struct tree *tree, const struct tree_node *node,
		    u32 index, struct interrupt *interrupt)
{
	const struct tree_property *list = tree_property(node, "interrupts-extended");
	struct interrupts_walk walk = { .tree = tree };

	memset(interrupt, 0, sizeof(*interrupt));
	if (index >= INTERRUPTS_MAX)
		return false;
	if (!(list ? interrupts_extended(tree, list, index, interrupt) :
		     interrupts_plain(tree, node, index, interrupt)))
		return false;
	if (!interrupt->named)
		return true;
	walk.at = interrupt->named;
	walk.count = interrupt->count;
	memcpy(walk.cells, interrupt->cells, sizeof(walk.cells));
	interrupts_address(&walk, node);
	interrupts_decode(tree, &walk, interrupt);
	if (!interrupt->is_spi && !interrupt->is_nobodys)
		interrupt->other = dtdev_spi_other(node->path, index);
	return true;
}
