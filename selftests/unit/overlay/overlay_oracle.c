// SPDX-License-Identifier: GPL-2.0
/* overlay_oracle - reads a tree, then looks at it from all sides */
#include <ctype.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "overlay_oracle.h"
#include "overlay_tree.h"

static const struct tree_prop *has(const struct tree_node *node, const char *name)
{
	return tree_prop(node, name, strlen(name));
}

/* Is it below one of these nodes, or one itself? */
static bool is_within(const struct tree_node *node, const struct tree_node *top)
{
	for (; node; node = node->parent)
		if (node == top)
			return true;
	return false;
}

static const char *const specials[] = { "__symbols__", "__fixups__", "__local_fixups__" };

static bool is_special(const struct tree *tree, const struct tree_node *node)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		const struct tree_node *top = tree_child(tree->root, specials[i],
							 strlen(specials[i]));

		if (top && is_within(node, top))
			return true;
	}
	return false;
}

/* The value is text that ends where the value does. */
static bool ends(const struct tree_prop *prop)
{
	return prop->len && !prop->value[prop->len - 1];
}

static bool is_one_string(const struct tree_prop *prop)
{
	return ends(prop) && prop->len > 1 && strlen((char *)prop->value) == prop->len - 1;
}

static bool is_number(const struct tree_prop *prop, u32 least, u32 most)
{
	return prop->len == 4 && tree_u32(prop->value) >= least &&
	       tree_u32(prop->value) <= most;
}

static bool is_named(const struct tree_prop *prop, const char *name)
{
	size_t len = strcspn(name, "@");

	return ends(prop) && strlen((char *)prop->value) == len && prop->len == len + 1 &&
	       !strncmp((char *)prop->value, name, len);
}

static bool prop_is_good(const struct tree_node *node, const struct tree_prop *prop)
{
	size_t len = strlen(prop->name);

	if (!strcmp(prop->name, "name"))
		return is_named(prop, node->name);
	if (!strcmp(prop->name, "phandle") || !strcmp(prop->name, "linux,phandle"))
		return is_number(prop, 1, 0x3fffffff) && tree_u32(prop->value) == node->phandle;
	if (!strcmp(prop->name, "compatible") || !strcmp(prop->name, "status") ||
	    !strcmp(prop->name, "device_type") || !strcmp(prop->name, "model"))
		return ends(prop);
	if (!strcmp(prop->name, "#address-cells") || !strcmp(prop->name, "#size-cells"))
		return is_number(prop, 0, 4);
	if (len > 7 && prop->name[0] == '#' && !strcmp(prop->name + len - 6, "-cells"))
		return is_number(prop, 0, 8);
	return true;
}

static bool name_is_good(const char *name)
{
	if (name[0] != '_' || name[1] != '_')
		return true;
	while (*name == '_' || islower(*name))
		name++;
	return !*name;
}

/* Labels' and references' names are anything but what the kernel reads itself. */
static bool special_is_good(const struct tree_node *node)
{
	return !has(node, "name") && !has(node, "phandle") && !has(node, "linux,phandle");
}

static bool nodes_are_good(struct tree *tree)
{
	struct tree_node *node;
	u32 i, p;

	for (i = 0; i < tree->node_count; i++) {
		node = &tree->nodes[i];
		if (!name_is_good(node->name))
			return false;
		if (is_special(tree, node)) {
			if (!special_is_good(node))
				return false;
			continue;
		}
		node->phandle = tree_phandle(node);
		for (p = 0; p < node->prop_count; p++)
			if (!prop_is_good(node, &node->props[p]))
				return false;
		if (node->phandle && tree_by_phandle(tree, node->phandle) != node)
			return false;
	}
	return true;
}

/* Each offset is that of four bytes of the property that it is about. */
static bool offsets_are_good(const struct tree_prop *list, const struct tree_prop *of)
{
	u32 i;

	if (!of || !list->len || list->len & 3)
		return false;
	for (i = 0; i < list->len; i += 4)
		if ((u64)tree_u32(list->value + i) + 4 > of->len)
			return false;
	return true;
}

static bool locals_are_good(const struct tree_node *about, struct tree_node *node,
			    const struct tree_node *top)
{
	struct tree_node *child;
	u32 i;

	for (i = 0; i < about->prop_count; i++)
		if (!offsets_are_good(&about->props[i], has(node, about->props[i].name)))
			return false;
	node->about = about;
	for (child = about->child; child; child = child->next) {
		struct tree_node *twin = tree_child(node, child->name, strlen(child->name));

		if (!twin || is_within(twin, top) || !locals_are_good(child, twin, top))
			return false;
	}
	return true;
}

static bool refers(const struct tree_node *node, const char *name, u32 offset)
{
	const struct tree_prop *list = node->about ? has(node->about, name) : NULL;
	u32 i;

	for (i = 0; list && i < list->len; i += 4)
		if (tree_u32(list->value + i) == offset)
			return true;
	return false;
}

