// SPDX-License-Identifier: GPL-2.0
/*
 * blob - reads the format, and looks things up in what was read
 *
 * Pure: any context, no allocation. The blob is never written to.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "blob.h"

#define BLOB_MAGIC	0xd00dfeed
#define BLOB_VERSION	17

/* Offsets of the header's members. */
enum {
	BLOB_AT_MAGIC = 0,
	BLOB_AT_SIZE = 4,
	BLOB_AT_STRUCT = 8,
	BLOB_AT_STRINGS = 12,
	BLOB_AT_RESERVED = 16,
	BLOB_AT_VERSION = 20,
	BLOB_AT_COMPATIBLE = 24,
	BLOB_AT_STRINGS_SIZE = 32,
	BLOB_AT_STRUCT_SIZE = 36,
	BLOB_HEADER_SIZE = 40,
};

enum {
	TOKEN_BEGIN_NODE = 1,
	TOKEN_END_NODE = 2,
	TOKEN_PROP = 3,
	TOKEN_NOP = 4,
	TOKEN_END = 9,
};

/* Where reading is. */
struct blob_cursor {
	u32 at;
	u32 node;	/* that is open, or DTOVL_NONE */
	u32 props;	/* of that node, so far */
	bool children;	/* that node has had one: no property may follow */
};

u32 dtovl_be32(const u8 *value)
{
	return (u32)value[0] << 24 | value[1] << 16 | value[2] << 8 | value[3];
}

static u32 blob_get(const struct dtovl_blob *blob, u32 at)
{
	return dtovl_be32(blob->data + at);
}

static u32 blob_align(u32 at)
{
	return (at + 3) & ~3U;
}

int dtovl_fault(struct dtovl_fault *fault, const char *what, u32 at, u32 node)
{
	*fault = (struct dtovl_fault){ what, at, node };
	return -EINVAL;
}

static int blob_bad(struct dtovl_fault *fault, const char *what, u32 at)
{
	return dtovl_fault(fault, what, at, DTOVL_NONE);
}

/*
 * How long the whole blob is of which the first @len bytes are at @head.
 * Returns 0, -EAGAIN (more bytes are needed to tell), -EINVAL (it is none), or
 * -EFBIG.
 */
int dtovl_blob_size(const void *head, u32 len, u32 *size)
{
	static const u8 magic[] = { 0xd0, 0x0d, 0xfe, 0xed };

	if (memcmp(head, magic, len < sizeof(magic) ? len : sizeof(magic)))
		return -EINVAL;
	if (len < BLOB_AT_SIZE + 4)
		return -EAGAIN;
	*size = dtovl_be32((const u8 *)head + BLOB_AT_SIZE);
	if (*size < BLOB_HEADER_SIZE)
		return -EINVAL;
	return *size > DTOVL_BLOB_MAX ? -EFBIG : 0;
}

/* A part of the blob: neither beyond its end nor in the header. */
static bool blob_has(const struct dtovl_blob *blob, u32 at, u32 size)
{
	return at >= BLOB_HEADER_SIZE && at <= blob->size &&
	       size <= blob->size - at;
}

static int blob_read_header(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 reserved, size;

	if (blob->size < BLOB_HEADER_SIZE)
		return blob_bad(fault, "it is shorter than a header", blob->size);
	if (dtovl_blob_size(blob->data, blob->size, &size) || size != blob->size)
		return blob_bad(fault, "its header is not that of a blob of this length", 0);
	if (blob_get(blob, BLOB_AT_VERSION) < BLOB_VERSION ||
	    blob_get(blob, BLOB_AT_COMPATIBLE) > BLOB_VERSION)
		return blob_bad(fault, "its format is not of version 17", BLOB_AT_VERSION);

	blob->struct_at = blob_get(blob, BLOB_AT_STRUCT);
	size = blob_get(blob, BLOB_AT_STRUCT_SIZE);
	if (blob->struct_at & 3 || !blob_has(blob, blob->struct_at, size))
		return blob_bad(fault, "its structure is not within it", BLOB_AT_STRUCT);
	blob->struct_end = blob->struct_at + size;

	blob->strings_at = blob_get(blob, BLOB_AT_STRINGS);
	size = blob_get(blob, BLOB_AT_STRINGS_SIZE);
	if (!blob_has(blob, blob->strings_at, size))
		return blob_bad(fault, "its strings are not within it", BLOB_AT_STRINGS);
	blob->strings_end = blob->strings_at + size;

	if (blob->struct_at < blob->strings_end &&
	    blob->strings_at < blob->struct_end)
		return blob_bad(fault, "its structure and its strings overlap", BLOB_AT_STRINGS);
	reserved = blob_get(blob, BLOB_AT_RESERVED);
	if (reserved & 7 || !blob_has(blob, reserved, 16))
		return blob_bad(fault, "its memory reservations are not within it",
				BLOB_AT_RESERVED);
	return 0;
}

