/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reset - brings a function back to the state it was seized in
 */
#ifndef PCIBACK_HOST_RESET_H
#define PCIBACK_HOST_RESET_H

struct pci_dev;
struct pci_saved_state;

int pciback_reset_locked(struct pci_dev *dev, struct pci_saved_state *saved);

#endif
