// SPDX-License-Identifier: GPL-2.0
/*
 * node - what is known of devices taken, and the list of them
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/lockdep.h>
#include <linux/of.h>
#include <linux/slab.h>

#include "node.h"
#include "placeholder.h"
#include "tree.h"

static LIST_HEAD(node_list);
static LIST_HEAD(node_left);	/* went unasked */
static DEFINE_MUTEX(node_list_lock);

static void node_release(struct kref *ref)
{
	struct dtdev_node *node = container_of(ref, struct dtdev_node, ref);

	dtdev_relay_free(node);
	dtdev_fence_free(&node->fence);
	put_device(node->dev);
	kfree(node->regions);
	kfree(node->irqs);
	kfree(node->path);
	kfree(node->driver_was);
	kfree(node->override_was);
	kfree(node);
}

void dtdev_node_get(struct dtdev_node *node)
{
	kref_get(&node->ref);
}

void dtdev_node_put(struct dtdev_node *node)
{
	kref_put(&node->ref, node_release);
}

static int node_read_regions(struct dtdev_node *node)
{
	struct dtdev_region region = { };
	unsigned int count = 0;

	while (!dtdev_tree_region(node->np, count, &region))
		count++;
	node->regions = kcalloc(count, sizeof(*node->regions), GFP_KERNEL);
	if (!node->regions)
		return -ENOMEM;
	while (node->region_count < count &&
	       !dtdev_tree_region(node->np, node->region_count,
				  &node->regions[node->region_count]))
		node->region_count++;
	return 0;
}

static int node_read_irqs(struct dtdev_node *node)
{
	struct dtdev_irq *irq;
	struct dtdev_spi spi;
	unsigned int count = 0;
	unsigned int i;
	int err;

	while (dtdev_tree_spi(node->np, count, &spi, NULL) >= 0)
		count++;
	node->irqs = kcalloc(count, sizeof(*node->irqs), GFP_KERNEL);
	if (!node->irqs)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		err = dtdev_tree_spi(node->np, i, &spi, NULL);
		if (err > 1) {
			node->other_irqs++;
			continue;
		}
		irq = &node->irqs[node->irq_count++];
		irq->index = i;
		if (err) {
			irq->state = DTDEV_SPI_OTHER;
			irq->spi.number = dtdev_spi_other(node->path, i);
		} else {
			irq->spi = spi;
		}
	}
	return 0;
}

/* Describes @dev. May sleep. Returns the node with one count, or an error. */
struct dtdev_node *dtdev_node_new(struct device *dev,
				  const struct dtdev_tree *tree)
{
	struct dtdev_node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	int err = -ENOMEM;

	if (!node)
		return ERR_PTR(-ENOMEM);
	kref_init(&node->ref);
	mutex_init(&node->lock);
	INIT_LIST_HEAD(&node->list);
	node->dev = get_device(dev);
	node->np = dev->of_node;
	dtdev_relay_plan(node);
	node->placeholder = dtdev_placeholder_is(dev);
	node->path = dtdev_tree_path(node->np);
	if (node->path)
		err = node_read_regions(node);
	if (!err)
		err = node_read_irqs(node);
	if (!err)
		err = dtdev_fence_plan(node, tree);
	if (err) {
		dtdev_node_put(node);
		return ERR_PTR(err);
	}
	dtdev_line_plan(node, tree);
	return node;
}

/*
 * Takes the regions in dom0's list of resources, which proves that nobody else
 * has, and lets nobody come. Returns 0 or -EBUSY.
 */
int dtdev_node_claim(struct dtdev_node *node)
{
	const struct dtdev_region *region;

	for (; node->claimed < node->region_count; node->claimed++) {
		region = &node->regions[node->claimed];
		if (request_mem_region(region->start,
				       region->end - region->start + 1,
				       "xen-dtdev"))
			continue;
		dev_err(node->dev, "not taken: registers at %#llx are claimed by another driver\n",
			region->start);
		dtdev_node_unclaim(node);
		return -EBUSY;
	}
	return 0;
}

void dtdev_node_unclaim(struct dtdev_node *node)
{
	const struct dtdev_region *region;

	while (node->claimed) {
		region = &node->regions[--node->claimed];
		release_mem_region(region->start,
				   region->end - region->start + 1);
	}
}

void dtdev_node_add(struct dtdev_node *node)
{
	dtdev_node_get(node);
	mutex_lock(&node_list_lock);
	list_add_tail(&node->list, &node_list);
	mutex_unlock(&node_list_lock);
}

void dtdev_node_del(struct dtdev_node *node)
{
	mutex_lock(&node_list_lock);
	list_del_init(&node->list);
	mutex_unlock(&node_list_lock);
	dtdev_node_put(node);
}

