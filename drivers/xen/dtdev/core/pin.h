/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pin - lines that keep a device, or a part of it, from working
 */
#ifndef DTDEV_CORE_PIN_H
#define DTDEV_CORE_PIN_H

#include <linux/types.h>

#define DTDEV_PIN_NAME_MAX	32

/* The GPIO lines of a property, and how they are while the device works. */
struct dtdev_pin {
	char name[DTDEV_PIN_NAME_MAX];	/* without "-gpios" */
	bool active;
};

bool dtdev_pin_find(const char *property, struct dtdev_pin *pin);

#endif
