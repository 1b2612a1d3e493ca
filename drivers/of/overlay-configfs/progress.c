// SPDX-License-Identifier: GPL-2.0
/*
 * progress - listens to the kernel's notifiers
 */
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "change.h"
#include "preflight.h"
#include "progress.h"

/* What is under way. */
static struct {
	struct task_struct *task;	/* whose calls of the notifiers are meant */
	struct dtovl_change *change;
	unsigned int passed;	/* fragments that nobody refused */
	unsigned int settled;	/* nor when they were in the tree */
	bool applied;

	/*
	 * The fragment seen last, and its target; the node that others are being told
	 * of, and the first that somebody failed with. They are the kernel's, which has
	 * them until it forgets the overlay.
	 */
	struct device_node *fragment, *target;
	struct device_node *changing, *failed;
} progress_now;

/* Is this called, by way of the kernel's code, on behalf of an overlay of ours? */
bool dtovl_progress_is_ours(void)
{
	return READ_ONCE(progress_now.task) == current;
}

void dtovl_progress_begin(struct dtovl_change *change)
{
	memset(&progress_now, 0, sizeof(progress_now));
	progress_now.change = change;
	WRITE_ONCE(progress_now.task, current);
}

void dtovl_progress_end(void)
{
	WRITE_ONCE(progress_now.task, NULL);
	progress_now.change = NULL;
}

/* Where the kernel failed with an overlay of so many fragments. */
enum dtovl_reached dtovl_progress_reached(unsigned int fragments)
{
	if (progress_now.applied)
		return DTOVL_REACHED_TREE;
	return progress_now.passed == fragments ? DTOVL_REACHED_LIST : DTOVL_REACHED_NOTHING;
}

/*
 * Says with what it failed, if that can be told. To be called before anything is
 * undone.
 */
void dtovl_progress_say(unsigned int fragments, int err)
{
	struct dtovl_say *say = &progress_now.change->say;

	if (progress_now.applied && progress_now.settled == fragments)
		dtovl_refuse(say, err,
			     "its device could not be made: %pOF; the kernel's messages may say why",
			     progress_now.failed ?: progress_now.changing);
	else if (progress_now.fragment && dtovl_progress_reached(fragments) != DTOVL_REACHED_LIST)
		dtovl_refuse(say, err,
			     "%pOF: a part of the kernel does not want it in its target %pOF; the kernel's messages may say why",
			     progress_now.fragment, progress_now.target);
}

static int progress_look_over(struct of_overlay_notify_data *fragment)
{
	struct dtovl_change *change = progress_now.change;

	return dtovl_preflight(fragment->target, fragment->overlay, &change->touch, &change->say);
}

static int progress_notify_first(struct notifier_block *block, unsigned long action, void *data)
{
	struct of_overlay_notify_data *fragment = data;

	if (!dtovl_progress_is_ours())
		return NOTIFY_DONE;
	switch (action) {
	case OF_OVERLAY_PRE_APPLY:
		progress_now.fragment = fragment->overlay;
		progress_now.target = fragment->target;
		return notifier_from_errno(progress_look_over(fragment));
	case OF_OVERLAY_POST_APPLY:
		progress_now.fragment = fragment->overlay;
		progress_now.target = fragment->target;
		progress_now.applied = true;
		break;
	}
	return NOTIFY_OK;
}

static int progress_notify_last(struct notifier_block *block, unsigned long action, void *data)
{
	if (!dtovl_progress_is_ours())
		return NOTIFY_DONE;
	if (action == OF_OVERLAY_PRE_APPLY)
		progress_now.passed++;
	else if (action == OF_OVERLAY_POST_APPLY)
		progress_now.settled++;
	return NOTIFY_OK;
}

/* Nobody after the one who fails is told, and the kernel goes on with the next node. */
static int progress_notify_change(struct notifier_block *block, unsigned long action, void *data)
{
	struct of_reconfig_data *change = data;

	if (!dtovl_progress_is_ours())
		return NOTIFY_DONE;
	if (!progress_now.failed)
		progress_now.failed = progress_now.changing;
	progress_now.changing = change->dn;
	return NOTIFY_OK;
}

static int progress_notify_changed(struct notifier_block *block, unsigned long action, void *data)
{
	if (!dtovl_progress_is_ours())
		return NOTIFY_DONE;
	progress_now.changing = NULL;
	return NOTIFY_OK;
}

static struct notifier_block progress_first = {
	.notifier_call = progress_notify_first,
	.priority = INT_MAX,
};

static struct notifier_block progress_last = {
	.notifier_call = progress_notify_last,
	.priority = INT_MIN,
};

static struct notifier_block progress_change = {
	.notifier_call = progress_notify_change,
	.priority = INT_MAX,
};

static struct notifier_block progress_changed = {
	.notifier_call = progress_notify_changed,
	.priority = INT_MIN,
};

int dtovl_progress_init(void)
{
	int err;

	err = of_overlay_notifier_register(&progress_first);
	if (err)
		return err;
	err = of_overlay_notifier_register(&progress_last);
	if (err)
		goto err_first;
	err = of_reconfig_notifier_register(&progress_change);
	if (err)
		goto err_last;
	err = of_reconfig_notifier_register(&progress_changed);
	if (err)
		goto err_change;
	return 0;

err_change:
	of_reconfig_notifier_unregister(&progress_change);
err_last:
	of_overlay_notifier_unregister(&progress_last);
err_first:
	of_overlay_notifier_unregister(&progress_first);
	return err;
}

void dtovl_progress_exit(void)
{
	of_reconfig_notifier_unregister(&progress_changed);
	of_reconfig_notifier_unregister(&progress_change);
	of_overlay_notifier_unregister(&progress_last);
	of_overlay_notifier_unregister(&progress_first);
}
