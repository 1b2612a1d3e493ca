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
#ifndef PCIBACK_HOST_INTX_H
#define PCIBACK_HOST_INTX_H

#include <linux/ratelimit_types.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct pci_dev;

struct pciback_intx {
	struct pci_dev *dev;
	unsigned int irq;	/* 0: the function has no line */
	bool installed;		/* the handler is */
	bool used;		/* the guest uses the line: the gate is open */
	/* Both must be, for it to answer; an interface, see irq_handlers. */
	bool on;		/* a guest uses the line, or the owner says so */
	bool ack;		/* somebody shares the line, so it is needed */
	unsigned long handled;
	struct delayed_work look;	/* while something is held back */
	struct ratelimit_state log;	/* of what is held back */
	char name[32];
};

void pciback_intx_init(struct pciback_intx *intx, struct pci_dev *dev);
int pciback_intx_enable(struct pciback_intx *intx);
void pciback_intx_suspend(struct pciback_intx *intx);
void pciback_intx_disable(struct pciback_intx *intx);
void pciback_intx_reapply(struct pciback_intx *intx);
void pciback_intx_gate(struct pci_dev *dev, bool open);
void pciback_intx_toggle(struct pciback_intx *intx);

#endif