/* Are there @size bytes of structure? */
static bool blob_left(const struct dtovl_blob *blob, u32 at, u32 size)
{
	return at <= blob->struct_end && size <= blob->struct_end - at;
}

/* Of the string at @at, up to @end; DTOVL_NONE if it does not end there. */
static u32 blob_strlen(const struct dtovl_blob *blob, u32 at, u32 end)
{
	const u8 *zero = memchr(blob->data + at, 0, end - at);

	return zero ? zero - (blob->data + at) : DTOVL_NONE;
}

/* As the specification has them, and no way to mean another node. */
static bool blob_name_fits(const char *name, bool node)
{
	const char *at;

	for (at = name; *at; at++)
		if (*at <= ' ' || *at > '~' || (node && *at == '/'))
			return false;
	return at - name <= DTOVL_NAME_MAX;
}

static char blob_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Names of nodes are the same whatever their case: the kernel thinks so. */
static bool blob_name_is(const char *have, const char *name, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		if (!have[i] || blob_lower(have[i]) != blob_lower(name[i]))
			return false;
	return !have[len];
}

const char *dtovl_node_name(const struct dtovl_blob *blob, u32 node)
{
	return (const char *)blob->data + blob->nodes[node].name;
}

/* Returns the child of @parent that is called so, or DTOVL_NONE. */
u32 dtovl_node_child(const struct dtovl_blob *blob, u32 parent,
		     const char *name, u32 len)
{
	u32 i;

	for (i = parent + 1; i < blob->node_count; i++)
		if (blob->nodes[i].parent == parent &&
		    blob_name_is(dtovl_node_name(blob, i), name, len))
			return i;
	return DTOVL_NONE;
}

/*
 * Returns the node at a path from the root, or DTOVL_NONE: a step behind each slash, but
 * for the root's own. The kernel finds nothing behind one at the end, either.
 */
u32 dtovl_node_at(const struct dtovl_blob *blob, const char *path, u32 len)
{
	const char *end = path + len, *slash;
	u32 node = DTOVL_ROOT;

	if (!len || *path != '/')
		return DTOVL_NONE;
	if (len == 1)
		return DTOVL_ROOT;
	for (; path < end && node != DTOVL_NONE; path = slash) {
		path++;
		slash = memchr(path, '/', end - path);
		if (!slash)
			slash = end;
		node = dtovl_node_child(blob, node, path, slash - path);
	}
	return node;
}

/* Is @node @above, or below it? */
bool dtovl_node_under(const struct dtovl_blob *blob, u32 node, u32 above)
{
	while (node != DTOVL_NONE && node != above)
		node = blob->nodes[node].parent;
	return node != DTOVL_NONE;
}

/*
 * The property at @at, or the next if something without meaning is there. To be
 * called for what has been read. Returns whether there is one; @at is behind it.
 */
bool dtovl_prop_next(const struct dtovl_blob *blob, u32 *at,
		     struct dtovl_prop *prop)
{
	while (blob_get(blob, *at) == TOKEN_NOP)
		*at += 4;
	if (blob_get(blob, *at) != TOKEN_PROP)
		return false;
	prop->len = blob_get(blob, *at + 4);
	prop->name = (const char *)blob->data + blob->strings_at +
		     blob_get(blob, *at + 8);
	prop->value = blob->data + *at + 12;
	*at = blob_align(*at + 12 + prop->len);
	return true;
}

bool dtovl_prop_find(const struct dtovl_blob *blob, u32 node,
		     const char *name, struct dtovl_prop *prop)
{
	u32 at = blob->nodes[node].props;

	while (dtovl_prop_next(blob, &at, prop))
		if (!strcmp(prop->name, name))
			return true;
	return false;
}

/* One string, not empty, and its end where the value has it. */
bool dtovl_prop_is_string(const struct dtovl_prop *prop)
{
	return prop->len > 1 &&
	       memchr(prop->value, 0, prop->len) == prop->value + prop->len - 1;
}

static int blob_begin_node(struct dtovl_blob *blob, struct blob_cursor *cursor,
			   struct dtovl_fault *fault)
{
	u32 at = cursor->at + 4, len = blob_strlen(blob, at, blob->struct_end);
	const char *name = (const char *)blob->data + at;
	struct dtovl_node *node = &blob->nodes[blob->node_count];
	bool root = cursor->node == DTOVL_NONE;

