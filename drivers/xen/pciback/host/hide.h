/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hide - which functions we want, and what became of each wish
 *
 * Wishes come from hide=, from new_slot, and, until we let go of its function or while that
 * is torn out, from a driver_override that named us. remove_slot takes addresses back, also
 * out of the middle of a wish that covers more: those become exceptions.
 */
#ifndef PCIBACK_HOST_HIDE_H
#define PCIBACK_HOST_HIDE_H

#include <linux/types.h>

#include "../core/bdf.h"

struct pci_dev;

int pciback_hide_init(const char *values, size_t len);
void pciback_hide_exit(void);

int pciback_hide_add(const char *list, size_t len);
int pciback_hide_add_override(struct pciback_bdf bdf);
void pciback_hide_end_override(struct pciback_bdf bdf);
int pciback_hide_remove(const char *address, size_t len);
int pciback_hide_except(struct pciback_bdf bdf);
bool pciback_hide_wants(struct pci_dev *dev);
u32 pciback_hide_force(struct pci_dev *dev);
void pciback_hide_outcome(struct pci_dev *dev, int err);

#endif
