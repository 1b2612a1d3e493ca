// SPDX-License-Identifier: GPL-2.0
/*
 * tree - reads registers, interrupts and references of every node
 *
 * Looking only: nothing is mapped, no interrupt gets a number. Nodes of memory
 * have no registers in this sense.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

#include "core/window.h"
#include "refs.h"
#include "tree.h"

/* Can dom0 use it? That takes all its parents, too. */
bool dtdev_tree_enabled(struct device_node *np)
{
	struct device_node *at = of_node_get(np);
	bool enabled = true;

	while (at && enabled) {
		enabled = of_device_is_available(at);
		at = of_get_next_parent(at);
	}
	of_node_put(at);
	return enabled;
}

/*
 * Is it marked for a guest? Xen removes the mark from what it finds at boot: this
 * one came later.
 */
bool dtdev_tree_marked(struct device_node *np)
{
	return of_property_read_bool(np, "xen,passthrough");
}

/* Is @np @ancestor, or below it? */
bool dtdev_tree_is_within(struct device_node *np, struct device_node *ancestor)
{
	struct device_node *at = of_node_get(np);

	while (at && at != ancestor)
		at = of_get_next_parent(at);
	of_node_put(at);
	return at;
}

/*
 * The path of @np as a line can have it, whatever is in the names. Returns what kfree()
 * takes, or NULL.
 */
char *dtdev_tree_path(struct device_node *np)
{
	char *path = kasprintf(GFP_KERNEL, "%pOF", np);
	char *plain = kstrdup_quotable(path, GFP_KERNEL);

	kfree(path);
	return plain;
}

/* Returns the device that dom0 has for @np, held, or NULL. */
struct device *dtdev_tree_device(struct device_node *np)
{
	struct device *dev;

	dev = bus_find_device_by_of_node(&platform_bus_type, np);
	if (!dev && IS_ENABLED(CONFIG_ARM_AMBA))
		dev = bus_find_device_by_of_node(&amba_bustype, np);
	return dev;
}

/*
 * Calls @visit for @np and what is enabled below it, parents first, until one returns
 * other than 0.
 */
int dtdev_tree_each_part(struct device_node *np,
			 int (*visit)(struct device_node *part, void *data), void *data)
{
	struct device_node *part;
	int err = visit(np, data);

	for_each_available_child_of_node(np, part) {
		if (!err)
			err = dtdev_tree_each_part(part, visit, data);
	}
	return err;
}

/* Memory, CPUs and Xen itself have addresses, but nobody can be given them. */
bool dtdev_tree_is_device(struct device_node *np)
{
	return !of_node_is_type(np, "memory") && !of_node_is_type(np, "cpu") &&
	       !of_device_is_compatible(np, "xen,xen") &&
	       !(np->parent && of_node_name_eq(np->parent, "reserved-memory"));
}

/* Region number @index. Returns 0, or -errno if there is none. */
int dtdev_tree_region(struct device_node *np, unsigned int index,
		      struct dtdev_region *region)
{
	struct resource res;
	int err;

	err = of_address_to_resource(np, index, &res);
	if (err)
		return err;
	if (resource_type(&res) != IORESOURCE_MEM || res.end < res.start)
		return -ENXIO;
	region->start = res.start;
	region->end = res.end;
	return 0;
}

/* As dtdev_tree_spi(), and @args, which are held, unless there is none. */
static int tree_irq(struct device_node *np, unsigned int index, struct dtdev_spi *spi,
		    struct of_phandle_args *args)
{
	struct device_node *parent;
	int err;

	err = of_irq_parse_one(np, index, args);
	if (err)
		return err;
	parent = of_irq_find_parent(args->np);
	of_node_put(parent);
	if (parent && parent != args->np)
		return 1;
	return dtdev_spi_decode(args->args, args->args_count, spi) ? 2 : 0;
}

/*
 * Interrupt number @index, if it is one of the machine's main controller, and,
 * if wanted, that controller, held. Returns 0, 1 for one of another controller, 2 for
 * one of a kind that cannot be given away, or -errno if there is none.
 */
int dtdev_tree_spi(struct device_node *np, unsigned int index,
		   struct dtdev_spi *spi, struct device_node **controller)
{
	struct of_phandle_args args;
	int err;

	err = tree_irq(np, index, spi, &args);
	if (err < 0)
		return err;
	if (!err && controller)
		*controller = args.np;
	else
		of_node_put(args.np);
	return err;
}

/* Where interrupt number @index ends. Returns what dtdev_tree_spi() does. */
static int tree_line(struct device_node *np, unsigned int index, struct dtdev_tree_line *line)
{
	struct dtdev_spi spi;
	int err;

	err = tree_irq(np, index, &spi, &line->args);
	if (err < 0)
		return err;
	of_node_put(line->args.np);
	line->number = err ? 0 : spi.number;
	return err;
}

