/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xenbus - the backend driver for devices of type "pci"
 */
#ifndef PCIBACK_GUEST_XENBUS_H
#define PCIBACK_GUEST_XENBUS_H

int pciback_xenbus_init(void);
void pciback_xenbus_exit(void);

#endif
