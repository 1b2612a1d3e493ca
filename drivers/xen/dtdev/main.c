// SPDX-License-Identifier: GPL-2.0
/*
 * xen-dtdev - takes devices of the device tree from dom0, for guests
 *
 * The table of contents: parameters, and what comes up in which order.
 */
#define pr_fmt(fmt) "xen-dtdev: " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/string.h>
#include <xen/xen.h>

#include "../common/xen.h"
#include "arrive.h"
#include "debugfs.h"
#include "placeholder.h"
#include "relay.h"
#include "reset.h"
#include "seize.h"
#include "stub.h"
#include "sysfs.h"
#include "take.h"
#include "wish.h"

static char *hide = "";
module_param(hide, charp, 0444);
MODULE_PARM_DESC(hide,
		 "nodes to take, each in parentheses: (PATH), (ALIAS), (compatible=NAME), with \" force=REASON,...\" if need be");

module_param_cb(reset_policy, &dtdev_reset_policy_ops, NULL, 0644);
MODULE_PARM_DESC(reset_policy,
		 "what to do with devices that cannot be reset: auto (default: refuse if a known reset fails), require (always refuse), warn (go on)");

static int __init main_init(void)
{
	int err;

	if (!xen_initial_domain() || !of_root)
		return -ENODEV;

	err = xpt_xen_init();
	if (err == -EPROTONOSUPPORT)
		pr_warn("this Xen has a control interface that is not known here: devices are taken, but neither fenced nor are their interrupts and DMA looked at\n");
	else if (err)
		return err;
	err = dtdev_sysfs_class_init();
	if (err)
		return err;
	err = dtdev_stub_init();
	if (err)
		goto err_class;
	err = dtdev_arrive_init();
	if (err)
		goto err_stub;
	err = dtdev_relay_init();
	if (err)
		goto err_arrive;
	dtdev_debugfs_init();
	dtdev_take_allow(true);
	dtdev_wish_take_list(hide, strlen(hide));
	dtdev_wish_take_marked();
	return 0;

err_arrive:
	dtdev_arrive_exit();
err_stub:
	dtdev_stub_exit();
err_class:
	dtdev_sysfs_class_exit();
	return err;
}

static void __exit main_exit(void)
{
	dtdev_take_allow(false);
	dtdev_debugfs_exit();
	dtdev_arrive_exit();
	dtdev_placeholder_exit();
	dtdev_stub_exit();
	dtdev_seize_exit();
	dtdev_relay_exit();
	dtdev_sysfs_class_exit();
}

module_init(main_init);
module_exit(main_exit);

MODULE_DESCRIPTION("Xen device tree passthrough");
MODULE_VERSION(XPT_VERSION);
MODULE_LICENSE("GPL");
