// SPDX-License-Identifier: GPL-2.0
/*
 * dt-overlay-configfs - applies device tree overlays to the running kernel
 *
 * The interface that Xen's document on overlays and many boards' tools take for
 * granted, and that mainline never had. The table of contents: what comes up in
 * which order.
 */
#include <linux/init.h>
#include <linux/module.h>

#include "dir.h"
#include "primecell.h"
#include "progress.h"

static int __init main_init(void)
{
	int err;

	err = dtovl_progress_init();
	if (err)
		return err;
	err = dtovl_primecell_init();
	if (err)
		goto err_progress;
	err = dtovl_dir_init();
	if (err)
		goto err_primecell;
	return 0;

err_primecell:
	dtovl_primecell_exit();
err_progress:
	dtovl_progress_exit();
	return err;
}

static void __exit main_exit(void)
{
	dtovl_dir_exit();
	dtovl_primecell_exit();
	dtovl_progress_exit();
}

module_init(main_init);
module_exit(main_exit);

MODULE_DESCRIPTION("Device tree overlays by way of configfs");
MODULE_VERSION(XPT_VERSION);
MODULE_LICENSE("GPL");
