/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stub - the PCI driver that functions are bound to while they are ours
 */
#ifndef PCIBACK_HOST_STUB_H
#define PCIBACK_HOST_STUB_H

struct attribute_group;

int pciback_stub_init(const struct attribute_group **groups);
void pciback_stub_exit(void);

#endif
