// SPDX-License-Identifier: GPL-2.0
/*
 * placeholder - stands for a node whose status is "disabled"
 *
 * That is what Xen writes into dom0's tree for a node marked xen,passthrough in
 * the host's. It is a platform device even for a primecell: the AMBA bus would
 * read registers that are not there for dom0.
 */
#include <linux/err.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "placeholder.h"
#include "tree.h"

/* Nothing may be bound to it before we say so. */
#define PLACEHOLDER_NO_DRIVER	"(none)"

static const struct device_type placeholder_type = {
	.name = "xen-dtdev-placeholder",
};

bool dtdev_placeholder_is(struct device *dev)
{
	return dev->type == &placeholder_type;
}

/* As the kernel names devices of the tree: address and name. */
static char *placeholder_name(struct device_node *np)
{
	struct dtdev_region region;

	if (dtdev_tree_region(np, 0, &region))
		return kasprintf(GFP_KERNEL, "%pOFn", np);
	return kasprintf(GFP_KERNEL, "%llx.%pOFn", region.start, np);
}

/* May sleep. Returns a device, held, that no driver is bound to, or an error. */
struct device *dtdev_placeholder_make(struct device_node *np)
{
	struct platform_device *pdev = NULL;
	char *name = placeholder_name(np);
	int err = -ENOMEM;

	if (name)
		pdev = platform_device_alloc(name, PLATFORM_DEVID_NONE);
	kfree(name);
	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.type = &placeholder_type;
	device_set_node(&pdev->dev, of_fwnode_handle(of_node_get(np)));
	err = device_set_driver_override(&pdev->dev, PLACEHOLDER_NO_DRIVER);
	if (!err)
		err = platform_device_add(pdev);
	if (err) {
		platform_device_put(pdev);
		return ERR_PTR(err);
	}
	return get_device(&pdev->dev);
}

void dtdev_placeholder_destroy(struct device *dev)
{
	platform_device_unregister(to_platform_device(dev));
}
