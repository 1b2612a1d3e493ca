/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sysfs - /sys/bus/{platform,amba}/drivers/xen-dtdev and /sys/class/xen-dtdev
 */
#ifndef DTDEV_SYSFS_H
#define DTDEV_SYSFS_H

struct attribute_group;
struct dtdev_node;
struct seq_buf;

extern const struct attribute_group *dtdev_sysfs_driver_groups[];

int dtdev_sysfs_class_init(void);
void dtdev_sysfs_class_exit(void);
int dtdev_sysfs_class_add(struct dtdev_node *node);
void dtdev_sysfs_class_del(struct dtdev_node *node);

ssize_t dtdev_sysfs_end(struct seq_buf *s);

#endif
