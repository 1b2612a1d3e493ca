/* SPDX-License-Identifier: GPL-2.0 */
/*
 * phys - what a device or its parts speak to the outside through: on while it is held
 */
#ifndef DTDEV_PHYS_H
#define DTDEV_PHYS_H

struct dtdev_node;
struct phy;

struct dtdev_phys {
	struct phy **list;
	unsigned int count, room;
};

int dtdev_phys_start(struct dtdev_node *node);
void dtdev_phys_stop(struct dtdev_node *node);

#endif
