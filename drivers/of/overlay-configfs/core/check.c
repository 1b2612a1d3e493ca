// SPDX-License-Identifier: GPL-2.0
/*
 * check - the properties that the kernel takes at their word, and fragments
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "check.h"
#include "fixups.h"
#include "loops.h"
#include "refs.h"

/* What a property's value has to be. */
enum check_form {
	FORM_ANY = 0,
	FORM_NAME,	/* the node's own, without what follows an '@' */
	FORM_STRINGS,	/* one or more, each with its end */
	FORM_PHANDLE,
	FORM_CELLS,	/* a small number */
};

static const struct {
	const char *name;
	enum check_form form;
	u32 max;
} check_forms[] = {
	{ "name", FORM_NAME },			/* the kernel names the node so */
	{ "phandle", FORM_PHANDLE },
	{ "linux,phandle", FORM_PHANDLE },
	{ "compatible", FORM_STRINGS },		/* compared as strings */
	{ "status", FORM_STRINGS },
	{ "device_type", FORM_STRINGS },
	{ "model", FORM_STRINGS },
	{ "#address-cells", FORM_CELLS, 4 },	/* no address is longer */
	{ "#size-cells", FORM_CELLS, 4 },
};

/* The kernel has room for 16 arguments, some of them an address, and warns. */
#define CHECK_CELLS_MAX	8

static bool check_is_cells(const char *name)
{
	size_t len = strlen(name);

	return *name == '#' && len > 7 && !strcmp(name + len - 6, "-cells");
}

static enum check_form check_form_of(const char *name, u32 *max)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(check_forms); i++) {
		if (strcmp(check_forms[i].name, name))
			continue;
		*max = check_forms[i].max;
		return check_forms[i].form;
	}
	*max = CHECK_CELLS_MAX;
	return check_is_cells(name) ? FORM_CELLS : FORM_ANY;
}

static bool check_is_name(const struct dtovl_prop *prop, const char *name)
{
	const char *at = strchr(name, '@');
	size_t len = at ? (size_t)(at - name) : strlen(name);

	return prop->len == len + 1 && !memcmp(prop->value, name, len) &&
	       !prop->value[len];
}

/* Either of two names may give it, but not another number each. */
static int check_phandle(struct dtovl_node *node, const struct dtovl_prop *prop)
{
	u32 phandle;

	if (prop->len != 4)
		return -EINVAL;
	phandle = dtovl_be32(prop->value);
	if (!phandle || phandle > DTOVL_PHANDLE_MAX ||
	    (node->phandle && node->phandle != phandle))
		return -EINVAL;
	node->phandle = phandle;
	return 0;
}

static int check_prop(struct dtovl_blob *blob, u32 node,
		      const struct dtovl_prop *prop, struct dtovl_fault *fault)
{
	u32 max, at = prop->value - blob->data;

	switch (check_form_of(prop->name, &max)) {
	case FORM_ANY:
		break;
	case FORM_NAME:
		if (!check_is_name(prop, dtovl_node_name(blob, node)))
			return dtovl_fault(fault, "a node says that it is called otherwise",
					   at, node);
		break;
	case FORM_STRINGS:
		if (!prop->len || prop->value[prop->len - 1])
			return dtovl_fault(fault, "a string has no end", at, node);
		break;
	case FORM_PHANDLE:
		if (check_phandle(&blob->nodes[node], prop))
			return dtovl_fault(fault, "a phandle is none", at, node);
		break;
	case FORM_CELLS:
		if (prop->len != 4 || dtovl_be32(prop->value) > max)
			return dtovl_fault(fault, "a number of cells is too large", at, node);
		break;
	}
	return 0;
}

/* Names of properties are labels there, or repeated, but for the kernel's own. */
static int check_special_prop(const struct dtovl_blob *blob, u32 node,
			      const struct dtovl_prop *prop, struct dtovl_fault *fault)
{
	u32 max;

	switch (check_form_of(prop->name, &max)) {
	case FORM_NAME:
	case FORM_PHANDLE:
		return dtovl_fault(fault, "a label or reference has a name that none can have",
				   prop->value - blob->data, node);
	default:
		return 0;
	}
}

static bool check_is_special(const struct dtovl_blob *blob, u32 node)
{
	const char *name;

	while (blob->nodes[node].depth > 1)
		node = blob->nodes[node].parent;
	name = dtovl_node_name(blob, node);
	return !strcmp(name, DTOVL_SYMBOLS) || !strcmp(name, DTOVL_FIXUPS) ||
	       !strcmp(name, DTOVL_LOCAL_FIXUPS);
}

