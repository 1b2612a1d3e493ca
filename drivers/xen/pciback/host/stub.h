/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stub - the PCI driver that functions are bound to while they are ours
 */
#ifndef PCIBACK_HOST_STUB_H
#define PCIBACK_HOST_STUB_H

#include <linux/types.h>

struct attribute_group;
struct driver_attribute;
struct pci_dev;
struct pciback_fn;

/* Looks on while a function is ours. Caller: device_lock. */
struct pciback_stub_watch {
	void (*seized)(struct pciback_fn *fn);
	void (*leaving)(struct pciback_fn *fn);
};

int pciback_stub_init(const struct attribute_group **driver_groups,
		      const struct attribute_group **device_groups,
		      const struct driver_attribute *new_id,
		      const struct pciback_stub_watch *watch);
void pciback_stub_exit(void);

bool pciback_stub_owns(struct pci_dev *dev);
void pciback_stub_takeover(void);
int pciback_stub_take_free(void);

int pciback_stub_override(struct pci_dev *dev);
bool pciback_stub_is_override(struct pci_dev *dev);

extern bool pciback_stub_takeover_allowed;

#endif
