/* SPDX-License-Identifier: GPL-2.0 */
/*
 * binding - which properties refer to other nodes, and how
 *
 * A reference is a handle, followed by as many cells as a property of its target
 * says, or by none. The table has what bindings have in common; what is one
 * vendor's own is known by what its target declares.
 */
#ifndef DTDEV_CORE_BINDING_H
#define DTDEV_CORE_BINDING_H

#include <linux/types.h>

enum dtdev_binding_kind {
	DTDEV_BINDING_NONE = 0,	/* nothing that is known to refer */
	DTDEV_BINDING_CELLS,	/* handles, each with cells of its own */
	DTDEV_BINDING_PLAIN,	/* handles, nothing else */
	DTDEV_BINDING_FIRST,	/* one handle, then numbers */
	DTDEV_BINDING_MAP,	/* rows of four cells, one of them a handle */
	DTDEV_BINDING_ROUTES,	/* interrupt-map: has readers of its own */
};

struct dtdev_binding {
	enum dtdev_binding_kind kind;
	const char *cells;	/* of DTDEV_BINDING_CELLS: property of the target */
	bool optional;		/* and without that: no cells */
	bool held;		/* dom0 does it for a device that is taken */
	u8 column;		/* of DTDEV_BINDING_MAP: where in a row */
};

#define DTDEV_BINDING_ROW	4
#define DTDEV_BINDING_NAME_MAX	64

bool dtdev_binding_is_special(const char *node, bool top);
struct dtdev_binding dtdev_binding_find(const char *property);
bool dtdev_binding_is_number(const char *property);
bool dtdev_binding_is_needed(const char *property);
bool dtdev_binding_cells_name(const char *property, unsigned int variant,
			      char *name, size_t size);
bool dtdev_binding_names(const char *property, char *name, size_t size);

#endif
