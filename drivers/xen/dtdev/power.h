/* SPDX-License-Identifier: GPL-2.0 */
/*
 * power - cuts a device's power, and sees whether it was cut
 */
#ifndef DTDEV_POWER_H
#define DTDEV_POWER_H

struct device;

int dtdev_power_cycle(struct device *dev);

#endif
