// SPDX-License-Identifier: GPL-2.0
/*
 * fixups - references that the kernel fills in, and labels
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "fixups.h"
#include "refs.h"

/* The largest offset has seven digits. */
#define FIXUPS_DIGITS_MAX	7

/* Looking each up takes a while. */
#define FIXUPS_LABELS_MAX	4096

/* Digits, and nothing else. Returns whether they are a number. */
static bool fixups_number(const char *at, const char *end, u32 *number)
{
	if (at == end || end - at > FIXUPS_DIGITS_MAX)
		return false;
	for (*number = 0; at < end; at++) {
		if (*at < '0' || *at > '9')
			return false;
		*number = *number * 10 + (*at - '0');
	}
	return true;
}

/* The property of @node whose name is the @len characters at @name. */
static bool fixups_prop(const struct dtovl_blob *blob, u32 node,
			const char *name, u32 len, struct dtovl_prop *prop)
{
	u32 at = blob->nodes[node].props;

	while (dtovl_prop_next(blob, &at, prop))
		if (strlen(prop->name) == len && !memcmp(prop->name, name, len))
			return true;
	return false;
}

/* "PATH:PROPERTY:OFFSET", which has to be a place for a phandle. */
static bool fixups_is_place(const struct dtovl_blob *blob, const char *at,
			    const char *end)
{
	const char *name = memchr(at, ':', end - at), *offset;
	struct dtovl_prop prop;
	u32 node, number;

	if (!name)
		return false;
	offset = memchr(name + 1, ':', end - name - 1);
	if (!offset || !fixups_number(offset + 1, end, &number))
		return false;
	node = dtovl_node_at(blob, at, name - at);
	return node != DTOVL_NONE &&
	       fixups_prop(blob, node, name + 1, offset - name - 1, &prop) &&
	       prop.len >= 4 && number <= prop.len - 4;
}

static int fixups_check_label(const struct dtovl_blob *blob, u32 node,
			      const struct dtovl_prop *prop, u32 *count,
			      struct dtovl_fault *fault)
{
	const char *at = (const char *)prop->value, *end = at + prop->len, *zero;

	for (; at < end; at = zero + 1) {
		if (++*count > FIXUPS_LABELS_MAX)
			return dtovl_fault(fault, "it has too many references to labels",
					   at - (const char *)blob->data, node);
		zero = memchr(at, 0, end - at);
		if (!zero || !fixups_is_place(blob, at, zero))
			return dtovl_fault(fault, "a reference to a label is not at a place for it",
					   at - (const char *)blob->data, node);
	}
	return 0;
}

int dtovl_check_fixups(const struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 node = dtovl_special(blob, DTOVL_FIXUPS), at, count = 0;
	struct dtovl_prop prop;
	int err = 0;

	if (node == DTOVL_NONE)
		return 0;
	at = blob->nodes[node].props;
	while (!err && dtovl_prop_next(blob, &at, &prop))
		err = fixups_check_label(blob, node, &prop, &count, fault);
	return err;
}

/* A list of offsets, each that of a phandle in @of. */
static bool fixups_are_offsets(const struct dtovl_prop *list, const struct dtovl_prop *of)
{
	u32 i;

	if (!list->len || list->len % 4 || of->len < 4)
		return false;
	for (i = 0; i < list->len; i += 4)
		if (dtovl_be32(list->value + i) > of->len - 4)
			return false;
	return true;
}

static int fixups_check_local(const struct dtovl_blob *blob, u32 node, u32 twin,
			      struct dtovl_fault *fault)
{
	u32 at = blob->nodes[node].props;
	struct dtovl_prop list, of;

	while (dtovl_prop_next(blob, &at, &list))
		if (!dtovl_prop_find(blob, twin, list.name, &of) ||
		    !fixups_are_offsets(&list, &of))
			return dtovl_fault(fault, "a reference is not at a place for it",
					   list.value - blob->data, node);
	return 0;
}

/* Below __local_fixups__, nodes are called as those that they are about. */
static u32 fixups_twin(const struct dtovl_blob *blob, u32 node, u32 top)
{
	u32 parent = blob->nodes[node].parent, i;
	const char *name = dtovl_node_name(blob, node);

	if (parent == top)
		return dtovl_node_child(blob, DTOVL_ROOT, name, strlen(name));
	for (i = 0; i < blob->node_count; i++)
		if (blob->nodes[i].fixes == parent)
			return dtovl_node_child(blob, i, name, strlen(name));
	return DTOVL_NONE;
}

/*
 * The kernel adds to what is at the offsets, whatever they are. Tells each node
 * where its own are.
 */
int dtovl_check_local_fixups(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 top = dtovl_special(blob, DTOVL_LOCAL_FIXUPS), node, twin;
	int err;

	if (top == DTOVL_NONE)
		return 0;
	err = fixups_check_local(blob, top, DTOVL_ROOT, fault);
	for (node = top + 1; !err && node < blob->node_count; node++) {
		if (!dtovl_node_under(blob, node, top))
			break;
		twin = fixups_twin(blob, node, top);
		if (twin == DTOVL_NONE || dtovl_node_under(blob, twin, top))
			return dtovl_fault(fault, "references are about a node that there is not",
					   blob->nodes[node].name, node);
		blob->nodes[twin].fixes = node;
		err = fixups_check_local(blob, node, twin, fault);
	}
	return err;
}

/* The kernel finds out only when it is too late that a label leads nowhere. */
int dtovl_check_symbols(const struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 symbols = dtovl_special(blob, DTOVL_SYMBOLS), at, node;
	struct dtovl_prop prop;

	if (symbols == DTOVL_NONE)
		return 0;
	at = blob->nodes[symbols].props;
	while (dtovl_prop_next(blob, &at, &prop)) {
		node = DTOVL_NONE;
		if (dtovl_prop_is_string(&prop))
			node = dtovl_node_at(blob, (const char *)prop.value, prop.len - 1);
		while (node != DTOVL_NONE && blob->nodes[node].depth > 2)
			node = blob->nodes[node].parent;
		if (node == DTOVL_NONE || blob->nodes[node].depth != 2 ||
		    strcmp(dtovl_node_name(blob, node), DTOVL_OVERLAY))
			return dtovl_fault(fault, "a label is not of a node in a fragment",
					   prop.value - blob->data, symbols);
	}
	return 0;
}
