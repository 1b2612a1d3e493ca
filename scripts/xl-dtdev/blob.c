// SPDX-License-Identifier: GPL-2.0
/*
 * blob - a tree as libfdt writes it
 */
#include <libfdt.h>
#include <stdlib.h>

#include "output.h"

static int blob_node(void *blob, const struct tree_node *node)
{
	const struct tree_property *property;
	const struct tree_node *child;
	int err = fdt_begin_node(blob, node->name);
	u32 i;

	for (i = 0; !err && i < node->property_count; i++) {
		property = &node->properties[i];
		err = fdt_property(blob, property->name, property->data, property->len);
	}
	for (child = node->child; !err && child; child = child->sibling)
		err = blob_node(blob, child);
	return err ?: fdt_end_node(blob);
}

static int blob_write(void *blob, int size, const struct tree *tree)
{
	int err = fdt_create(blob, size);

	if (!err)
		err = fdt_finish_reservemap(blob);
	if (!err)
		err = blob_node(blob, tree->nodes[0]);
	return err ?: fdt_finish(blob);
}

/* Puts what free() takes into *@blob. Returns NULL, or what went wrong. */
const char *output_blob(const struct tree *tree, void **blob, size_t *size)
{
	int room = 4096, err;

	for (;; room *= 2) {
		*blob = calloc(1, room);
		if (!*blob)
			return "no memory";
		err = blob_write(*blob, room, tree);
		if (!err)
			break;
		free(*blob);
		*blob = NULL;
		if (err != -FDT_ERR_NOSPACE || room >= 1 << 28)
			return fdt_strerror(err);
	}
	*size = fdt_totalsize(*blob);
	return NULL;
}
