/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ask - the other slot of the shared page, in which we ask and a frontend answers
 *
 * One question at a time, about one function: what its driver makes of a PCI
 * error. The frontend may answer late, never, or with anything.
 */
#ifndef PCIBACK_GUEST_ASK_H
#define PCIBACK_GUEST_ASK_H

#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <xen/interface/io/pciif.h>

#include "../core/bdf.h"

struct pciback_ask {
	spinlock_t lock;			/* guards page and irq */
	struct xen_pci_sharedinfo *page;	/* NULL: nobody to ask */
	int irq;
	bool is_open;				/* a question waits for its answer */
	wait_queue_head_t wait;
};

void pciback_ask_init(struct pciback_ask *ask);
void pciback_ask_connect(struct pciback_ask *ask,
			 struct xen_pci_sharedinfo *page, int irq);
void pciback_ask_disconnect(struct pciback_ask *ask);
bool pciback_ask_event(struct pciback_ask *ask, unsigned long *flags);

int pciback_ask(struct pciback_ask *ask, u32 cmd, struct pciback_bdf at,
		int argument, unsigned long timeout);

#endif
