// SPDX-License-Identifier: GPL-2.0
/*
 * power - lets a device sleep, and watches its domain
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/pm_domain.h>
#include <linux/pm_runtime.h>

#include "core/reset.h"
#include "power.h"

struct power_watch {
	struct notifier_block block;
	bool off;
};

static int power_notify(struct notifier_block *block, unsigned long action, void *unused)
{
	struct power_watch *watch = container_of(block, struct power_watch, block);

	if (action == GENPD_NOTIFY_OFF)
		watch->off = true;
	return NOTIFY_OK;
}

/*
 * Off and on again, if nobody else needs the domain of @dev, which is resumed. May
 * sleep. Returns 0, -EBUSY (it stayed on) or -errno.
 */
int dtdev_power_cycle(struct device *dev)
{
	struct power_watch watch = { .block.notifier_call = power_notify };
	int put, get;

	/* What nobody can watch counts as on. */
	if (dev_pm_genpd_add_notifier(dev, &watch.block))
		return -EBUSY;
	put = pm_runtime_put_sync(dev);
	get = pm_runtime_resume_and_get(dev);
	dev_pm_genpd_remove_notifier(dev);
	return dtdev_reset_power_result(watch.off, put, get);
}
