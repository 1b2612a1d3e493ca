/* SPDX-License-Identifier: GPL-2.0 */
/*
 * life - the beginning and the end of one frontend connection
 */
#ifndef PCIBACK_GUEST_LIFE_H
#define PCIBACK_GUEST_LIFE_H

#include <linux/types.h>

struct pciback_guest;
struct xenbus_device;

struct pciback_guest *pciback_life_begin(struct xenbus_device *xdev);
void pciback_life_end(struct pciback_guest *guest);

int pciback_life_init(bool host_topology);
void pciback_life_exit(void);

#endif
