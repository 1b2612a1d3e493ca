// SPDX-License-Identifier: GPL-2.0
/* overlay_tree - reads a flattened tree by recursion */
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "overlay_tree.h"

#define NODES_MAX	4096
#define PROPS_MAX	512
#define DEPTH_MAX	48
#define NAME_MAX	127

struct reader {
	struct tree *tree;
	const u8 *data;
	u32 at, end;		/* of the structure */
	const char *strings;
	u32 strings_len;
};

u32 tree_u32(const u8 *at)
{
	u32 value = 0, i;

	for (i = 0; i < 4; i++)
		value = value * 256 + at[i];
	return value;
}

const struct tree_prop *tree_prop(const struct tree_node *node, const char *name, size_t len)
{
	u32 i;

	for (i = 0; i < node->prop_count; i++)
		if (strlen(node->props[i].name) == len && !memcmp(node->props[i].name, name, len))
			return &node->props[i];
	return NULL;
}

struct tree_node *tree_child(const struct tree_node *node, const char *name, size_t len)
{
	struct tree_node *child;

	for (child = node->child; child; child = child->next)
		if (strlen(child->name) == len && !strncasecmp(child->name, name, len))
			return child;
	return NULL;
}

/* "/" is the root; each other has a step behind each slash. */
struct tree_node *tree_at(const struct tree *tree, const char *path, size_t len)
{
	struct tree_node *node = tree->root;
	size_t at = 0, step;

	if (!len || *path != '/')
		return NULL;
	for (; len > 1 && node && at < len; at += step) {
		at++;
		for (step = 0; at + step < len && path[at + step] != '/'; step++)
			;
		node = step ? tree_child(node, path + at, step) : NULL;
	}
	return node;
}

u32 tree_phandle(const struct tree_node *node)
{
	const struct tree_prop *prop = tree_prop(node, "phandle", 7);

	if (!prop)
		prop = tree_prop(node, "linux,phandle", 13);
	return prop && prop->len == 4 ? tree_u32(prop->value) : 0;
}

const struct tree_node *tree_by_phandle(const struct tree *tree, u32 phandle)
{
	u32 i;

	for (i = 0; phandle && i < tree->node_count; i++)
		if (tree->nodes[i].phandle == phandle)
			return &tree->nodes[i];
	return NULL;
}

/* Takes the next word that means something. Returns false where there is none. */
static bool take_token(struct reader *r, u32 *token)
{
	do {
		if (r->end - r->at < 4)
			return false;
		*token = tree_u32(r->data + r->at);
		r->at += 4;
	} while (*token == 4);
	return true;
}

/* Goes on behind @len bytes and what fills them up. */
static bool skip(struct reader *r, u32 len)
{
	u64 next = (r->at + (u64)len + 3) / 4 * 4;

	if (len > r->end - r->at || next > r->end)
		return false;
	r->at = next;
	return true;
}

static bool is_word(const char *text, const char *unwanted)
{
	size_t len = 0;

	for (; text[len]; len++)
		if (text[len] < 0x21 || text[len] > 0x7e || strchr(unwanted, text[len]))
			return false;
	return len <= NAME_MAX;
}

static bool read_prop(struct reader *r, struct tree_node *node)
{
	struct tree_prop *prop = &r->tree->props[r->tree->prop_count];
	u32 name;

	if (r->end - r->at < 8)
		return false;
	prop->len = tree_u32(r->data + r->at);
	name = tree_u32(r->data + r->at + 4);
	r->at += 8;
	prop->value = r->data + r->at;
	if (name >= r->strings_len || !memchr(r->strings + name, 0, r->strings_len - name))
		return false;
	prop->name = r->strings + name;
	if (!*prop->name || !is_word(prop->name, "") || node->prop_count == PROPS_MAX ||
	    tree_prop(node, prop->name, strlen(prop->name)))
		return false;
	if (!node->prop_count)
		node->props = prop;
	node->prop_count++;
	r->tree->prop_count++;
	return skip(r, prop->len);
}

static struct tree_node *new_node(struct reader *r, struct tree_node *parent)
{
	const char *name = (const char *)r->data + r->at;
	struct tree_node *node = &r->tree->nodes[r->tree->node_count];

	if (!memchr(name, 0, r->end - r->at) || r->tree->node_count == NODES_MAX ||
	    !is_word(name, "/") || !*name != !parent)
		return NULL;
	if (parent && (parent->depth == DEPTH_MAX || tree_child(parent, name, strlen(name))))
		return NULL;
	r->tree->node_count++;
	node->name = name;
	node->parent = parent;
	if (parent) {
		node->depth = parent->depth + 1;
		if (parent->last)
			parent->last->next = node;
		else
			parent->child = node;
		parent->last = node;
	}
	return skip(r, strlen(name) + 1) ? node : NULL;
}

/* Behind its begin, up to its end: properties, then children. */
static struct tree_node *read_node(struct reader *r, struct tree_node *parent)
{
	struct tree_node *node = new_node(r, parent);
	u32 token;

	if (!node)
		return NULL;
	while (take_token(r, &token)) {
		if (token == 2)
			return node;
		if (token == 3 && !node->child && read_prop(r, node))
			continue;
		if (token == 1 && read_node(r, node))
			continue;
		return NULL;
	}
	return NULL;
}

/* Does a part lie behind the header, and within? */
static bool is_part(u32 size, u32 at, u32 len)
{
	return at >= 40 && (u64)at + len <= size;
}

static bool read_header(struct reader *r, const u8 *data, u32 size)
{
	u32 structure, strings, strings_len, structure_len, reservations;

	if (size < 40 || size > 0x100000 || tree_u32(data) != 0xd00dfeed ||
	    tree_u32(data + 4) != size || tree_u32(data + 20) < 17 || tree_u32(data + 24) > 17)
		return false;
	structure = tree_u32(data + 8);
	strings = tree_u32(data + 12);
	reservations = tree_u32(data + 16);
	strings_len = tree_u32(data + 32);
	structure_len = tree_u32(data + 36);
	if (!is_part(size, structure, structure_len) || structure % 4 ||
	    !is_part(size, strings, strings_len) ||
	    !is_part(size, reservations, 16) || reservations % 8)
		return false;
	if (!(structure + structure_len <= strings || strings + strings_len <= structure))
		return false;
	r->data = data;
	r->at = structure;
	r->end = structure + structure_len;
	r->strings = (const char *)data + strings;
	r->strings_len = strings_len;
	return true;
}

bool tree_read(struct tree *tree, const u8 *data, u32 size)
{
	struct reader r = { .tree = tree };
	u32 token;

	if (!read_header(&r, data, size))
		return false;
	tree->nodes = calloc((r.end - r.at) / 8 + 1, sizeof(*tree->nodes));
	tree->props = calloc((r.end - r.at) / 12 + 1, sizeof(*tree->props));
	if (!take_token(&r, &token) || token != 1)
		return false;
	tree->root = read_node(&r, NULL);
	return tree->root && take_token(&r, &token) && token == 9 && r.at == r.end;
}

void tree_free(struct tree *tree)
{
	free(tree->nodes);
	free(tree->props);
}
