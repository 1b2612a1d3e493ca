// SPDX-License-Identifier: GPL-2.0
/*
 * tree - nodes, and questions about one
 */
#include <stdlib.h>
#include <string.h>

#include "tree.h"

struct tree_node *tree_add(struct tree *tree, struct tree_node *parent,
			   const char *name)
{
	struct tree_node *node = pool_take(tree->pool, sizeof(*node));

	node->name = name;
	node->parent = parent;
	node->path = "/";
	if (parent) {
		node->depth = parent->depth + 1;
		node->path = pool_text(tree->pool, "%s/%s",
				       parent->parent ? parent->path : "", name);
		if (parent->last)
			parent->last->sibling = node;
		else
			parent->child = node;
		parent->last = node;
	}
	tree->nodes = pool_grow(tree->pool, tree->nodes, tree->count,
				sizeof(*tree->nodes));
	node->index = tree->count;
	tree->nodes[tree->count++] = node;
	return node;
}

void tree_add_property(struct tree *tree, struct tree_node *node,
		       const char *name, const void *data, u32 len)
{
	struct tree_property *property;

	node->properties = pool_grow(tree->pool, node->properties,
				     node->property_count, sizeof(*property));
	property = &node->properties[node->property_count++];
	*property = (struct tree_property){ .name = name, .data = data, .len = len };
}

static int tree_compare(const void *a, const void *b)
{
	const struct tree_node *const *left = a, *const *right = b;

	return ((*left)->handle > (*right)->handle) -
	       ((*left)->handle < (*right)->handle);
}

/*
 * To be called when all nodes are there: finds their handles. Returns NULL, or what is
 * wrong: who a handle of two would be is nobody's to say.
 */
const char *tree_finish(struct tree *tree)
{
	struct tree_node **at;
	u32 i;

	for (i = 0; i < tree->count; i++) {
		struct tree_node *node = tree->nodes[i];

		if (!tree_u32(node, "phandle", &node->handle))
			tree_u32(node, "linux,phandle", &node->handle);
		if (!node->handle || node->handle == 0xffffffff) {
			node->handle = 0;
			continue;
		}
		tree->by_handle = pool_grow(tree->pool, tree->by_handle,
					    tree->handle_count, sizeof(node));
		tree->by_handle[tree->handle_count++] = node;
	}
	if (tree->handle_count)
		qsort(tree->by_handle, tree->handle_count,
		      sizeof(*tree->by_handle), tree_compare);
	for (i = 1; i < tree->handle_count; i++) {
		at = &tree->by_handle[i];
		if (at[-1]->handle == at[0]->handle)
			return pool_text(tree->pool, "%s and %s have one handle, 0x%x",
					 at[-1]->path, at[0]->path, at[0]->handle);
	}
	return NULL;
}

struct tree_node *tree_by_handle(const struct tree *tree, u32 handle)
{
	struct tree_node key = { .handle = handle }, *at = &key, **found;

	if (!handle || !tree->handle_count)
		return NULL;
	found = bsearch(&at, tree->by_handle, tree->handle_count, sizeof(at),
			tree_compare);
	return found ? *found : NULL;
}

struct tree_node *tree_find(const struct tree *tree, const char *path)
{
	u32 i;

	for (i = 0; i < tree->count; i++)
		if (!strcmp(tree->nodes[i]->path, path))
			return tree->nodes[i];
	return NULL;
}

struct tree_node *tree_child(const struct tree_node *parent, const char *name)
{
	struct tree_node *child = parent->child;

	while (child && strcmp(child->name, name))
		child = child->sibling;
	return child;
}

/* Does who goes by names that may lack their unit address take @a for @b? */
static bool tree_is_taken_for(const struct tree_node *a, const struct tree_node *b)
{
	size_t len = strlen(b->name);

	return !strchr(b->name, '@') && !strncmp(a->name, b->name, len) && a->name[len] == '@';
}

/*
 * Whom libfdt, and so a boot loader and an overlay, find by the path of @node, or of what
 * it is in, instead: the first that has that name with a unit address. NULL: nobody.
 */
const struct tree_node *tree_mistaken(const struct tree_node *node)
{
	const struct tree_node *other;

	for (; node->parent; node = node->parent)
		for (other = node->parent->child; other != node; other = other->sibling)
			if (tree_is_taken_for(other, node))
				return other;
	return NULL;
}

struct tree_property *tree_property(const struct tree_node *node, const char *name)
{
	u32 i;

	for (i = 0; i < node->property_count; i++)
		if (!strcmp(node->properties[i].name, name))
			return &node->properties[i];
	return NULL;
}

u32 tree_cells(const struct tree_property *property)
{
	return property ? property->len / 4 : 0;
}

/* 0 beyond the end. */
u32 tree_cell(const struct tree_property *property, u32 index)
{
	const u8 *at;

	if (index >= tree_cells(property))
		return 0;
	at = property->data + (size_t)index * 4;
	return (u32)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

bool tree_u32(const struct tree_node *node, const char *name, u32 *value)
{
	const struct tree_property *property = tree_property(node, name);

	if (!property || property->len < 4)
		return false;
	*value = tree_cell(property, 0);
	return true;
}

/* NULL if there is none that ends. */
const char *tree_string(const struct tree_node *node, const char *name)
{
	const struct tree_property *property = tree_property(node, name);

	if (!property || !memchr(property->data, '\0', property->len))
		return NULL;
	return (const char *)property->data;
}

bool tree_is_compatible(const struct tree_node *node, const char *compatible)
{
	const struct tree_property *property = tree_property(node, "compatible");
	const char *at, *end;

	if (!property)
		return false;
	at = (const char *)property->data;
	for (end = at + property->len; at < end; at += strlen(at) + 1) {
		if (!memchr(at, '\0', end - at))
			return false;
		if (!strcmp(at, compatible))
			return true;
	}
	return false;
}

bool tree_is_within(const struct tree_node *node, const struct tree_node *ancestor)
{
	while (node && node != ancestor)
		node = node->parent;
	return node;
}

/* Can dom0 use it? That takes all its parents, too. */
bool tree_is_enabled(const struct tree_node *node)
{
	const char *status;

	for (; node; node = node->parent) {
		status = tree_string(node, "status");
		if (tree_property(node, "status") &&
		    (!status || (strcmp(status, "okay") && strcmp(status, "ok"))))
			return false;
	}
	return true;
}

static bool tree_is_type(const struct tree_node *node, const char *type)
{
	const char *is = tree_string(node, "device_type");

	return is && !strcmp(is, type);
}

/* Memory, CPUs and Xen itself have addresses, but nobody can be given them. */
bool tree_is_device(const struct tree_node *node)
{
	return !tree_is_type(node, "memory") && !tree_is_type(node, "cpu") &&
	       !tree_is_compatible(node, "xen,xen") &&
	       !(node->parent && !strcmp(node->parent->name, "reserved-memory"));
}

/* Its name without the unit address; "device" if that is all there is. */
const char *tree_base(const struct tree_node *node, struct pool *pool)
{
	int len = strcspn(node->name, "@");

	return len ? pool_text(pool, "%.*s", len, node->name) : "device";
}