bool dtdev_tree_is_one_line(const struct dtdev_tree_line *a, const struct dtdev_tree_line *b)
{
	if (a->number || b->number)
		return a->number == b->number;
	return a->args.np == b->args.np && a->args.args_count == b->args.args_count &&
	       !memcmp(a->args.args, b->args.args,
		       a->args.args_count * sizeof(*a->args.args));
}

/*
 * Has region number @index of @tree a frame of @own, registers of @np? A bus around
 * them has not.
 */
bool dtdev_tree_shares(const struct dtdev_tree *tree, u32 index,
		       struct device_node *np, const struct dtdev_region *own)
{
	struct device_node *owner = tree->nodes[tree->regions[index].owner];
	struct dtdev_window window = { .region = &tree->regions[index] };

	if (!dtdev_pages_share(own, window.region))
		return false;
	window.above = dtdev_tree_is_within(np, owner);
	window.ranges = of_property_present(owner, "ranges");
	window.registers = of_device_is_compatible(owner, "syscon") ||
			   of_device_is_compatible(owner, "simple-mfd");
	return !dtdev_window_is_bus(&window, own);
}

/* Makes room for one more. */
static void *tree_grow(void *array, u32 count, u32 *room, size_t size)
{
	void *grown;

	if (count < *room)
		return array;
	grown = krealloc_array(array, *room * 2 + 64, size, GFP_KERNEL);
	if (grown)
		*room = *room * 2 + 64;
	return grown;
}

static int tree_add_node(struct dtdev_tree *tree, struct device_node *np)
{
	void *grown = tree_grow(tree->nodes, tree->node_count, &tree->node_room,
				sizeof(*tree->nodes));

	if (!grown)
		return -ENOMEM;
	tree->nodes = grown;
	tree->nodes[tree->node_count++] = of_node_get(np);
	return 0;
}

static int tree_add_regions(struct dtdev_tree *tree, struct device_node *np)
{
	struct dtdev_region region = { .owner = tree->node_count - 1 };
	unsigned int i;
	void *grown;

	for (i = 0; !dtdev_tree_region(np, i, &region); i++) {
		grown = tree_grow(tree->regions, tree->region_count,
				  &tree->region_room, sizeof(*tree->regions));
		if (!grown)
			return -ENOMEM;
		tree->regions = grown;
		tree->regions[tree->region_count++] = region;
	}
	return 0;
}

static int tree_add_lines(struct dtdev_tree *tree, struct device_node *np)
{
	struct dtdev_tree_line line = { .owner = tree->node_count - 1 };
	unsigned int i;
	void *grown;
	int err;

	for (i = 0;; i++) {
		err = tree_line(np, i, &line);
		/* A CPU's own is everybody's. */
		if (err == 2)
			continue;
		if (err < 0)
			return 0;
		grown = tree_grow(tree->lines, tree->line_count, &tree->line_room,
				  sizeof(*tree->lines));
		if (!grown)
			return -ENOMEM;
		tree->lines = grown;
		tree->lines[tree->line_count++] = line;
	}
}

static int tree_add_ref(const struct dtdev_ref *ref, void *data)
{
	struct dtdev_tree *tree = data;
	void *grown = tree_grow(tree->refs, tree->ref_count, &tree->ref_room,
				sizeof(*tree->refs));

	if (!grown)
		return -ENOMEM;
	tree->refs = grown;
	tree->refs[tree->ref_count++] = (struct dtdev_tree_ref){
		of_node_get(ref->target), tree->node_count - 1,
	};
	return 0;
}

static int tree_add(struct dtdev_tree *tree, struct device_node *np)
{
	int err;

	if (!dtdev_tree_is_device(np))
		return 0;
	err = tree_add_node(tree, np);
	if (!err)
		err = tree_add_regions(tree, np);
	if (!err)
		err = tree_add_lines(tree, np);
	if (!err)
		err = dtdev_refs_each(np, tree_add_ref, tree);
	return err;
}

/* Fills @tree. May sleep. Returns 0 or -ENOMEM. */
int dtdev_tree_read(struct dtdev_tree *tree)
{
	struct device_node *np;
	int err;

	memset(tree, 0, sizeof(*tree));
	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np)) {
		err = tree_add(tree, np);
		if (err) {
			of_node_put(np);
			dtdev_tree_free(tree);
			return err;
		}
	}
	return 0;
}

void dtdev_tree_free(struct dtdev_tree *tree)
{
	while (tree->node_count)
		of_node_put(tree->nodes[--tree->node_count]);
	while (tree->ref_count)
		of_node_put(tree->refs[--tree->ref_count].target);
	kfree(tree->nodes);
	kfree(tree->refs);
	kfree(tree->regions);
	kfree(tree->lines);
}
