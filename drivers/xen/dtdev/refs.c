// SPDX-License-Identifier: GPL-2.0
/*
 * refs - reads the properties by which nodes refer to what serves them
 */
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/string.h>

#include "core/binding.h"
#include "refs.h"

#define REFS_IRQS_MAX	64	/* interrupts of a node that are looked at */

/* Is it one of those whose properties are paths and labels, or below one? */
static bool refs_is_special(const struct device_node *np)
{
	for (; np && np->parent; np = np->parent)
		if (dtdev_binding_is_special(kbasename(np->full_name), !np->parent->parent))
			return true;
	return false;
}

static bool refs_is_hole(u32 handle)
{
	return !handle || handle == 0xffffffff;
}

/* The node that the cell at @cell names, if it says how many cells follow; held. */
static struct device_node *refs_target(const __be32 *cell, const struct dtdev_binding *binding,
				       u32 *count)
{
	struct device_node *target = of_find_node_by_phandle(be32_to_cpup(cell));

	*count = 0;
	if (target && binding->cells &&
	    of_property_read_u32(target, binding->cells, count) && !binding->optional) {
		of_node_put(target);
		target = NULL;
	}
	return target;
}

/*
 * Reads a list of handles. Returns what @found does when it is not 0, or -EINVAL where
 * the list does not come out even. Without @found, only looks.
 */
static int refs_walk(const struct property *property, const struct dtdev_binding *binding,
		     dtdev_ref_found found, void *data)
{
	const __be32 *cells = property->value;
	u32 at, count, all = property->length / 4;
	struct dtdev_ref ref;
	int err = 0;

	for (at = 0; at < all && !err; at += 1 + count) {
		count = 0;
		if (refs_is_hole(be32_to_cpu(cells[at])))
			continue;
		ref.target = refs_target(&cells[at], binding, &count);
		if (!ref.target || count > all - at - 1) {
			of_node_put(ref.target);
			return -EINVAL;
		}
		ref.cells = &cells[at + 1];
		ref.count = count;
		if (found)
			err = found(&ref, data);
		of_node_put(ref.target);
	}
	return err;
}

/* A handle at each @step cells from @at on; there may be nobody who has it. */
static int refs_steps(const struct property *property, u32 at, u32 step,
		      dtdev_ref_found found, void *data)
{
	const __be32 *cells = property->value;
	u32 all = property->length / 4;
	struct dtdev_ref ref = { };
	int err = 0;

	for (; at < all && !err; at += step) {
		ref.target = of_find_node_by_phandle(be32_to_cpu(cells[at]));
		if (ref.target)
			err = found(&ref, data);
		of_node_put(ref.target);
	}
	return err;
}

/* By what the targets declare: "#NAME-cells" for a property of that name. */
static int refs_by_cells(const struct property *property, dtdev_ref_found found, void *data)
{
	struct dtdev_binding binding = { .kind = DTDEV_BINDING_CELLS };
	char name[DTDEV_BINDING_NAME_MAX];
	unsigned int variant;

	binding.cells = name;
	for (variant = 0; variant < 3; variant++)
		if (dtdev_binding_cells_name(property->name, variant, name, sizeof(name)) &&
		    !refs_walk(property, &binding, NULL, NULL))
			return refs_walk(property, &binding, found, data);
	return 0;
}

static int refs_read(const struct property *property, dtdev_ref_found found, void *data)
{
	struct dtdev_binding binding = dtdev_binding_find(property->name);
	int err = 0;

	switch (binding.kind) {
	case DTDEV_BINDING_CELLS:
	case DTDEV_BINDING_PLAIN:
		err = refs_walk(property, &binding, found, data);
		break;
	case DTDEV_BINDING_FIRST:
		err = refs_steps(property, 0, U32_MAX / 2, found, data);
		break;
	case DTDEV_BINDING_MAP:
		err = refs_steps(property, binding.column, DTDEV_BINDING_ROW, found, data);
		break;
	case DTDEV_BINDING_ROUTES:
		break;
	case DTDEV_BINDING_NONE:
		err = refs_by_cells(property, found, data);
		break;
	}
	return err == -EINVAL ? 0 : err;
}

/* Interrupts go by maps to where they end. */
static int refs_read_interrupts(struct device_node *user, dtdev_ref_found found, void *data)
{
	struct of_phandle_args args;
	struct dtdev_ref ref = { };
	int err = 0;
	int i;

	if (!of_property_present(user, "interrupts") &&
	    !of_property_present(user, "interrupts-extended"))
		return 0;
	for (i = 0; i < REFS_IRQS_MAX && !err; i++) {
		if (of_irq_parse_one(user, i, &args))
			break;
		ref.target = args.np;
		err = found(&ref, data);
		of_node_put(args.np);
	}
	return err;
}

/* A controller passes on by another what others have of it, with or without interrupts. */
static int refs_read_parent(struct device_node *user, dtdev_ref_found found, void *data)
{
	const struct property *parent = of_find_property(user, "interrupt-parent", NULL);

	if (!parent || !of_property_present(user, "interrupt-controller"))
		return 0;
	return refs_steps(parent, 0, U32_MAX / 2, found, data);
}

/*
 * Calls @found for each node that @user needs, as often as it says so, until one returns
 * other than 0.
 */
int dtdev_refs_each(struct device_node *user, dtdev_ref_found found, void *data)
{
	bool hog = of_property_present(user, "gpio-hog");
	struct property *property;
	int err = 0;

	if (!user->parent || refs_is_special(user))
		return 0;
	for_each_property_of_node(user, property) {
		if (err || !property->length || property->length % 4 ||
		    dtdev_binding_is_number(property->name) ||
		    !dtdev_binding_is_needed(property->name) ||
		    (hog && !strcmp(property->name, "gpios")))
			continue;
		err = refs_read(property, found, data);
	}
	err = err ?: refs_read_parent(user, found, data);
	return err ?: refs_read_interrupts(user, found, data);
}

static int refs_each_reset(struct device_node *np, dtdev_ref_found found, void *data)
{
	const struct property *resets = of_find_property(np, "resets", NULL);
	struct dtdev_binding binding = dtdev_binding_find("resets");

	return resets ? refs_walk(resets, &binding, found, data) : 0;
}

static int refs_is_same(const struct dtdev_ref *ref, void *data)
{
	const struct dtdev_ref *other = data;

	return ref->target == other->target && ref->count == other->count &&
	       !memcmp(ref->cells, other->cells, ref->count * sizeof(ref->cells[0]));
}

static int refs_has_reset(const struct dtdev_ref *ref, void *data)
{
	return refs_each_reset(data, refs_is_same, (void *)ref) == 1;
}

/* Do both hang on one reset line? */
bool dtdev_refs_share_reset(struct device_node *a, struct device_node *b)
{
	return refs_each_reset(a, refs_has_reset, b) == 1;
}
