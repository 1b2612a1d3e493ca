// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_driver - the drivers' attributes; Documentation/ABI tells of each
 */
#include <linux/device/driver.h>
#include <linux/mm.h>
#include <linux/seq_buf.h>
#include <linux/sysfs.h>

#include "node.h"
#include "sysfs.h"
#include "wish.h"

/*
 * What an attribute that @s has printed into a page returns: whole lines, of which an
 * attribute cannot have more.
 */
ssize_t dtdev_sysfs_end(struct seq_buf *s)
{
	size_t len = seq_buf_used(s);

	if (!seq_buf_has_overflowed(s))
		return len;
	while (len && s->buffer[len - 1] != '\n')
		len--;
	return len;
}

static ssize_t new_node_store(struct device_driver *driver, const char *buf,
			      size_t count)
{
	int err = dtdev_wish_take(buf, count);

	return err ?: count;
}
static DRIVER_ATTR_WO(new_node);

static ssize_t remove_node_store(struct device_driver *driver, const char *buf,
				 size_t count)
{
	int err = dtdev_wish_return(buf, count);

	return err ?: count;
}
static DRIVER_ATTR_WO(remove_node);

static ssize_t adopt_node_store(struct device_driver *driver, const char *buf,
				size_t count)
{
	int err = dtdev_wish_adopt(buf, count);

	return err ?: count;
}
static DRIVER_ATTR_WO(adopt_node);

static int sysfs_print_path(struct dtdev_node *node, void *data)
{
	seq_buf_printf(data, "%s\n", node->path);
	return 0;
}

static ssize_t nodes_show(struct device_driver *driver, char *buf)
{
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE - 1);
	dtdev_node_each(sysfs_print_path, &s);
	return dtdev_sysfs_end(&s);
}
static DRIVER_ATTR_RO(nodes);

static struct attribute *sysfs_driver_attrs[] = {
	&driver_attr_new_node.attr,
	&driver_attr_remove_node.attr,
	&driver_attr_adopt_node.attr,
	&driver_attr_nodes.attr,
	NULL
};

static const struct attribute_group sysfs_driver_group = {
	.attrs = sysfs_driver_attrs,
};

const struct attribute_group *dtdev_sysfs_driver_groups[] = {
	&sysfs_driver_group,
	NULL
};
