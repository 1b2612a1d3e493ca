// SPDX-License-Identifier: GPL-2.0
/*
 * refs - all references of a tree, node by node
 */
#include <linux/kernel.h>
#include <string.h>

#include "address.h"
#include "refs.h"

/* Is it one of those whose properties are paths and labels, or below one? */
static bool refs_is_special(const struct tree_node *node)
{
	for (; node->parent; node = node->parent)
		if (dtdev_binding_is_special(node->name, node->depth == 1))
			return true;
	return false;
}

static u32 refs_index(const struct refs *refs, const struct tree_node *target)
{
	u32 low = 0, high = refs->tree->handle_count, middle;

	while (low + 1 < high) {
		middle = (low + high) / 2;
		if (refs->tree->by_handle[middle]->handle <= target->handle)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void refs_add(struct refs *refs, struct tree_node *user,
		     struct tree_property *property,
		     struct tree_node *target, u32 at, u32 cells)
{
	if (!property->ref_count++)
		property->ref = refs->count;
	refs->list = pool_grow(refs->tree->pool, refs->list, refs->count,
			       sizeof(*refs->list));
	refs->list[refs->count++] = (struct ref){ user, property, target, at, cells };
	if (target && !refs->settled)
		refs->known[refs_index(refs, target)] = true;
}

static bool refs_is_hole(u32 handle)
{
	return !handle || handle == 0xffffffff;
}

/*
 * Reads the cells of @property as handles that @cells, a property of theirs, gives
 * arguments to. Returns false if they do not come out even. @strict: nor if a handle
 * is nobody's. Without @add, only looks.
 */
static bool refs_walk(struct refs *refs, struct tree_node *user,
		      struct tree_property *property,
		      const struct dtdev_binding *binding, bool strict, bool add)
{
	u32 at, count, all = tree_cells(property);
	struct tree_node *target;

	for (at = 0; at < all; at += 1 + count) {
		count = 0;
		if (refs_is_hole(tree_cell(property, at)))
			continue;
		target = tree_by_handle(refs->tree, tree_cell(property, at));
		if (target && binding->cells && !tree_u32(target, binding->cells, &count) &&
		    !binding->optional)
			target = NULL;
		if (!target && strict)
			return false;
		if (count > all - at - 1) {
			if (strict)
				return false;
			count = all - at - 1;
		}
		if (add)
			refs_add(refs, user, property, target, at, count);
		/* Of a list with a hole in its reading, nothing more is known. */
		if (!target)
			return false;
	}
	return all;
}

static void refs_by_table(struct refs *refs, struct tree_node *user,
			  struct tree_property *property,
			  const struct dtdev_binding *binding)
{
	struct tree_node *target;
	u32 at;

	switch (binding->kind) {
	case DTDEV_BINDING_CELLS:
	case DTDEV_BINDING_PLAIN:
		refs_walk(refs, user, property, binding, false, true);
		break;
	case DTDEV_BINDING_FIRST:
		target = tree_by_handle(refs->tree, tree_cell(property, 0));
		refs_add(refs, user, property, target, 0, tree_cells(property) - 1);
		break;
	case DTDEV_BINDING_MAP:
		for (at = binding->column; at < tree_cells(property); at += DTDEV_BINDING_ROW) {
			target = tree_by_handle(refs->tree, tree_cell(property, at));
			refs_add(refs, user, property, target, at, 0);
		}
		break;
	case DTDEV_BINDING_ROUTES:
		for (at = 0; at < tree_cells(property); at++) {
			target = tree_by_handle(refs->tree, tree_cell(property, at));
			if (target)
				refs->known[refs_index(refs, target)] = true;
		}
		break;
	case DTDEV_BINDING_NONE:
		break;
	}
}

/* By what the targets declare: "#NAME-cells" for a property of that name. */
static bool refs_by_cells(struct refs *refs, struct tree_node *user,
			  struct tree_property *property)
{
	struct dtdev_binding binding = { .kind = DTDEV_BINDING_CELLS };
	char name[DTDEV_BINDING_NAME_MAX];
	unsigned int variant;

	binding.cells = name;
	for (variant = 0; variant < 3; variant++)
		if (dtdev_binding_cells_name(property->name, variant, name, sizeof(name)) &&
		    refs_walk(refs, user, property, &binding, true, false))
			return refs_walk(refs, user, property, &binding, true, true);
	return false;
}

static bool refs_is_cells(const struct tree_property *property)
{
	return property->len && !(property->len % 4);
}

static void refs_read_known(struct refs *refs, struct tree_node *user,
			    struct tree_property *property)
{
	struct dtdev_binding binding = dtdev_binding_find(property->name);

	if (!refs_is_cells(property) || dtdev_binding_is_number(property->name) ||
	    (tree_property(user, "gpio-hog") && !strcmp(property->name, "gpios")))
		return;
	if (binding.kind)
		refs_by_table(refs, user, property, &binding);
	else
		refs_by_cells(refs, user, property);
}

/* Does the second cell of @property look like one of the registers of @target? */
static bool refs_is_offset(const struct tree_property *property,
			   const struct tree_node *target)
{
	struct dtdev_region region;
	u32 offset = tree_cell(property, 1);

	if (tree_cells(property) < 2 || !address_region(target, 0, &region))
		return true;
	return !(offset % 4) && offset <= region.end - region.start;
}

/* A vendor's own: registers for everybody, or a handle that is used nowhere else. */
static void refs_read_unknown(struct refs *refs, struct tree_node *user,
			      struct tree_property *property)
{
	struct tree_node *target;

	if (!refs_is_cells(property) || !strncmp(property->name, "linux,", 6) ||
	    !strchr(property->name, ',') ||
	    dtdev_binding_is_number(property->name) || property->ref_count ||
	    dtdev_binding_find(property->name).kind)
		return;
	target = tree_by_handle(refs->tree, tree_cell(property, 0));
	if (!target || tree_is_within(user, target))
		return;
	if ((tree_is_compatible(target, "syscon") && refs_is_offset(property, target)) ||
	    (refs->scarce && !refs->known[refs_index(refs, target)]))
		refs_add(refs, user, property, target, 0, tree_cells(property) - 1);
}

/* Interrupts are references, too. */
static void refs_read_interrupts(struct refs *refs, struct tree_node *user)
{
	struct tree_property *list = tree_property(user, "interrupts-extended");
	struct dtdev_binding binding = {
		.kind = DTDEV_BINDING_CELLS, .cells = "#interrupt-cells",
	};

	if (list)
		refs_walk(refs, user, list, &binding, false, true);
	list = tree_property(user, "interrupt-parent");
	if (list)
		refs_add(refs, user, list, tree_by_handle(refs->tree, tree_cell(list, 0)),
			 0, 0);
}

static void refs_each(struct refs *refs,
		      void (*read)(struct refs *refs, struct tree_node *user,
				   struct tree_property *property))
{
	struct tree_node *node;
	u32 i, j;

	for (i = 0; i < refs->tree->count; i++) {
		node = refs->tree->nodes[i];
		for (j = 0; !refs_is_special(node) && j < node->property_count; j++)
			read(refs, node, &node->properties[j]);
	}
}

void refs_read(struct refs *refs, const struct tree *tree)
{
	u32 i;

	memset(refs, 0, sizeof(*refs));
	refs->tree = tree;
	refs->known = pool_take(tree->pool, tree->handle_count + 1);
	refs->scarce = !tree_find(tree, "/__symbols__");
	for (i = 0; i < tree->count; i++)
		if (!refs_is_special(tree->nodes[i]))
			refs_read_interrupts(refs, tree->nodes[i]);
	refs_each(refs, refs_read_known);
	refs->settled = true;
	refs_each(refs, refs_read_unknown);
}