/* It is not there any more, nobody asked for that, and it may come back. */
void dtdev_node_leave(struct dtdev_node *node)
{
	dtdev_node_get(node);
	mutex_lock(&node_list_lock);
	list_add_tail(&node->list, &node_left);
	mutex_unlock(&node_list_lock);
}

static struct dtdev_node *node_find_locked(const struct list_head *list,
					   const struct device_node *np)
{
	struct dtdev_node *node;

	lockdep_assert_held(&node_list_lock);
	list_for_each_entry(node, list, list)
		if (node->np == np)
			return node;
	return NULL;
}

/* Returns what left of @dev, or of any if NULL: the caller's then, with a count. Or NULL. */
struct dtdev_node *dtdev_node_come_back(const struct device *dev)
{
	struct dtdev_node *node, *found = NULL;

	mutex_lock(&node_list_lock);
	list_for_each_entry(node, &node_left, list) {
		if (dev && node->dev != dev)
			continue;
		list_del_init(&node->list);
		found = node;
		break;
	}
	mutex_unlock(&node_list_lock);
	return found;
}

/* Returns the node of @np with a count, or NULL. */
struct dtdev_node *dtdev_node_find(struct device_node *np)
{
	struct dtdev_node *node;

	mutex_lock(&node_list_lock);
	node = node_find_locked(&node_list, np);
	if (node)
		dtdev_node_get(node);
	mutex_unlock(&node_list_lock);
	return node;
}

/* The same, also if it left. */
static struct dtdev_node *node_find_any(struct device_node *np)
{
	struct dtdev_node *node;

	mutex_lock(&node_list_lock);
	node = node_find_locked(&node_list, np) ?: node_find_locked(&node_left, np);
	if (node)
		dtdev_node_get(node);
	mutex_unlock(&node_list_lock);
	return node;
}

/* The same for the nearest parent of @np that has been taken, be it away. */
struct dtdev_node *dtdev_node_find_above(struct device_node *np)
{
	struct device_node *at = of_get_parent(np);
	struct dtdev_node *node = NULL;

	while (at && !node) {
		node = node_find_any(at);
		at = of_get_next_parent(at);
	}
	of_node_put(at);
	return node;
}

static struct dtdev_node *node_find_below_locked(const struct list_head *list,
						 struct device_node *np)
{
	struct dtdev_node *node;

	lockdep_assert_held(&node_list_lock);
	list_for_each_entry(node, list, list)
		if (node->np != np && dtdev_tree_is_within(node->np, np))
			return node;
	return NULL;
}

/* The same for one below @np. */
struct dtdev_node *dtdev_node_find_below(struct device_node *np)
{
	struct dtdev_node *node;

	mutex_lock(&node_list_lock);
	node = node_find_below_locked(&node_list, np) ?:
	       node_find_below_locked(&node_left, np);
	if (node)
		dtdev_node_get(node);
	mutex_unlock(&node_list_lock);
	return node;
}

/* May dom0 be using @np, or a guest that has been given it? */
bool dtdev_node_is_used(struct device_node *np)
{
	struct dtdev_node *node;

	if (dtdev_tree_enabled(np))
		return true;
	node = node_find_any(np);
	if (node)
		dtdev_node_put(node);
	return node;
}

static int node_each(const struct list_head *list,
		     int (*visit)(struct dtdev_node *node, void *data), void *data)
{
	struct dtdev_node *node;
	int err = 0;

	mutex_lock(&node_list_lock);
	list_for_each_entry(node, list, list) {
		err = visit(node, data);
		if (err)
			break;
	}
	mutex_unlock(&node_list_lock);
	return err;
}

/* Calls @visit for each, in order, until one returns other than 0. */
int dtdev_node_each(int (*visit)(struct dtdev_node *node, void *data),
		    void *data)
{
	return node_each(&node_list, visit, data);
}

/* The same for those that left. */
int dtdev_node_each_left(int (*visit)(struct dtdev_node *node, void *data), void *data)
{
	return node_each(&node_left, visit, data);
}

static struct dtdev_node *node_next(unsigned int round)
{
	struct dtdev_node *node, *found = NULL;

	mutex_lock(&node_list_lock);
	list_for_each_entry(node, &node_list, list) {
		if (node->round == round)
			continue;
		node->round = round;
		dtdev_node_get(node);
		found = node;
		break;
	}
	mutex_unlock(&node_list_lock);
	return found;
}

/* Calls @visit for each, which may wait for whom it likes. One caller at a time. */
void dtdev_node_each_unlocked(void (*visit)(struct dtdev_node *node))
{
	static unsigned int round;
	struct dtdev_node *node;

	round++;
	while ((node = node_next(round))) {
		visit(node);
		dtdev_node_put(node);
	}
}
