/* SPDX-License-Identifier: GPL-2.0 */
/*
 * interrupts - whose, and which
 */
#ifndef XL_DTDEV_INTERRUPTS_H
#define XL_DTDEV_INTERRUPTS_H

#include "spi.h"
#include "tree.h"

#define INTERRUPT_CELLS_MAX	16
#define INTERRUPTS_MAX		256	/* of a node that are looked at */

struct interrupt {
	struct tree_node *named;	/* the controller that the node names */
	u32 cells[INTERRUPT_CELLS_MAX];	/* for that */
	u32 count;
	struct tree_node *last;		/* where it ends, or NULL: nowhere */
	u32 last_cells[INTERRUPT_CELLS_MAX];
	u32 last_count;
	bool is_spi;	/* in the end it is the machine's main controller's */
	struct dtdev_spi spi;
	bool is_nobodys;	/* of a kind that no guest can have */
	u32 other;	/* its number, if it is another controller's */
};

bool interrupts_get(const struct tree *tree, const struct tree_node *node,
		    u32 index, struct interrupt *interrupt);
bool interrupts_are_one(const struct interrupt *a, const struct interrupt *b);
const char *interrupts_uneven(const struct tree *tree, const struct tree_node *node);
bool interrupts_is_main(const struct tree *tree, const struct tree_node *node);

#endif
