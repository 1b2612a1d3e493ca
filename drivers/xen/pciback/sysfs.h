/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sysfs - /sys/bus/pci/drivers/pciback
 */
#ifndef PCIBACK_SYSFS_H
#define PCIBACK_SYSFS_H

extern const struct attribute_group *pciback_sysfs_groups[];

#endif
