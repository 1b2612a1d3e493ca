// SPDX-License-Identifier: GPL-2.0
/*
 * apply - into the tree, and out of it again where the kernel failed
 */
#define pr_fmt(fmt) "dt-overlay: " fmt

#include <linux/errno.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "apply.h"
#include "change.h"
#include "core/check.h"
#include "core/refs.h"
#include "live.h"
#include "progress.h"

/* As many as the kernel sees: labels are one of their own. */
static unsigned int apply_fragments(const struct dtovl_blob *blob)
{
	unsigned int count = dtovl_special(blob, DTOVL_SYMBOLS) != DTOVL_NONE;
	u32 overlay = DTOVL_ROOT;

	while (dtovl_fragment_next(blob, &overlay) != DTOVL_NONE)
		count++;
	return count;
}

/* The tree is to be as it was, and the kernel to forget all about it. */
static void apply_undo(struct dtovl_change *change, enum dtovl_reached reached)
{
	if (reached == DTOVL_REACHED_LIST) {
		pr_err("%s: the kernel failed while it built or applied the changes, and keeps its list of them: overlays that it touches cannot be removed any more\n",
		       change->say.name);
		change->id = 0;
		return;
	}
	of_overlay_remove(&change->id);
	if (!change->id)
		return;
	if (reached == DTOVL_REACHED_TREE) {
		pr_err("%s: what was applied of it stays in the tree\n", change->say.name);
	} else {
		/* Somebody does not let it go, but it is only memory. */
		change->id = 0;
	}
}

/* After @err. Without an id the kernel has forgotten about it by itself. */
static void apply_failed(struct dtovl_change *change, unsigned int fragments, int err)
{
	enum dtovl_reached reached = dtovl_progress_reached(fragments);

	if (!change->id)
		return;
	dtovl_progress_say(fragments, err);
	apply_undo(change, reached);
}

static int apply_checked(struct dtovl_change *change, const struct dtovl_blob *blob)
{
	int err;

	dtovl_progress_begin(change);
	err = of_overlay_fdt_apply(blob->data, blob->size, &change->id, NULL);
	if (err)
		apply_failed(change, apply_fragments(blob), err);
	dtovl_progress_end();
	if (err)
		dtovl_refuse(&change->say, err, "refused by the kernel, whose messages say more");
	return err;
}

/* Says what is wrong, and with which node. */
static int apply_say_fault(struct dtovl_change *change, const struct dtovl_blob *blob,
			   const struct dtovl_fault *fault)
{
	if (fault->node == DTOVL_NONE)
		return dtovl_refuse(&change->say, -EINVAL, "%s (byte %#x)", fault->what, fault->at);
	return dtovl_refuse(&change->say, -EINVAL, "%s (byte %#x, node %s)", fault->what,
			    fault->at, dtovl_node_name(blob, fault->node));
}

/*
 * Applies the overlay in @size bytes at @data, at most DTOVL_BLOB_MAX. May sleep
 * long: drivers are bound. Returns 0, or -errno with the reason in change->say
 * and, unless change->id is not 0, the tree as it was.
 */
int dtovl_apply(struct dtovl_change *change, const void *data, u32 size)
{
	struct dtovl_blob blob = {
		.data = data,
		.size = size,
		.phandle_base = dtovl_live_phandle_base(),
	};
	struct dtovl_fault fault;
	int err;

	blob.nodes = kvcalloc(DTOVL_NODES_MAX, sizeof(*blob.nodes), GFP_KERNEL);
	if (!blob.nodes)
		return dtovl_refuse(&change->say, -ENOMEM, "out of memory");
	err = dtovl_blob_read(&blob, &fault);
	if (!err)
		err = dtovl_check(&blob, &fault);
	if (err)
		apply_say_fault(change, &blob, &fault);
	else
		err = dtovl_live_check(&blob, &change->say);
	if (!err)
		err = apply_checked(change, &blob);
	kvfree(blob.nodes);
	if (err && !change->id)
		dtovl_touch_free(&change->touch);
	return err;
}

/*
 * Removes it. May sleep long: drivers are unbound. Returns 0, or -errno (others are
 * on top, or somebody needs it) with all as it was.
 */
int dtovl_remove(struct dtovl_change *change)
{
	int err;

	dtovl_progress_begin(change);
	err = of_overlay_remove(&change->id);
	dtovl_progress_end();
	if (change->id)
		return err ?: -EBUSY;
	if (err)
		pr_warn("%s: removed, but with error %d: the kernel's messages say more\n",
			change->say.name, err);
	dtovl_touch_free(&change->touch);
	return 0;
}
