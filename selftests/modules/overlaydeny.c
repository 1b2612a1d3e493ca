// SPDX-License-Identifier: GPL-2.0
/*
 * overlaydeny - refuses overlays, at one point of their way
 *
 *	modprobe overlaydeny at=before|device|after|removal [fragment=NAME]
 *
 * As other parts of the kernel may: before anything is done, when devices are
 * made, when all is done, when it is to be removed. fragment: only this one.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/string.h>

#define DENY_ERROR	(-EDOM)		/* nothing else has it */

static char *at = "";
module_param(at, charp, 0);
MODULE_PARM_DESC(at, "before, device, after or removal");

static char *fragment;
module_param(fragment, charp, 0);
MODULE_PARM_DESC(fragment, "its name");

static bool deny_is_meant(const struct of_overlay_notify_data *data)
{
	return !fragment || !strcmp(kbasename(data->overlay->parent->full_name), fragment);
}

static int deny_overlay(struct notifier_block *block, unsigned long action, void *data)
{
	static const struct {
		const char *at;
		unsigned long action;
	} points[] = {
		{ "before", OF_OVERLAY_PRE_APPLY },
		{ "after", OF_OVERLAY_POST_APPLY },
		{ "removal", OF_OVERLAY_PRE_REMOVE },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		if (!strcmp(at, points[i].at) && action == points[i].action &&
		    deny_is_meant(data))
			return notifier_from_errno(DENY_ERROR);
	return NOTIFY_OK;
}

static int deny_change(struct notifier_block *block, unsigned long action, void *data)
{
	if (!strcmp(at, "device") && action == OF_RECONFIG_ATTACH_NODE)
		return notifier_from_errno(DENY_ERROR);
	return NOTIFY_OK;
}

static struct notifier_block deny_overlay_block = { .notifier_call = deny_overlay };
static struct notifier_block deny_change_block = { .notifier_call = deny_change };

static int __init deny_init(void)
{
	int err = of_overlay_notifier_register(&deny_overlay_block);

	if (err)
		return err;
	err = of_reconfig_notifier_register(&deny_change_block);
	if (err)
		of_overlay_notifier_unregister(&deny_overlay_block);
	return err;
}

static void __exit deny_exit(void)
{
	of_reconfig_notifier_unregister(&deny_change_block);
	of_overlay_notifier_unregister(&deny_overlay_block);
}

module_init(deny_init);
module_exit(deny_exit);

MODULE_DESCRIPTION("Refuses device tree overlays");
MODULE_LICENSE("GPL");
