// SPDX-License-Identifier: GPL-2.0
/*
 * stub_amba - the driver for primecells
 *
 * The bus reads a device's identity from its registers once, before any driver:
 * a device is never given back without its registers in dom0's map.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/module.h>

#include "seize.h"
#include "stub.h"
#include "sysfs.h"

static int stub_amba_probe(struct amba_device *adev, const struct amba_id *id)
{
	return dtdev_stub_probe(&adev->dev);
}

static void stub_amba_remove(struct amba_device *adev)
{
	dtdev_seize_unbind(&adev->dev);
}

/* No identity matches: only a driver_override does. */
static const struct amba_id stub_amba_ids[] = {
	{ }
};

static struct amba_driver stub_amba_driver = {
	.drv = {
		.name = DTDEV_STUB_NAME,
		.groups = dtdev_sysfs_driver_groups,
		.probe_type = PROBE_FORCE_SYNCHRONOUS,
		.suppress_bind_attrs = true,
	},
	.probe = stub_amba_probe,
	.remove = stub_amba_remove,
	.id_table = stub_amba_ids,
	.driver_managed_dma = true,
};

struct device_driver *dtdev_stub_amba_driver(struct device *dev)
{
	return dev->bus == &amba_bustype ? &stub_amba_driver.drv : NULL;
}

int dtdev_stub_amba_init(void)
{
	return amba_driver_register(&stub_amba_driver);
}

void dtdev_stub_amba_exit(void)
{
	amba_driver_unregister(&stub_amba_driver);
}
