/* SPDX-License-Identifier: GPL-2.0 */
/*
 * blob - a flattened device tree that nobody vouches for
 *
 * The format is that of the Devicetree Specification, chapter 5. Reading one
 * finds out, before anything else looks, that it is well-formed and of
 * reasonable size, and makes a table of its nodes, parents first. What follows
 * from that table can then rely on it.
 */
#ifndef DTOVL_CORE_BLOB_H
#define DTOVL_CORE_BLOB_H

#include <linux/types.h>

#define DTOVL_BLOB_MAX		0x100000	/* bytes */
#define DTOVL_NODES_MAX		4096
#define DTOVL_PROPS_MAX		512		/* of one node */
#define DTOVL_DEPTH_MAX		48		/* the kernel warns at 63 */
#define DTOVL_NAME_MAX		127		/* characters */

#define DTOVL_NONE		0xffffffff	/* no node */
#define DTOVL_ROOT		0

struct dtovl_node {
	u32 name;	/* offset of its name */
	u32 props;	/* offset of what follows its name */
	u32 parent;	/* number of a node, or DTOVL_NONE */
	u32 depth;	/* the root's is 0 */
	u32 phandle;	/* 0: none */
	u32 fixes;	/* number of the node in __local_fixups__, or DTOVL_NONE */
	u32 safe;	/* no loop of interrupt parents begins here */
};

struct dtovl_blob {
	const u8 *data;
	u32 size;
	u32 phandle_base;	/* what the kernel will add to its phandles */
	u32 struct_at, struct_end;
	u32 strings_at, strings_end;
	struct dtovl_node *nodes;	/* the caller's, DTOVL_NODES_MAX */
	u32 node_count;
};

struct dtovl_prop {
	const char *name;
	const u8 *value;	/* need not be aligned beyond four bytes */
	u32 len;
};

/* What is wrong, and where. */
struct dtovl_fault {
	const char *what;
	u32 at;		/* offset */
	u32 node;	/* or DTOVL_NONE */
};

int dtovl_blob_size(const void *head, u32 len, u32 *size);
int dtovl_blob_read(struct dtovl_blob *blob, struct dtovl_fault *fault);

u32 dtovl_be32(const u8 *value);
const char *dtovl_node_name(const struct dtovl_blob *blob, u32 node);
u32 dtovl_node_child(const struct dtovl_blob *blob, u32 parent,
		     const char *name, u32 len);
u32 dtovl_node_at(const struct dtovl_blob *blob, const char *path, u32 len);
bool dtovl_node_under(const struct dtovl_blob *blob, u32 node, u32 above);
bool dtovl_prop_next(const struct dtovl_blob *blob, u32 *at,
		     struct dtovl_prop *prop);
bool dtovl_prop_find(const struct dtovl_blob *blob, u32 node,
		     const char *name, struct dtovl_prop *prop);
bool dtovl_prop_is_string(const struct dtovl_prop *prop);
int dtovl_fault(struct dtovl_fault *fault, const char *what, u32 at, u32 node);

#endif
