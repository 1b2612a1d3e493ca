/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refs - who refers to whom
 *
 * A property refers to nodes if the bindings' table says so; or, unknown to that,
 * by its shape: its cells come out even with what the nodes declare that they
 * would be handles of; or it is a vendor's own and begins with the handle of
 * registers that are there for everybody, or with a handle that, in a tree that gives
 * handles only to who is referred to, no other property accounts for.
 */
#ifndef XL_DTDEV_REFS_H
#define XL_DTDEV_REFS_H

#include "binding.h"
#include "tree.h"

struct ref {
	struct tree_node *user;
	const struct tree_property *property;
	struct tree_node *target;	/* NULL: the handle is nobody's */
	u32 at;				/* cell of the handle */
	u32 cells;			/* that follow it */
};

struct refs {
	const struct tree *tree;
	struct ref *list;
	u32 count;
	bool *known;	/* by index in by_handle: somebody refers to it */
	bool settled;	/* and no more are looked for */
	bool scarce;	/* nodes have handles only if somebody refers to them */
};

void refs_read(struct refs *refs, const struct tree *tree);

#endif
