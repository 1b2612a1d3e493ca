// SPDX-License-Identifier: GPL-2.0
/*
 * kernel_overlay - reads without a check: what was accepted must bear that
 */
#include <linux/types.h>
#include <string.h>

#include "fuzz.h"
#include "kernel_overlay.h"

/* More than any way to a controller can be long, without a circle. */
#define STEPS_MAX	20000

static u32 get(const u8 *at)
{
	return (u32)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

static void put(u8 *at, u32 value)
{
	at[0] = value >> 24;
	at[1] = value >> 16;
	at[2] = value >> 8;
	at[3] = value;
}

static const u8 *aligned(const u8 *blob, const u8 *at)
{
	return blob + ((at - blob + 3) & ~3);
}

static struct overlay_prop *find_prop(struct overlay_node *node, const char *name)
{
	struct overlay_prop *prop;

	for (prop = node->props; prop; prop = prop->next)
		if (!strcmp(prop->name, name))
			return prop;
	return NULL;
}

static struct overlay_node *find_child(struct overlay_node *node, const char *name, size_t len)
{
	struct overlay_node *child;

	for (child = node->child; child; child = child->next)
		if (!strncasecmp(child->name, name, len) && !child->name[len])
			return child;
	return NULL;
}

static const u8 *add_prop(struct overlay_node *node, const u8 *blob, const u8 *at)
{
	struct overlay_prop *prop = calloc(1, sizeof(*prop));

	prop->len = get(at + 4);
	prop->name = (const char *)blob + get(blob + 12) + get(at + 8);
	prop->value = malloc(prop->len ? prop->len : 1);
	memcpy(prop->value, at + 12, prop->len);
	prop->next = node->props;
	node->props = prop;
	if (!strcmp(prop->name, "phandle") || !strcmp(prop->name, "linux,phandle"))
		node->phandle = get(prop->value);
	if (!strcmp(prop->name, "name") || !strcmp(prop->name, "status"))
		ORACLE(strlen((char *)prop->value) < prop->len);
	return aligned(blob, at + 12 + prop->len);
}

static struct overlay_node *add_node(struct overlay_node *parent, const u8 *name)
{
	struct overlay_node *node = calloc(1, sizeof(*node));

	node->name = (const char *)name;
	node->parent = parent;
	if (parent) {
		node->next = parent->child;
		parent->child = node;
	}
	return node;
}

struct overlay_node *overlay_unflatten(const u8 *blob)
{
	struct overlay_node *root = NULL, *node = NULL;
	const u8 *at = blob + get(blob + 8);

	for (;;) {
		switch (get(at)) {
		case 1:
			node = add_node(node, at + 4);
			root = root ? root : node;
			at = aligned(blob, at + 4 + strlen(node->name) + 1);
			break;
		case 2:
			node = node->parent;
			at += 4;
			break;
		case 3:
			at = add_prop(node, blob, at);
			break;
		case 4:
			at += 4;
			break;
		default:
			return root;
		}
	}
}

void overlay_free(struct overlay_node *node)
{
	struct overlay_node *child;
	struct overlay_prop *prop;

	while ((child = node->child)) {
		node->child = child->next;
		overlay_free(child);
	}
	while ((prop = node->props)) {
		node->props = prop->next;
		free(prop->value);
		free(prop);
	}
	free(node);
}

static void relocate(struct overlay_node *node, u32 base)
{
	struct overlay_node *child;

	if (node->phandle) {
		ORACLE(node->phandle + base > base);
		node->phandle += base;
	}
	for (child = node->child; child; child = child->next)
		relocate(child, base);
}

static void adjust(struct overlay_node *fixes, struct overlay_node *node, u32 base)
{
	struct overlay_node *child, *twin;
	struct overlay_prop *list, *prop;
	u32 i;

	for (list = fixes->props; list; list = list->next) {
		prop = find_prop(node, list->name);
		ORACLE(prop && list->len && list->len % 4 == 0);
		for (i = 0; i < list->len; i += 4) {
			u8 *at = prop->value + get(list->value + i);

			put(at, get(at) + base);
		}
	}
	for (child = fixes->child; child; child = child->next) {
		twin = find_child(node, child->name, strlen(child->name));
		ORACLE(twin);
		adjust(child, twin, base);
	}
}

static struct overlay_node *find_path(struct overlay_node *node, const char *path, const char *end)
{
	const char *slash;

	/* The root's own, which are applied nowhere. */
	if (end - path == 1)
		return *path == '/' ? node : NULL;
	for (; node && path < end; path = slash) {
		path++;
		slash = memchr(path, '/', end - path);
		slash = slash ? slash : end;
		node = find_child(node, path, slash - path);
	}
	return node;
}

/* A label's phandle goes to every place of the list. */
static void fill_in(struct overlay_node *root, struct overlay_prop *label)
{
	const char *at = (char *)label->value, *end = at + label->len;
	struct overlay_node *node;
	struct overlay_prop *prop;
	char name[256];

	for (; at < end; at += strlen(at) + 1) {
		const char *colon = strchr(at, ':'), *second;

		ORACLE(colon);
		second = strchr(colon + 1, ':');
		ORACLE(second && second - colon <= (long)sizeof(name));
		memcpy(name, colon + 1, second - colon - 1);
		name[second - colon - 1] = '\0';
		node = find_path(root, at, colon);
		ORACLE(node);
		prop = find_prop(node, name);
		ORACLE(prop);
		put(prop->value + strtol(second + 1, NULL, 10), 0x77);
	}
}

static void check_label(struct overlay_node *root, struct overlay_prop *label)
{
	const char *path = (char *)label->value;
	struct overlay_node *node = find_path(root, path, path + strlen(path));

	ORACLE(node);
	while (node && strcmp(node->name, "__overlay__"))
		node = node->parent;
	ORACLE(node && node->parent && node->parent->parent == root);
}

/* Everything is given new phandles, and refers to them. */
void overlay_resolve(struct overlay_node *root, u32 base)
{
	struct overlay_node *fixes = find_child(root, "__local_fixups__", 16);
	struct overlay_node *labels = find_child(root, "__fixups__", 10);
	struct overlay_node *symbols = find_child(root, "__symbols__", 11);
	struct overlay_prop *prop;

	relocate(root, base);
	if (fixes)
		adjust(fixes, root, base);
	for (prop = labels ? labels->props : NULL; prop; prop = prop->next)
		fill_in(root, prop);
	for (prop = symbols ? symbols->props : NULL; prop; prop = prop->next)
		check_label(root, prop);
}

static struct overlay_node *by_phandle(struct overlay_node *node, u32 phandle)
{
	struct overlay_node *child, *found = NULL;

	if (node->phandle == phandle)
		return node;
	for (child = node->child; child && !found; child = child->next)
		found = by_phandle(child, phandle);
	return found;
}

/* What is outside of fragments is in the live tree, or nowhere. */
static struct overlay_node *parent_of(struct overlay_node *node)
{
	struct overlay_node *parent = node->parent;

	return strcmp(node->name, "__overlay__") ? parent : NULL;
}

static void follow(struct overlay_node *root, struct overlay_node *node)
{
	struct overlay_prop *parent;
	unsigned int steps = 0;

	while (node && !(find_prop(node, "interrupt-controller") &&
			 find_prop(node, "#interrupt-cells"))) {
		ORACLE(++steps < STEPS_MAX);
		parent = find_prop(node, "interrupt-parent");
		if (parent && parent->len >= 4)
			node = by_phandle(root, get(parent->value));
		else
			node = parent_of(node);
	}
}

/* The way of each node's interrupts comes to an end. */
void overlay_follow_interrupts(struct overlay_node *root, struct overlay_node *node)
{
	struct overlay_node *child;

	follow(root, node);
	for (child = node->child; child; child = child->next)
		overlay_follow_interrupts(root, child);
}