static bool fragments_are_good(const struct tree *tree)
{
	const struct tree_prop *target, *path;
	struct tree_node *node;
	bool any = false;

	for (node = tree->root->child; node; node = node->next) {
		if (!tree_child(node, "__overlay__", 11))
			continue;
		any = true;
		target = has(node, "target");
		path = has(node, "target-path");
		if (is_special(tree, node))
			return false;
		if (target ? target->len != 4 || refers(node, "target", 0) :
			     !path || !is_one_string(path))
			return false;
	}
	return any;
}

/* "PATH:PROPERTY:OFFSET", and the room for a phandle there. */
static bool place_is_good(const struct tree *tree, const char *text)
{
	size_t path = strcspn(text, ":"), name, digits;
	const struct tree_node *node = tree_at(tree, text, path);
	const struct tree_prop *prop;

	if (!node || text[path] != ':')
		return false;
	text += path + 1;
	name = strcspn(text, ":");
	prop = tree_prop(node, text, name);
	if (!prop || text[name] != ':')
		return false;
	text += name + 1;
	digits = strspn(text, "0123456789");
	return digits && digits <= 7 && !text[digits] && atoi(text) + 4 <= (int)prop->len;
}

static bool labels_are_good(const struct tree *tree, const struct tree_node *fixups)
{
	u32 i, at, count = 0;

	for (i = 0; i < fixups->prop_count; i++) {
		const struct tree_prop *prop = &fixups->props[i];

		if (prop->len && !ends(prop))
			return false;
		for (at = 0; at < prop->len; at += strlen((char *)prop->value + at) + 1)
			if (++count > 4096 || !place_is_good(tree, (char *)prop->value + at))
				return false;
	}
	return true;
}

/* The label's node is a fragment's contents, or within. */
static bool symbols_are_good(const struct tree *tree, const struct tree_node *symbols)
{
	const struct tree_node *node;
	u32 i;

	for (i = 0; i < symbols->prop_count; i++) {
		const struct tree_prop *prop = &symbols->props[i];

		if (!is_one_string(prop))
			return false;
		node = tree_at(tree, (char *)prop->value, prop->len - 1);
		while (node && node->depth > 2)
			node = node->parent;
		if (!node || node->depth != 2 || strcmp(node->name, "__overlay__"))
			return false;
	}
	return true;
}

static bool is_controller(const struct tree_node *node)
{
	return has(node, "interrupt-controller") && has(node, "#interrupt-cells");
}

/* What will be meant in the overlay, once the kernel has given it its phandles. */
static const struct tree_node *meant(const struct tree *tree, const struct tree_node *node,
				     const struct tree_prop *prop, u32 at)
{
	u32 value = tree_u32(prop->value + at);

	if (refers(node, prop->name, at))
		return tree_by_phandle(tree, value);
	return value > tree->base ? tree_by_phandle(tree, value - tree->base) : NULL;
}

static const struct tree_node *onward(const struct tree *tree, const struct tree_node *node)
{
	const struct tree_prop *parent = has(node, "interrupt-parent");

	if (is_controller(node))
		return NULL;
	if (parent && parent->len >= 4)
		return meant(tree, node, parent, 0);
	return node->depth > 2 ? node->parent : NULL;
}

/* How many nodes a way is long; more than there are is a circle. */
static u32 way_length(const struct tree *tree, const struct tree_node *node)
{
	u32 length;

	for (length = 0; node && length <= tree->node_count; length++)
		node = onward(tree, node);
	return length;
}

static bool map_is_good(const struct tree *tree, const struct tree_node *node)
{
	const struct tree_prop *map = has(node, "interrupt-map");
	const struct tree_node *to;
	u32 i;

	for (i = 0; map && i + 4 <= map->len; i += 4) {
		to = meant(tree, node, map, i);
		if (to && to != node && (has(to, "interrupt-map") || !is_controller(to)))
			return false;
	}
	return true;
}

static enum overlay_verdict ways_are_good(const struct tree *tree)
{
	enum overlay_verdict verdict = OVERLAY_GOOD;
	u32 i, length;

	for (i = 0; i < tree->node_count; i++) {
		length = way_length(tree, &tree->nodes[i]);
		if (length > tree->node_count || !map_is_good(tree, &tree->nodes[i]))
			return OVERLAY_BAD;
		if (length > 64)
			verdict = OVERLAY_EITHER;
	}
	return verdict;
}

static enum overlay_verdict judge_tree(struct tree *tree)
{
	struct tree_node *special[3];
	u32 i;

	for (i = 0; i < 3; i++)
		special[i] = tree_child(tree->root, specials[i], strlen(specials[i]));
	if (!nodes_are_good(tree) ||
	    (special[2] && !locals_are_good(special[2], tree->root, special[2])) ||
	    !fragments_are_good(tree) ||
	    (special[1] && !labels_are_good(tree, special[1])) ||
	    (special[0] && !symbols_are_good(tree, special[0])))
		return OVERLAY_BAD;
	return ways_are_good(tree);
}

enum overlay_verdict overlay_judge(const u8 *data, u32 size, u32 phandle_base)
{
	struct tree tree = { .base = phandle_base };
	enum overlay_verdict verdict = OVERLAY_BAD;

	if (tree_read(&tree, data, size))
		verdict = judge_tree(&tree);
	tree_free(&tree);
	return verdict;
}
