// SPDX-License-Identifier: GPL-2.0
/*
 * copy - which properties a guest's node has, and what becomes of handles in them
 */
#include <linux/kernel.h>
#include <string.h>

#include "address.h"
#include "copy.h"

/* What is written anew, or means nothing in a guest. */
static bool copy_is_structure(const char *name)
{
	static const char * const structure[] = {
		"name", "status", "phandle", "linux,phandle", "ranges",
		"interrupts", "interrupts-extended", "interrupt-parent",
		"interrupt-names", "clock-ranges", "assigned-clock-rates",
		"assigned-clock-rates-u64", "pinctrl-names", "iommus", "dma-coherent",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(structure); i++)
		if (!strcmp(structure[i], name))
			return true;
	return !strncmp(name, "xen,", 4);
}

/* Registers and clocks of a device are xen-dtdev's matter. */
static bool copy_is_anew(const struct guest *guest, const struct guest_node *node,
			 const char *name)
{
	bool translated = guest_has_translated(guest, node->host);

	if (!strcmp(name, "reg"))
		return guest_is_moved(node);
	if (!strcmp(name, "clocks") || !strcmp(name, "clock-names"))
		return node->device;
	return translated && (!strcmp(name, "#address-cells") || !strcmp(name, "#size-cells"));
}

static void copy_leave(struct guest *guest, const struct guest_node *node,
		       const char *name, const char *why)
{
	guest_note(guest, pool_text(guest->pool, "left out: %s (%s)",
				    guest_label(guest, node, name), why));
}

/* Why references of @property cannot go along; NULL: they can. */
static const char *copy_stays(const struct guest *guest,
			      const struct tree_property *property)
{
	const struct ref *ref;
	u32 i;

	for (i = property->ref; i < property->ref + property->ref_count; i++) {
		ref = &guest->judge->refs.list[i];
		if (!ref->target)
			return "it refers to a node that is not there";
		if (!guest_find(guest, ref->target))
			return pool_text(guest->pool, "%s stays", ref->target->path);
	}
	return NULL;
}

/* With the guest's handles in it. */
static void copy_references(struct guest *guest, const struct guest_node *node,
			    const struct tree_property *property)
{
	u32 count = tree_cells(property), i;
	u32 *cells = pool_take(guest->pool, (size_t)count * sizeof(*cells));
	const struct ref *ref;

	for (i = 0; i < count; i++)
		cells[i] = tree_cell(property, i);
	for (i = property->ref; i < property->ref + property->ref_count; i++) {
		ref = &guest->judge->refs.list[i];
		cells[ref->at] = guest_handle(guest, guest_find(guest, ref->target)->made);
	}
	guest_put_cells(guest, node->made, property->name, cells, count);
}

/* Does dom0 see to what @property is about? Then there is no more to say. */
static bool copy_is_held(const struct guest_node *node, const char *name)
{
	return node->device && dtdev_binding_find(name).held;
}

/* Are the entries of another list that stays named by @name? */
static bool copy_is_orphan(const struct guest *guest, const struct guest_node *node,
			   const char *name)
{
	char names[DTDEV_BINDING_NAME_MAX];
	const struct tree_property *list;
	u32 i;

	for (i = 0; i < node->host->property_count; i++) {
		list = &node->host->properties[i];
		if (list->ref_count && dtdev_binding_names(list->name, names, sizeof(names)) &&
		    !strcmp(names, name))
			return copy_is_held(node, list->name) || copy_stays(guest, list);
	}
	return false;
}

static void copy_property(struct guest *guest, const struct guest_node *node,
			  const struct tree_property *property)
{
	enum dtdev_binding_kind kind = dtdev_binding_find(property->name).kind;
	const char *why;

	if (copy_is_structure(property->name) || copy_is_anew(guest, node, property->name) ||
	    copy_is_held(node, property->name) ||
	    copy_is_orphan(guest, node, property->name))
		return;
	if (kind == DTDEV_BINDING_MAP || kind == DTDEV_BINDING_ROUTES ||
	    !strcmp(property->name, "dma-ranges")) {
		copy_leave(guest, node, property->name, "it is about other nodes' numbers");
		return;
	}
	why = copy_stays(guest, property);
	if (!why && kind && !property->ref_count && property->len)
		why = "it refers to a node that is not there";
	if (why)
		copy_leave(guest, node, property->name, why);
	else if (property->ref_count)
		copy_references(guest, node, property);
	else
		guest_put(guest, node->made, property->name, property->data, property->len);
}

/* What the buses above say of a device holds for it. */
static bool copy_is_coherent(const struct tree_node *node)
{
	for (; node; node = node->parent)
		if (tree_property(node, "dma-coherent"))
			return true;
	return false;
}

/* A card that nothing detects is looked for. */
static void copy_card(struct guest *guest, const struct guest_node *node)
{
	const struct tree_property *detect = tree_property(node->host, "cd-gpios");

	if (detect && copy_stays(guest, detect) &&
	    !tree_property(node->host, "broken-cd") &&
	    !tree_property(node->host, "non-removable"))
		guest_put(guest, node->made, "broken-cd", "", 0);
}

/* Has the guest's node a link by what the host's has, as a node or, of old, a property? */
static bool copy_has_link(const struct guest_node *node)
{
	return tree_child(node->made, "fixed-link") || tree_property(node->made, "fixed-link");
}

/* A PHY that stays is, to the guest, a link of the speed that the tree gives it. */
static void copy_link(struct guest *guest, const struct guest_node *node)
{
	const struct tree_property *handle = tree_property(node->host, "phy-handle");
	const struct tree_node *phy;
	struct tree_node *link;
	u32 speed;

	if (!handle || !handle->ref_count || !copy_stays(guest, handle) ||
	    copy_has_link(node))
		return;
	phy = guest->judge->refs.list[handle->ref].target;
	if (!tree_u32(node->host, "max-speed", &speed) &&
	    !(phy && tree_u32(phy, "max-speed", &speed))) {
		copy_leave(guest, node, "fixed-link", "the tree does not tell its speed");
		return;
	}
	link = tree_add(&guest->made, node->made, "fixed-link");
	guest_put_cells(guest, link, "speed", &speed, 1);
	guest_put(guest, link, "full-duplex", "", 0);
}

/* Everything that @node has in the guest by what it has in the host. */
void copy_properties(struct guest *guest, const struct guest_node *node)
{
	u32 i;

	for (i = 0; i < node->host->property_count; i++)
		copy_property(guest, node, &node->host->properties[i]);
	copy_card(guest, node);
	if (!node->device)
		return;
	if (copy_is_coherent(node->host))
		guest_put(guest, node->made, "dma-coherent", "", 0);
	copy_link(guest, node);
}
