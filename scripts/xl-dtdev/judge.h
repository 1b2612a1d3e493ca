/* SPDX-License-Identifier: GPL-2.0 */
/*
 * judge - what a tree alone says about giving a node away
 */
#ifndef XL_DTDEV_JUDGE_H
#define XL_DTDEV_JUDGE_H

#include "interrupts.h"
#include "pages.h"
#include "refs.h"
#include "report.h"
#include "tree.h"

struct judge_interrupt {
	struct tree_node *owner;
	struct interrupt interrupt;
};

struct judge_region {
	struct tree_node *owner;
	struct dtdev_region region;
};

/* A tree, and what is asked of it again and again. */
struct judge {
	const struct tree *tree;
	struct refs refs;
	struct judge_region *regions;
	u32 region_count;
	struct judge_interrupt *interrupts;
	u32 interrupt_count;
	struct tree_node **devices;	/* that may be given: plan's candidates */
	u32 device_count;
	bool *users;	/* by index of the node: scratch */
	const struct tree_node **together;	/* these go to one guest; NULL: one by one */
	u32 together_count;
};

void judge_read(struct judge *judge, const struct tree *tree);
bool judge_is_candidate(const struct judge *judge, const struct tree_node *node);
const char *judge_note(const struct judge *judge, const struct tree_node *node);
const char *judge_unfit(const struct judge *judge, const struct tree_node *node);
void judge_node(const struct judge *judge, const struct tree_node *node,
		struct dtdev_report *report);

#endif
