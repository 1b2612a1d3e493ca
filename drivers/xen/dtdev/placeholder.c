// SPDX-License-Identifier: GPL-2.0
/*
 * placeholder - stands for a node whose status is "disabled"
 *
 * That is what Xen writes into dom0's tree for a node marked xen,passthrough in
 * the host's. It is a platform device even for a primecell: the AMBA bus would
 * read registers that are not there for dom0.
 */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mutex.h>
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

/* All that there are. Without this module they would have no type. */
struct placeholder {
	struct list_head list;
	struct platform_device *pdev;
};

static LIST_HEAD(placeholder_list);
static DEFINE_MUTEX(placeholder_lock);

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

static struct platform_device *placeholder_alloc(struct device_node *np)
{
	struct platform_device *pdev = NULL;
	char *name = placeholder_name(np);

	if (name)
		pdev = platform_device_alloc(name, PLATFORM_DEVID_NONE);
	kfree(name);
	if (!pdev)
		return NULL;
	pdev->dev.type = &placeholder_type;
	device_set_node(&pdev->dev, of_fwnode_handle(of_node_get(np)));
	return pdev;
}

static int placeholder_add(struct platform_device *pdev)
{
	struct placeholder *placeholder = kzalloc(sizeof(*placeholder), GFP_KERNEL);
	int err = -ENOMEM;

	if (placeholder)
		err = device_set_driver_override(&pdev->dev, PLACEHOLDER_NO_DRIVER);
	if (!err)
		err = platform_device_add(pdev);
	if (err) {
		kfree(placeholder);
		return err;
	}
	placeholder->pdev = pdev;
	mutex_lock(&placeholder_lock);
	list_add_tail(&placeholder->list, &placeholder_list);
	mutex_unlock(&placeholder_lock);
	return 0;
}

/* May sleep. Returns a device, held, that no driver is bound to, or an error. */
struct device *dtdev_placeholder_make(struct device_node *np)
{
	struct platform_device *pdev = placeholder_alloc(np);
	int err;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	err = placeholder_add(pdev);
	if (err) {
		platform_device_put(pdev);
		return ERR_PTR(err);
	}
	return get_device(&pdev->dev);
}

/* Takes the one of @dev out of the list; any, if that is NULL. */
static struct placeholder *placeholder_take(struct device *dev)
{
	struct placeholder *placeholder, *found = NULL;

	mutex_lock(&placeholder_lock);
	list_for_each_entry(placeholder, &placeholder_list, list)
		if (!dev || &placeholder->pdev->dev == dev) {
			list_del(&placeholder->list);
			found = placeholder;
			break;
		}
	mutex_unlock(&placeholder_lock);
	return found;
}

static bool placeholder_destroy(struct device *dev)
{
	struct placeholder *placeholder = placeholder_take(dev);

	if (!placeholder)
		return false;
	platform_device_unregister(placeholder->pdev);
	kfree(placeholder);
	return true;
}

void dtdev_placeholder_destroy(struct device *dev)
{
	placeholder_destroy(dev);
}

/* None is left: our driver may have been unbound from one without having been asked. */
void dtdev_placeholder_exit(void)
{
	while (placeholder_destroy(NULL))
		;
}