/*
 * The kernel tells its own nodes from others by what stands before an '@', and
 * by case now and then: "__overlay__@1" would be one for it at one time, and
 * none at another.
 */
static bool check_is_node_name(const char *name)
{
	if (strncmp(name, "__", 2))
		return true;
	for (; *name; name++)
		if (*name != '_' && (*name < 'a' || *name > 'z'))
			return false;
	return true;
}

static int check_node(struct dtovl_blob *blob, u32 node, struct dtovl_fault *fault)
{
	bool special = check_is_special(blob, node);
	u32 at = blob->nodes[node].props;
	struct dtovl_prop prop;
	int err = 0;

	if (!check_is_node_name(dtovl_node_name(blob, node)))
		return dtovl_fault(fault, "a node has a name that none can have",
				   blob->nodes[node].name, node);
	while (!err && dtovl_prop_next(blob, &at, &prop))
		err = special ? check_special_prop(blob, node, &prop, fault) :
				check_prop(blob, node, &prop, fault);
	return err;
}

static int check_nodes(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 i, phandle;
	int err;

	for (i = 0; i < blob->node_count; i++) {
		err = check_node(blob, i, fault);
		if (err)
			return err;
		phandle = blob->nodes[i].phandle;
		if (phandle && dtovl_node_by_phandle(blob, phandle) != i)
			return dtovl_fault(fault, "two nodes have one phandle",
					   blob->nodes[i].name, i);
	}
	return 0;
}

/*
 * Begins with the fragment after *@overlay, DTOVL_ROOT for the first. Returns the
 * fragment, and its contents in *@overlay, or DTOVL_NONE.
 */
u32 dtovl_fragment_next(const struct dtovl_blob *blob, u32 *overlay)
{
	u32 i;

	for (i = *overlay + 1; i < blob->node_count; i++) {
		if (blob->nodes[i].depth != 1)
			continue;
		*overlay = dtovl_node_child(blob, i, DTOVL_OVERLAY, strlen(DTOVL_OVERLAY));
		if (*overlay != DTOVL_NONE)
			return i;
	}
	return DTOVL_NONE;
}

static int check_target(const struct dtovl_blob *blob, u32 fragment,
			struct dtovl_fault *fault)
{
	u32 at = blob->nodes[fragment].name;
	struct dtovl_prop prop;

	if (check_is_special(blob, fragment))
		return dtovl_fault(fault, "a fragment has a name that none can have", at, fragment);
	if (dtovl_prop_find(blob, fragment, "target", &prop)) {
		if (prop.len != 4)
			return dtovl_fault(fault, "a target is not one phandle", at, fragment);
		if (dtovl_refers(blob, fragment, "target", 0))
			return dtovl_fault(fault, "a target is in the overlay itself",
					   at, fragment);
		return 0;
	}
	if (!dtovl_prop_find(blob, fragment, "target-path", &prop))
		return dtovl_fault(fault, "a fragment has no target", at, fragment);
	if (!dtovl_prop_is_string(&prop))
		return dtovl_fault(fault, "a target-path is not one string", at, fragment);
	return 0;
}

static int check_fragments(const struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	u32 overlay = DTOVL_ROOT, fragment, count = 0;
	int err;

	while ((fragment = dtovl_fragment_next(blob, &overlay)) != DTOVL_NONE) {
		err = check_target(blob, fragment, fault);
		if (err)
			return err;
		count++;
	}
	if (!count)
		return dtovl_fault(fault, "it is not an overlay: it has no fragment",
				   blob->struct_at, DTOVL_NONE);
	return 0;
}

/* Of a blob that has been read. Returns 0, or -EINVAL and what is wrong. */
int dtovl_check(struct dtovl_blob *blob, struct dtovl_fault *fault)
{
	int err;

	err = check_nodes(blob, fault);
	if (!err)
		err = dtovl_check_local_fixups(blob, fault);
	if (!err)
		err = check_fragments(blob, fault);
	if (!err)
		err = dtovl_check_fixups(blob, fault);
	if (!err)
		err = dtovl_check_symbols(blob, fault);
	if (!err)
		err = dtovl_check_loops(blob, fault);
	return err;
}