	if (len == DTOVL_NONE)
		return blob_bad(fault, "the name of a node has no end", at);
	if (!blob_name_fits(name, true) || !len != root)
		return blob_bad(fault, "a node has a name that none can have", at);
	if (blob->node_count == DTOVL_NODES_MAX)
		return blob_bad(fault, "it has too many nodes", at);
	*node = (struct dtovl_node){
		.name = at,
		.props = blob_align(at + len + 1),
		.parent = cursor->node,
		.fixes = DTOVL_NONE,
	};
	if (root && blob->node_count)
		return blob_bad(fault, "it has two roots", at);
	if (!root)
		node->depth = blob->nodes[cursor->node].depth + 1;
	if (node->depth > DTOVL_DEPTH_MAX)
		return blob_bad(fault, "its nodes are nested too deeply", at);
	if (!root &&
	    dtovl_node_child(blob, cursor->node, name, len) != DTOVL_NONE)
		return dtovl_fault(fault, "a node has two children of one name", at, cursor->node);
	*cursor = (struct blob_cursor){
		.at = node->props,
		.node = blob->node_count++,
	};
	return 0;
}

static int blob_end_node(const struct dtovl_blob *blob, struct blob_cursor *cursor,
			 struct dtovl_fault *fault)
{
	if (cursor->node == DTOVL_NONE)
		return blob_bad(fault, "a node ends that did not begin", cursor->at);
	cursor->node = blob->nodes[cursor->node].parent;
	cursor->at += 4;
	cursor->children = true;
	return 0;
}

/* Has the open node had a property of this name before? */
static bool blob_prop_again(const struct dtovl_blob *blob,
			    const struct blob_cursor *cursor, const char *name)
{
	u32 at = blob->nodes[cursor->node].props;
	struct dtovl_prop prop;

	while (at < cursor->at && dtovl_prop_next(blob, &at, &prop))
		if (at <= cursor->at && !strcmp(prop.name, name))
			return true;
	return false;
}

static int blob_read_prop(const struct dtovl_blob *blob, struct blob_cursor *cursor,
			  struct dtovl_fault *fault)
{
	u32 at = cursor->at, len, name_at;
	const char *name;

	if (cursor->node == DTOVL_NONE || cursor->children)
		return dtovl_fault(fault, "a property is not at the begin of a node",
				   at, cursor->node);
	if (!blob_left(blob, at, 12))
		return dtovl_fault(fault, "a property is cut short", at, cursor->node);
	len = blob_get(blob, at + 4);
	if (!blob_left(blob, at + 12, len))
		return dtovl_fault(fault, "a property is longer than the structure",
				   at, cursor->node);
	name_at = blob_get(blob, at + 8);
	if (name_at >= blob->strings_end - blob->strings_at ||
	    blob_strlen(blob, blob->strings_at + name_at, blob->strings_end) == DTOVL_NONE)
		return dtovl_fault(fault, "the name of a property is not among the strings",
				   at, cursor->node);
	name = (const char *)blob->data + blob->strings_at + name_at;
	if (!*name || !blob_name_fits(name, false))
		return dtovl_fault(fault, "a property has a name that none can have",
				   at, cursor->node);
	if (++cursor->props > DTOVL_PROPS_MAX)
		return dtovl_fault(fault, "a node has too many properties", at, cursor->node);
	if (blob_prop_again(blob, cursor, name))
		return dtovl_fault(fault, "a node has two properties of one name",
				   at, cursor->node);
	cursor->at = blob_align(at + 12 + len);
	return 0;
}

static int blob_read_end(const struct dtovl_blob *blob, const struct blob_cursor *cursor,
			 struct dtovl_fault *fault)
{
	if (cursor->node != DTOVL_NONE || !blob->node_count)
		return blob_bad(fault, "it ends within a node", cursor->at);
	if (cursor->at + 4 != blob->struct_end)
		return blob_bad(fault, "something follows its end", cursor->at);
	return 1;
}

/* Returns 0, 1 at the end, or -EINVAL. */
static int blob_read_token(struct dtovl_blob *blob, struct blob_cursor *cursor,
			   struct dtovl_fault *fault)
{
	if (!blob_left(blob, cursor->at, 4))
		return blob_bad(fault, "it has no end", cursor->at);
	switch (blob_get(blob, cursor->at)) {
	case TOKEN_BEGIN_NODE:
		return blob_begin_node(blob, cursor, fault);
	case TOKEN_END_NODE:
		return blob_end_node(blob, cursor, fault);
	case TOKEN_PROP:
		return blob_read_prop(blob, cursor, fault);
	case TOKEN_NOP:
		cursor->at += 4;
		return 0;
	case TOKEN_END:
		return blob_read_end(blob, cursor, fault);
	}
	return blob_bad(fault, "its structure has a token that there is not", cursor->at);
}

/*
 * Reads @blob, of which data, size and nodes are given, size being at most
 * DTOVL_BLOB_MAX. Returns 0, or -EINVAL and what is wrong.
 */
int dtovl_blob_read(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	struct blob_cursor cursor = { .node = DTOVL_NONE };
	int err;

	blob->node_count = 0;
	err = blob_read_header(blob, fault);
	cursor.at = blob->struct_at;
	while (!err)
		err = blob_read_token(blob, &cursor, fault);
	return err < 0 ? err : 0;
}
