// SPDX-License-Identifier: GPL-2.0
/*
 * xen-pciback - gives PCI functions of dom0 to paravirtual guests
 *
 * The table of contents: parameters, and what comes up in which order.
 */
#define pr_fmt(fmt) "pciback: " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <xen/xen.h>

#include "../common/xen.h"
#include "debugfs.h"
#include "fn/gsi.h"
#include "fn/hwaction.h"
#include "fn/power.h"
#include "fn/reset.h"
#include "guest/life.h"
#include "guest/poll.h"
#include "guest/xenbus.h"
#include "host/clean.h"
#include "host/hide.h"
#include "host/hide_param.h"
#include "host/hide_status.h"
#include "host/home.h"
#include "host/isolation.h"
#include "host/leave.h"
#include "host/newcomer.h"
#include "host/origin.h"
#include "host/owner.h"
#include "host/stub.h"
#include "sysfs.h"

module_param_cb(hide, &pciback_hide_param_ops, NULL, 0444);
__MODULE_PARM_TYPE(hide, "charp");
MODULE_PARM_DESC(hide,
		 "functions to seize, each in parentheses or separated by commas: (DDDD:BB:SS.F), F or SS.F may be *; (id=VVVV:DDDD[:SVSV:SDSD]); (class=CC[SS[PP]]); (path=ROOT-PORT/SS.F[/...])");

module_param_cb(ids, &pciback_hide_ids_ops, NULL, 0444);
__MODULE_PARM_TYPE(ids, "charp");
MODULE_PARM_DESC(ids,
		 "the same by id alone, as vfio-pci has it: VVVV:DDDD[:SVSV:SDSD], separated by commas");

module_param_named(quarantine, pciback_isolation_wanted, bool, 0644);
MODULE_PARM_DESC(quarantine,
		 "the DMA of functions that no guest has goes nowhere, where Xen can (default: yes)");

module_param_named(permissive, pciback_hwaction_permissive, bool, 0644);
MODULE_PARM_DESC(permissive,
		 "let all guests write configuration registers that no table covers (default: no)");

module_param_named(takeover, pciback_stub_takeover_allowed, bool, 0644);
MODULE_PARM_DESC(takeover,
		 "take listed functions from the drivers they are bound to (default: no, report them as busy)");

module_param_cb(reset_policy, &pciback_reset_policy_ops, NULL, 0644);
MODULE_PARM_DESC(reset_policy,
		 "give functions away that could not be reset: auto (default: not after another guest), require (never), warn (always)");

module_param_named(idle_d3, pciback_power_idle_d3, bool, 0644);
MODULE_PARM_DESC(idle_d3,
		 "functions that no guest has sleep in D3hot (default: yes)");

module_param_named(poll_us, pciback_poll_us, uint, 0644);
MODULE_PARM_DESC(poll_us,
		 "how long to look out at most for the next request of a guest that sends many, in microseconds, up to 4000; 0: not at all (default: 4000)");

static bool passthrough;
module_param(passthrough, bool, 0444);
MODULE_PARM_DESC(passthrough,
		 "guests see functions at their host addresses (default: no, on a made-up bus)");

static const struct pciback_stub_watch main_watch = {
	.seized = pciback_debugfs_add,
	.leaving = pciback_debugfs_del,
};

static int __init main_init(void)
{
	const char *hide;
	size_t len;
	int err;

	if (!xen_initial_domain())
		return -ENODEV;

	err = xpt_xen_init();
	if (err == -EPROTONOSUPPORT)
		pr_warn("Xen does not say who has a function: idle ones are kept awake, and buses are not reset\n");
	else if (err)
		return err;
	err = pciback_clean_init();
	if (err)
		return err;
	err = pciback_origin_init();
	if (err)
		goto err_clean;
	err = pciback_hide_param(&hide, &len);
	if (err)
		goto err_origin;
	err = pciback_hide_init(hide, len);
	if (err)
		goto err_origin;
	err = pciback_life_init(passthrough);
	if (err)
		goto err_hide;
	pciback_debugfs_init();
	pciback_gsi_init();
	pciback_owner_init();
	err = pciback_stub_init(pciback_sysfs_driver_groups,
				pciback_sysfs_device_groups,
				&pciback_sysfs_new_id, &main_watch);
	if (err)
		goto err_owner;
	err = pciback_newcomer_init();
	if (err)
		goto err_stub;
	err = pciback_xenbus_init();
	if (err)
		goto err_newcomer;
	pciback_stub_takeover();
	pciback_newcomer_fetch();
	pciback_hide_report();
	return 0;

err_newcomer:
	pciback_newcomer_exit();
err_stub:
	pciback_stub_exit();
err_owner:
	pciback_home_exit();
	pciback_owner_exit();
	pciback_gsi_exit();
	pciback_debugfs_exit();
	pciback_life_exit();
err_hide:
	pciback_hide_exit();
err_origin:
	pciback_origin_exit();
err_clean:
	pciback_clean_exit();
	return err;
}

static void __exit main_exit(void)
{
	pciback_xenbus_exit();
	pciback_newcomer_exit();
	pciback_leave();
	pciback_stub_exit();
	pciback_home_exit();
	/* When nobody can ask for a reset any more, which has the owner looked for later. */
	pciback_owner_exit();
	pciback_gsi_exit();
	pciback_debugfs_exit();
	pciback_life_exit();
	pciback_hide_exit();
	pciback_origin_exit();
	pciback_clean_exit();
}

/* Built in, it comes before the drivers of devices, which might take what hide= names. */
fs_initcall(main_init);
module_exit(main_exit);

MODULE_DESCRIPTION("Xen PCI backend");
MODULE_VERSION(XPT_VERSION);
MODULE_LICENSE("GPL");
MODULE_ALIAS("xen-backend:pci");
MODULE_ALIAS("pciback");
