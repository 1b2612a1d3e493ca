// SPDX-License-Identifier: GPL-2.0
/*
 * apply - what became of it, told by how far the kernel came
 *
 * When the kernel's overlay code fails, one may have to undo what it did, and
 * must not undo what it did not do: undoing a list of changes that was never
 * applied tears nodes out that never were in. Its return value does not tell
 * which it is, but the overlay notifiers do, by when they are called, once for
 * each fragment:
 *
 *	pre-apply	nothing has been built. Our first notifier looks the
 *			fragment over and may refuse; our last one counts those
 *			that nobody has refused.
 *	post-apply	all changes are in the tree.
 *
 * One call at a time: the caller has a mutex.
 */
#define pr_fmt(fmt) "dt-overlay: " fmt

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "apply.h"
#include "core/check.h"
#include "live.h"
#include "preflight.h"

/* What is under way. */
static struct {
	struct task_struct *task;	/* whose calls of the notifiers are meant */
	struct dtovl_change *change;
	unsigned int passed;		/* fragments that all notifiers let pass */
	bool applied;
} apply_now;

/* Is this called, by way of the kernel's code, on behalf of an overlay of ours? */
bool dtovl_apply_is_ours(void)
{
	return READ_ONCE(apply_now.task) == current;
}

static int apply_notify_first(struct notifier_block *block, unsigned long action, void *data)
{
	struct of_overlay_notify_data *fragment = data;
	struct dtovl_change *change;
	int err;

	if (!dtovl_apply_is_ours())
		return NOTIFY_DONE;
	change = apply_now.change;
	if (action == OF_OVERLAY_POST_APPLY)
		apply_now.applied = true;
	if (action != OF_OVERLAY_PRE_APPLY)
		return NOTIFY_OK;
	err = dtovl_preflight(fragment->target, fragment->overlay, &change->touch, &change->say);
	return notifier_from_errno(err);
}

static int apply_notify_last(struct notifier_block *block, unsigned long action, void *data)
{
	if (!dtovl_apply_is_ours())
		return NOTIFY_DONE;
	if (action == OF_OVERLAY_PRE_APPLY)
		apply_now.passed++;
	return NOTIFY_OK;
}

static struct notifier_block apply_first = {
	.notifier_call = apply_notify_first,
	.priority = INT_MAX,
};

static struct notifier_block apply_last = {
	.notifier_call = apply_notify_last,
	.priority = INT_MIN,
};

static void apply_begin(struct dtovl_change *change)
{
	apply_now.change = change;
	apply_now.passed = 0;
	apply_now.applied = false;
	WRITE_ONCE(apply_now.task, current);
}

static void apply_end(void)
{
	WRITE_ONCE(apply_now.task, NULL);
	apply_now.change = NULL;
}

/* How often the pre-apply notifiers are called. */
static unsigned int apply_count(const struct dtovl_blob *blob)
{
	unsigned int count = dtovl_special(blob, DTOVL_SYMBOLS) != DTOVL_NONE;
	u32 overlay = DTOVL_ROOT;

	while (dtovl_fragment_next(blob, &overlay) != DTOVL_NONE)
		count++;
	return count;
}

/* After @err: the tree is to be as it was, and the kernel to forget all about it. */
static void apply_undo(struct dtovl_change *change, unsigned int count, int err)
{
	if (!change->id)
		return;
	if (!apply_now.applied && apply_now.passed == count) {
		pr_err("%s: the kernel failed while it built or applied the changes, and keeps its list of them: overlays that it touches cannot be removed any more\n",
		       change->say.name);
		change->id = 0;
		return;
	}
	if (apply_now.applied)
		dtovl_refuse(&change->say, err,
			     "a device of it could not be made; the kernel's messages say which");
	of_overlay_remove(&change->id);
	if (!change->id)
		return;
	if (apply_now.applied) {
		pr_err("%s: what was applied of it stays in the tree\n", change->say.name);
	} else {
		/* Somebody does not let it go, but it is only memory. */
		change->id = 0;
	}
}

static int apply_checked(struct dtovl_change *change, const struct dtovl_blob *blob)
{
	int err;

	apply_begin(change);
	err = of_overlay_fdt_apply(blob->data, blob->size, &change->id, NULL);
	if (err)
		apply_undo(change, apply_count(blob), err);
	apply_end();
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

	apply_begin(change);
	err = of_overlay_remove(&change->id);
	apply_end();
	if (change->id)
		return err ?: -EBUSY;
	if (err)
		pr_warn("%s: removed, but with error %d: the kernel's messages say more\n",
			change->say.name, err);
	dtovl_touch_free(&change->touch);
	return 0;
}

int dtovl_apply_init(void)
{
	int err;

	err = of_overlay_notifier_register(&apply_first);
	if (err)
		return err;
	err = of_overlay_notifier_register(&apply_last);
	if (err)
		of_overlay_notifier_unregister(&apply_first);
	return err;
}

void dtovl_apply_exit(void)
{
	of_overlay_notifier_unregister(&apply_last);
	of_overlay_notifier_unregister(&apply_first);
}
