/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sysfs - /sys/bus/pci/drivers/pciback, and <device>/pciback/ beneath it
 */
#ifndef PCIBACK_SYSFS_H
#define PCIBACK_SYSFS_H

struct attribute_group;
struct driver_attribute;

extern const struct attribute_group pciback_sysfs_list_group;
extern const struct attribute_group *pciback_sysfs_driver_groups[];
extern const struct driver_attribute pciback_sysfs_new_id;
extern const struct attribute_group *pciback_sysfs_device_groups[];

#endif
