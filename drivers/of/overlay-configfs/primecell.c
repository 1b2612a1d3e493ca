// SPDX-License-Identifier: GPL-2.0
/*
 * primecell - what the kernel does at boot, for nodes that come later
 *
 * At boot, a node compatible with arm,primecell becomes a device of the AMBA
 * bus. For nodes that an overlay brings, the kernel makes platform devices only,
 * which no driver of a primecell binds to. This comes before it.
 *
 * A node marked xen,passthrough is left to it: the AMBA bus would read registers
 * that this domain has no access to.
 */
#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/limits.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "primecell.h"
#include "progress.h"

/* Would the kernel make a device of it by itself? */
static bool primecell_is_due(struct device_node *np)
{
	return of_device_is_compatible(np, "arm,primecell") &&
	       !of_property_present(np, "xen,passthrough") &&
	       !of_node_check_flag(np, OF_POPULATED) &&
	       (of_node_is_root(np->parent) ||
		of_node_check_flag(np->parent, OF_POPULATED_BUS));
}

static int primecell_describe(struct amba_device *dev, struct device_node *np)
{
	int err;

	err = of_address_to_resource(np, 0, &dev->res);
	if (err)
		return err;
	dev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	of_property_read_u32(np, "arm,primecell-periphid", &dev->periphid);
	return dev_set_name(&dev->dev, "%llx.%pOFn", (u64)dev->res.start, np);
}

static int primecell_make(struct device_node *np)
{
	struct platform_device *bus = of_find_device_by_node(np->parent);
	struct amba_device *dev = amba_device_alloc(NULL, 0, 0);
	int err = -ENOMEM;

	if (!dev)
		goto out_bus;
	dev->dev.parent = bus ? &bus->dev : &platform_bus;
	err = primecell_describe(dev, np);
	if (!err) {
		of_node_set_flag(np, OF_POPULATED);
		/* The bus takes the count of the node. */
		device_set_node(&dev->dev, of_fwnode_handle(np));
		err = amba_device_add(dev, &iomem_resource);
	}
	if (err) {
		of_node_clear_flag(np, OF_POPULATED);
		amba_device_put(dev);
	}
out_bus:
	platform_device_put(bus);
	return err;
}

static void primecell_destroy(struct device_node *np)
{
	struct device *dev = bus_find_device_by_of_node(&amba_bustype, np);

	if (!dev)
		return;
	of_platform_device_destroy(dev, NULL);
	put_device(dev);
}

static int primecell_notify(struct notifier_block *block, unsigned long action, void *data)
{
	struct of_reconfig_data *change = data;

	if (!dtovl_progress_is_ours())
		return NOTIFY_DONE;
	switch (of_reconfig_get_state_change(action, change)) {
	case OF_RECONFIG_CHANGE_ADD:
		if (primecell_is_due(change->dn))
			return notifier_from_errno(primecell_make(change->dn));
		break;
	case OF_RECONFIG_CHANGE_REMOVE:
		primecell_destroy(change->dn);
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block primecell_notifier = {
	.notifier_call = primecell_notify,
	.priority = INT_MAX,
};

int dtovl_primecell_init(void)
{
	return of_reconfig_notifier_register(&primecell_notifier);
}

void dtovl_primecell_exit(void)
{
	of_reconfig_notifier_unregister(&primecell_notifier);
}
