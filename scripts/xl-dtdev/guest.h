/* SPDX-License-Identifier: GPL-2.0 */
/*
 * guest - the partial device tree of a guest
 *
 * What goes along: the devices given, and of what is below them all that has its
 * registers there, or needs none. Of each node its properties, but for those that
 * refer to a node that stays. Handles are given anew, where neither the host's nor
 * xl's own are.
 */
#ifndef XL_DTDEV_GUEST_H
#define XL_DTDEV_GUEST_H

#include "device.h"
#include "place.h"
#include "tree.h"

#define GUEST_HANDLE_FIRST	0x7e000000
#define GUEST_HANDLE_GIC	0xfde8		/* xl's interrupt controller */

/* A node of the host's tree and what becomes of it. */
struct guest_node {
	const struct tree_node *host;
	struct tree_node *made;
	const struct device *device;	/* NULL: a part of one */
	const struct device *whole;
};

struct guest {
	struct pool *pool;
	const struct judge *judge;
	struct device *devices;
	u32 device_count;
	struct place place;
	struct tree made;
	struct guest_node *nodes;
	u32 node_count;
	u32 handles;
	struct tree_node *relay;	/* controller of what dom0 passes on, or NULL */
	const char **notes;	/* for the administrator */
	u32 note_count;
};

void guest_note(struct guest *guest, const char *note);
const char *guest_label(const struct guest *guest, const struct guest_node *node,
			const char *name);
struct guest_node *guest_find(const struct guest *guest, const struct tree_node *host);
u32 guest_handle(struct guest *guest, struct tree_node *made);
void guest_put(struct guest *guest, struct tree_node *made, const char *name,
	       const void *data, u32 len);
void guest_put_cells(struct guest *guest, struct tree_node *made, const char *name,
		     const u32 *cells, u32 count);
void guest_put_cell(struct guest *guest, struct tree_node *made, const char *name, u32 cell);
const char *guest_unique(struct guest *guest, const struct tree_node *parent,
			 const char *name);
u32 guest_relay(struct guest *guest);
bool guest_is_bus(const struct tree_node *host);
bool guest_is_moved(const struct guest_node *node);
bool guest_has_translated(const struct guest *guest, const struct tree_node *host);

#endif
