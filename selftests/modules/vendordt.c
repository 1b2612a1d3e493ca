// SPDX-License-Identifier: GPL-2.0
/*
 * vendordt - has the name that overlays have in configfs, as kernels of some vendors do
 */
#include <linux/configfs.h>
#include <linux/module.h>
#include <linux/mutex.h>

static const struct config_item_type vendordt_type = {
	.ct_owner = THIS_MODULE,
};

static struct configfs_subsystem vendordt = {
	.su_group.cg_item = {
		.ci_namebuf = "device-tree",
		.ci_type = &vendordt_type,
	},
};

static int __init vendordt_init(void)
{
	config_group_init(&vendordt.su_group);
	mutex_init(&vendordt.su_mutex);
	return configfs_register_subsystem(&vendordt);
}

static void __exit vendordt_exit(void)
{
	configfs_unregister_subsystem(&vendordt);
}

module_init(vendordt_init);
module_exit(vendordt_exit);

MODULE_DESCRIPTION("Stands for a kernel's own interface for overlays");
MODULE_LICENSE("GPL");
