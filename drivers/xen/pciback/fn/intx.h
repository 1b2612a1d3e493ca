/* SPDX-License-Identifier: GPL-2.0 */
/*
 * intx - dom0's part in a guest's level-triggered interrupt
 *
 * The guest handles the interrupt. Where the line is shared with a device of
 * dom0, dom0 gets it too, and would switch the line off as one that nobody
 * cares for. So a handler stands in while the guest uses the line, and says
 * that somebody does. It is silent while the guest has message interrupts or does
 * not decode, and the gate is closed then. What interrupts while no guest takes it,
 * by design or not, is held back in the function itself.
 */
#ifndef PCIBACK_FN_INTX_H
#define PCIBACK_FN_INTX_H

#include <linux/types.h>

struct pci_dev;
struct pciback_intx;

void pciback_intx_init(struct pciback_intx *intx, struct pci_dev *dev);
int pciback_intx_enable(struct pciback_intx *intx);
void pciback_intx_suspend(struct pciback_intx *intx);
void pciback_intx_disable(struct pciback_intx *intx);
void pciback_intx_reapply(struct pciback_intx *intx);
void pciback_intx_settle(struct pciback_intx *intx);
void pciback_intx_gate(struct pci_dev *dev, bool open);
void pciback_intx_mask(struct pciback_intx *intx, bool masked);
void pciback_intx_toggle(struct pciback_intx *intx);

#endif
