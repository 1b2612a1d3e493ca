// SPDX-License-Identifier: GPL-2.0
/*
 * dir - device-tree/overlays/<name>/ in configfs
 *
 * dtbo is a binary attribute, as where vendors' kernels have this interface: tools
 * write all of an overlay at once, and look at status. configfs gathers what is
 * written until the file is closed, when its writer cannot be told any more.
 */
#define pr_fmt(fmt) "dt-overlay: " fmt

#include <linux/capability.h>
#include <linux/configfs.h>
#include <linux/err.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/blob.h"
#include "dir.h"
#include "overlay.h"

struct dir {
	struct config_item item;
	struct dtovl *overlay;
};

static struct dtovl *dir_overlay(struct config_item *item)
{
	return container_of(item, struct dir, item)->overlay;
}

/* What was written when the file is closed; by then nobody looks at what is returned. */
static ssize_t dir_dtbo_write(struct config_item *item, const void *data, size_t len)
{
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = dtovl_receive(dir_overlay(item), data, len);
	return err ?: len;
}

static ssize_t dir_path_store(struct config_item *item, const char *page, size_t len)
{
	char *name;
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	name = kstrndup(page, len, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	err = dtovl_load(dir_overlay(item), strim(name));
	kfree(name);
	return err ?: len;
}

static ssize_t dir_path_show(struct config_item *item, char *page)
{
	return dtovl_print_path(dir_overlay(item), page);
}

static ssize_t dir_status_show(struct config_item *item, char *page)
{
	return dtovl_print_status(dir_overlay(item), page);
}

static ssize_t dir_status_store(struct config_item *item, const char *page, size_t len)
{
	bool on;
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = kstrtobool(page, &on);
	if (!err)
		err = dtovl_switch(dir_overlay(item), on);
	return err ?: len;
}

static ssize_t dir_error_show(struct config_item *item, char *page)
{
	return dtovl_print_error(dir_overlay(item), page);
}

static ssize_t dir_on_top_show(struct config_item *item, char *page)
{
	return dtovl_print_on_top(dir_overlay(item), page);
}

/* The largest overlay, and what tools write behind it for themselves. */
CONFIGFS_BIN_ATTR_WO(dir_, dtbo, NULL, DTOVL_BLOB_MAX + SZ_4K);
CONFIGFS_ATTR(dir_, path);
CONFIGFS_ATTR(dir_, status);
CONFIGFS_ATTR_RO(dir_, error);
CONFIGFS_ATTR_RO(dir_, on_top);

static struct configfs_attribute *dir_attrs[] = {
	&dir_attr_path,
	&dir_attr_status,
	&dir_attr_error,
	&dir_attr_on_top,
	NULL
};

static struct configfs_bin_attribute *dir_bin_attrs[] = {
	&dir_attr_dtbo,
	NULL
};

static void dir_release(struct config_item *item)
{
	kfree(container_of(item, struct dir, item));
}

static struct configfs_item_operations dir_ops = {
	.release = dir_release,
};

static const struct config_item_type dir_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &dir_ops,
	.ct_attrs = dir_attrs,
	.ct_bin_attrs = dir_bin_attrs,
};

static const struct config_item_type dir_top_type = {
	.ct_owner = THIS_MODULE,
};

static struct configfs_subsystem dir_top = {
	.su_group = {
		.cg_item = {
			.ci_namebuf = "device-tree",
			.ci_type = &dir_top_type,
		},
	},
	.su_mutex = __MUTEX_INITIALIZER(dir_top.su_mutex),
};

static int dir_hold(struct config_item *item)
{
	return configfs_depend_item_unlocked(&dir_top, item);
}

static const struct dtovl_ops dir_overlay_ops = {
	.hold = dir_hold,
	.let_go = configfs_undepend_item,
};

static struct config_item *dir_make(struct config_group *group, const char *name)
{
	struct dir *dir;

	if (!capable(CAP_SYS_ADMIN))
		return ERR_PTR(-EPERM);
	dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	if (!dir)
		return ERR_PTR(-ENOMEM);
	dir->overlay = dtovl_open(name, &dir->item, &dir_overlay_ops);
	if (IS_ERR(dir->overlay)) {
		struct config_item *err = ERR_CAST(dir->overlay);

		kfree(dir);
		return err;
	}
	config_item_init_type_name(&dir->item, name, &dir_type);
	return &dir->item;
}

/* Nobody is in an attribute any more. */
static void dir_drop(struct config_group *group, struct config_item *item)
{
	dtovl_close(dir_overlay(item), capable(CAP_SYS_ADMIN));
	config_item_put(item);
}

static struct configfs_group_operations dir_parent_ops = {
	.make_item = dir_make,
	.drop_item = dir_drop,
};

static const struct config_item_type dir_parent_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &dir_parent_ops,
};

static struct config_group dir_parent;

int dtovl_dir_init(void)
{
	int err;

	config_group_init(&dir_top.su_group);
	config_group_init_type_name(&dir_parent, "overlays", &dir_parent_type);
	configfs_add_default_group(&dir_parent, &dir_top.su_group);
	err = configfs_register_subsystem(&dir_top);
	if (err == -EEXIST)
		pr_err("this kernel has an interface of its own for overlays: use that\n");
	return err;
}

void dtovl_dir_exit(void)
{
	configfs_unregister_subsystem(&dir_top);
}
