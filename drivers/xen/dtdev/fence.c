// SPDX-License-Identifier: GPL-2.0
/*
 * fence - which frames, up and down
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/slab.h>

#include "../common/xen.h"
#include "fence.h"
#include "node.h"
#include "trace.h"
#include "tree.h"

static bool fence_shares(const struct dtdev_node *node, const struct dtdev_tree *tree,
			 u32 index)
{
	unsigned int i;

	for (i = 0; i < node->region_count; i++)
		if (dtdev_tree_shares(tree, index, node->np, &node->regions[i]))
			return true;
	return false;
}

/*
 * The regions in its frames of all nodes but @node's and its parts that somebody may
 * be using.
 */
static unsigned int fence_others(const struct dtdev_node *node,
				 const struct dtdev_tree *tree,
				 struct dtdev_region *others)
{
	struct device_node *owner;
	unsigned int count = 0;
	u32 i;

	for (i = 0; i < tree->region_count; i++) {
		owner = tree->nodes[tree->regions[i].owner];
		if (fence_shares(node, tree, i) &&
		    !dtdev_tree_is_within(owner, node->np) && dtdev_node_is_used(owner))
			others[count++] = tree->regions[i];
	}
	return count;
}

static u64 fence_collect(const struct dtdev_pages *pages,
			 struct dtdev_fence *fence)
{
	struct dtdev_pages_walk walk = { };
	struct dtdev_frames run;
	u64 frames = 0;

	fence->count = 0;
	while (dtdev_pages_next(pages, &walk, &run)) {
		if (fence->runs)
			fence->runs[fence->count] = run;
		fence->count++;
		frames += run.count;
	}
	return frames;
}

/* Works out the frames of the fence. May sleep. Returns 0 or -ENOMEM. */
int dtdev_fence_plan(struct dtdev_node *node, const struct dtdev_tree *tree)
{
	struct dtdev_fence *fence = &node->fence;
	struct dtdev_region *others;
	struct dtdev_pages pages = {
		.own = node->regions,
		.own_count = node->region_count,
	};
	int err = -ENOMEM;

	others = kcalloc(tree->region_count, sizeof(*others), GFP_KERNEL);
	if (!others)
		return -ENOMEM;
	pages.others = others;
	pages.others_count = fence_others(node, tree, others);
	fence_collect(&pages, fence);
	fence->runs = kcalloc(fence->count, sizeof(*fence->runs), GFP_KERNEL);
	if (fence->runs) {
		fence_collect(&pages, fence);
		fence->partial = pages.others_count;
		err = 0;
	}
	kfree(others);
	return err;
}

void dtdev_fence_free(struct dtdev_fence *fence)
{
	kfree(fence->runs);
}

static int fence_map_all(struct dtdev_fence *fence, unsigned int count)
{
	unsigned int i;
	int err = 0, one;

	for (i = 0; i < count; i++) {
		one = xpt_xen_map(fence->runs[i].first, fence->runs[i].count);
		err = err ?: one;
	}
	return err;
}

/*
 * Puts the fence up. If Xen does not do it, the device is as reachable from
 * dom0 as it was before, and the reason is kept. May sleep.
 */
void dtdev_fence_raise_locked(struct dtdev_node *node)
{
	struct dtdev_fence *fence = &node->fence;
	unsigned int i;

	lockdep_assert_held(&node->lock);
	if (fence->up || !fence->count)
		return;
	for (i = 0; i < fence->count; i++) {
		fence->err = xpt_xen_unmap(fence->runs[i].first, fence->runs[i].count);
		if (fence->err)
			break;
	}
	fence->up = !fence->err;
	trace_dtdev_fence(node->dev, fence->up);
	if (fence->up)
		return;
	dev_warn(node->dev, "dom0 can still reach its registers: Xen answers %d\n",
		 fence->err);
	if (fence_map_all(fence, i + 1))
		fence->up = true;
}

/*
 * Of a device that came marked: dom0 has never had it in its map. Whether it may
 * is what Xen only tells when something is to be taken out of there; asked for a
 * map, it says yes and does nothing. May sleep. Returns 0, and the fence counts as
 * up, or -errno.
 */
int dtdev_fence_find_up_locked(struct dtdev_node *node)
{
	struct dtdev_fence *fence = &node->fence;
	unsigned int i;
	int err;

	lockdep_assert_held(&node->lock);
	for (i = 0; i < fence->count; i++) {
		err = xpt_xen_unmap(fence->runs[i].first, fence->runs[i].count);
		if (err) {
			dev_err(node->dev, "not taken: dom0 has no right to its registers, Xen answers %d: has the overlay been attached?\n",
				err);
			return err;
		}
	}
	fence->up = fence->count;
	return 0;
}

/*
 * Takes the fence down: dom0 may touch the registers again. May sleep. Returns
 * 0, or -errno if some frame is not in the map, and the fence counts as up.
 */
int dtdev_fence_lower_locked(struct dtdev_node *node)
{
	struct dtdev_fence *fence = &node->fence;
	int err;

	lockdep_assert_held(&node->lock);
	if (!fence->up)
		return 0;
	err = fence_map_all(fence, fence->count);
	if (err) {
		dev_err(node->dev, "Xen does not give dom0 its registers back: %d\n",
			err);
		return err;
	}
	fence->up = false;
	trace_dtdev_fence(node->dev, false);
	return 0;
}
