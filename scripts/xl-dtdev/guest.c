// SPDX-License-Identifier: GPL-2.0
/*
 * guest - its nodes, and what can be put into them
 */
#include <ctype.h>
#include <string.h>

#include "address.h"
#include "guest.h"

/* One line, whatever the tree's strings in it are, and once: an interrupt may be there twice. */
void guest_note(struct guest *guest, const char *note)
{
	char *line = pool_text(guest->pool, "%s", note), *at;
	u32 i;

	for (at = line; *at; at++)
		if (iscntrl((unsigned char)*at))
			*at = '?';
	for (i = 0; i < guest->note_count; i++)
		if (!strcmp(guest->notes[i], line))
			return;
	guest->notes = pool_grow(guest->pool, guest->notes, guest->note_count,
				 sizeof(*guest->notes));
	guest->notes[guest->note_count++] = line;
}

/* @name as a property of @node, seen from its device; said of whom, if of several. */
const char *guest_label(const struct guest *guest, const struct guest_node *node,
			const char *name)
{
	const struct tree_node *whole = node->whole->node;
	const char *below = node->host->path + strlen(whole->path);
	bool several = guest->device_count > 1;

	while (*below == '/')
		below++;
	return pool_text(guest->pool, "%s%s%s%s%s", several ? whole->name : "",
			 several ? "/" : "", below, *below && *name ? "/" : "", name);
}

struct guest_node *guest_find(const struct guest *guest, const struct tree_node *host)
{
	u32 i;

	for (i = 0; i < guest->node_count; i++)
		if (guest->nodes[i].host == host)
			return &guest->nodes[i];
	return NULL;
}

u32 guest_handle(struct guest *guest, struct tree_node *made)
{
	if (!made->handle)
		made->handle = GUEST_HANDLE_FIRST + guest->handles++;
	return made->handle;
}

void guest_put(struct guest *guest, struct tree_node *made, const char *name,
	       const void *data, u32 len)
{
	tree_add_property(&guest->made, made, name, data, len);
}

void guest_put_cells(struct guest *guest, struct tree_node *made, const char *name,
		     const u32 *cells, u32 count)
{
	u8 *data = pool_take(guest->pool, (size_t)count * 4);
	u32 i;

	for (i = 0; i < count; i++) {
		data[i * 4] = cells[i] >> 24;
		data[i * 4 + 1] = cells[i] >> 16;
		data[i * 4 + 2] = cells[i] >> 8;
		data[i * 4 + 3] = cells[i];
	}
	guest_put(guest, made, name, data, count * 4);
}

void guest_put_cell(struct guest *guest, struct tree_node *made, const char *name, u32 cell)
{
	guest_put_cells(guest, made, name, &cell, 1);
}

/* Are the parts of @host where the CPU sees them? */
bool guest_is_bus(const struct tree_node *host)
{
	return tree_property(host, "ranges") && host->child &&
	       address_size_cells(host->child);
}

/* Has @node registers whose address becomes the guest's own? */
bool guest_is_moved(const struct guest_node *node)
{
	return node->device || guest_is_bus(node->host->parent);
}

/* Do addresses below @host become the guest's own? */
bool guest_has_translated(const struct guest *guest, const struct tree_node *host)
{
	u32 i;

	if (!guest_is_bus(host) || !guest_find(guest, host))
		return false;
	/* What is made up for it, as a fixed link, has no address. */
	for (i = 0; i < guest->node_count; i++)
		if (guest->nodes[i].host->parent == host)
			return true;
	return false;
}

/* A name that no sibling has. */
const char *guest_unique(struct guest *guest, const struct tree_node *parent,
			 const char *name)
{
	const char *is = name;
	u32 number = 1;

	while (tree_child(parent, is))
		is = pool_text(guest->pool, "%s-%u", name, ++number);
	return is;
}

/* The handle of the controller that stands for dom0; there is one for all devices. */
u32 guest_relay(struct guest *guest)
{
	struct tree_node *bus = guest->made.nodes[0]->child;

	if (!guest->relay) {
		guest->relay = tree_add(&guest->made, bus,
					guest_unique(guest, bus, "interrupt-controller"));
		guest_put(guest, guest->relay, "compatible", "xen,dtdev-irq",
			  sizeof("xen,dtdev-irq"));
		guest_put(guest, guest->relay, "interrupt-controller", "", 0);
		guest_put_cell(guest, guest->relay, "#interrupt-cells", 2);
	}
	return guest_handle(guest, guest->relay);
}
