/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pins - GPIO lines that a device, its parts or its PHY are reset, enabled or
 * switched off by: in their working state while it is held
 */
#ifndef DTDEV_PINS_H
#define DTDEV_PINS_H

struct dtdev_node;
struct gpio_desc;

struct dtdev_pins {
	struct gpio_desc **lines;
	unsigned int count, room;
};

int dtdev_pins_start(struct dtdev_node *node);
void dtdev_pins_stop(struct dtdev_node *node);

#endif
