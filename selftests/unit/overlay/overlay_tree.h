/* SPDX-License-Identifier: GPL-2.0 */
/*
 * overlay_tree - a flattened tree as one with pointers, for the oracle
 */
#ifndef UNIT_OVERLAY_TREE_H
#define UNIT_OVERLAY_TREE_H

#include <linux/types.h>
#include <stddef.h>

struct tree_prop {
	const char *name;
	const u8 *value;
	u32 len;
};

struct tree_node {
	const char *name;
	struct tree_node *parent, *child, *last, *next;
	struct tree_prop *props;
	u32 prop_count;
	u32 depth;
	u32 phandle;
	const struct tree_node *about;	/* what __local_fixups__ says of it */
};

struct tree {
	u32 base;
	struct tree_node *nodes, *root;
	struct tree_prop *props;
	u32 node_count, prop_count;
};

u32 tree_u32(const u8 *at);

/* Returns false where the bytes are no tree, or one beyond the limits. */
bool tree_read(struct tree *tree, const u8 *data, u32 size);
void tree_free(struct tree *tree);

const struct tree_prop *tree_prop(const struct tree_node *node, const char *name, size_t len);
struct tree_node *tree_child(const struct tree_node *node, const char *name, size_t len);
struct tree_node *tree_at(const struct tree *tree, const char *path, size_t len);

/* What the node says of itself, by either name; 0: nothing, or no number. */
u32 tree_phandle(const struct tree_node *node);
const struct tree_node *tree_by_phandle(const struct tree *tree, u32 phandle);

#endif
