// SPDX-License-Identifier: GPL-2.0
/*
 * stub - the platform driver, and what it has in common with the AMBA one
 *
 * A device is bound to it only by its driver_override: nothing else matches.
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>

#include "seize.h"
#include "stub.h"
#include "sysfs.h"
#include "trace.h"

/* Handed from dtdev_stub_expect() to the probe that comes. */
static DEFINE_MUTEX(stub_request_lock);
static const struct dtdev_seize_request *stub_request;

/* What both drivers do when they are bound. Caller: device_lock. */
int dtdev_stub_probe(struct device *dev)
{
	const struct dtdev_seize_request *request = NULL;
	int err;

	mutex_lock(&stub_request_lock);
	if (stub_request && stub_request->dev == dev)
		request = stub_request;
	mutex_unlock(&stub_request_lock);
	err = dtdev_seize_bind(dev, request);
	trace_dtdev_seize(dev, err);
	return err;
}

/* What is asked for, when a device is bound to us. One caller at a time. */
void dtdev_stub_expect(const struct dtdev_seize_request *request)
{
	mutex_lock(&stub_request_lock);
	stub_request = request;
	mutex_unlock(&stub_request_lock);
}

static int stub_probe(struct platform_device *pdev)
{
	return dtdev_stub_probe(&pdev->dev);
}

static void stub_remove(struct platform_device *pdev)
{
	dtdev_seize_unbind(&pdev->dev);
}

static struct platform_driver stub_driver = {
	.driver = {
		.name = DTDEV_STUB_NAME,
		.groups = dtdev_sysfs_driver_groups,
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
		/* A guest may have what is ours: it goes by remove_node, or not at all. */
		.suppress_bind_attrs = true,
	},
	.probe = stub_probe,
	.platform_remove_void = stub_remove,
	/* DMA is for the guest to set up, through Xen. */
	.driver_managed_dma = true,
};

static struct device_driver *stub_driver_of(struct device *dev)
{
	if (dev->bus == &platform_bus_type)
		return &stub_driver.driver;
	return dtdev_stub_amba_driver(dev);
}

bool dtdev_stub_owns(struct device *dev)
{
	struct device_driver *driver = stub_driver_of(dev);

	return driver && READ_ONCE(dev->driver) == driver;
}

/*
 * Binds the stub to a device that has no driver, unless it has been bound already. May
 * sleep long. Returns 0 or -errno.
 */
int dtdev_stub_attach(struct device *dev)
{
	struct device_driver *driver = stub_driver_of(dev);
	int err;

	if (!driver)
		return -EOPNOTSUPP;
	err = device_driver_attach(driver, dev);
	if (dtdev_stub_owns(dev))
		return 0;
	return err ?: -EBUSY;
}

int dtdev_stub_init(void)
{
	int err;

	err = platform_driver_register(&stub_driver);
	if (err)
		return err;
	err = dtdev_stub_amba_init();
	if (err)
		platform_driver_unregister(&stub_driver);
	return err;
}

void dtdev_stub_exit(void)
{
	dtdev_stub_amba_exit();
	platform_driver_unregister(&stub_driver);
}
