/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tree - a device tree, unpacked
 *
 * From a .dtb or from the directory in which a kernel shows its own. Nothing in it
 * is believed: whoever reads a property looks at its length.
 */
#ifndef XL_DTDEV_TREE_H
#define XL_DTDEV_TREE_H

#include <linux/types.h>

#include "pool.h"

#define TREE_DEPTH_MAX	32	/* of nodes in nodes */

struct tree_property {
	const char *name;
	const u8 *data;
	u32 len;
	u32 ref, ref_count;	/* refs: from which one on, how many */
};

struct tree_node {
	const char *name;	/* with its unit address */
	const char *path;
	struct tree_node *parent;
	struct tree_node *child;	/* the first */
	struct tree_node *last;		/* child */
	struct tree_node *sibling;	/* the next */
	struct tree_property *properties;
	u32 property_count;
	u32 depth;
	u32 index;	/* in the tree's nodes */
	u32 handle;		/* 0: none */
};

/* Nodes are in the order of the file: parents first. */
struct tree {
	struct pool *pool;
	struct tree_node **nodes;
	u32 count;
	struct tree_node **by_handle;	/* sorted */
	u32 handle_count;
};

const char *tree_from_blob(struct tree *tree, struct pool *pool,
			   const void *blob, size_t size);
const char *tree_from_file(struct tree *tree, struct pool *pool,
			   const char *file);
const char *tree_from_directory(struct tree *tree, struct pool *pool,
				const char *directory);
struct tree_node *tree_add(struct tree *tree, struct tree_node *parent,
			   const char *name);
void tree_add_property(struct tree *tree, struct tree_node *node,
		       const char *name, const void *data, u32 len);
const char *tree_finish(struct tree *tree);

const struct tree_node *tree_mistaken(const struct tree_node *node);
struct tree_node *tree_find(const struct tree *tree, const char *path);
struct tree_node *tree_child(const struct tree_node *parent, const char *name);
struct tree_node *tree_by_handle(const struct tree *tree, u32 handle);
struct tree_property *tree_property(const struct tree_node *node, const char *name);
u32 tree_cell(const struct tree_property *property, u32 index);
u32 tree_cells(const struct tree_property *property);
bool tree_u32(const struct tree_node *node, const char *name, u32 *value);
const char *tree_string(const struct tree_node *node, const char *name);
bool tree_is_compatible(const struct tree_node *node, const char *compatible);
bool tree_is_within(const struct tree_node *node, const struct tree_node *ancestor);
bool tree_is_enabled(const struct tree_node *node);
bool tree_is_device(const struct tree_node *node);
const char *tree_base(const struct tree_node *node, struct pool *pool);

#endif
