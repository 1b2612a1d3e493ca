/* SPDX-License-Identifier: GPL-2.0 */
/*
 * recover - a guest's part in recovering from PCI errors
 *
 * Its worker tells the frontend what dom0 has seen and done, and asks what the
 * guest's driver makes of it. A function whose driver does not run it again
 * within seconds is taken away from the guest and reset.
 */
#ifndef PCIBACK_GUEST_RECOVER_H
#define PCIBACK_GUEST_RECOVER_H

#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../host/aer.h"

struct pciback_fn;
struct pciback_guest;

struct pciback_recover {
	struct work_struct work;
	spinlock_t lock;		/* guards stop and the functions' talk */
	wait_queue_head_t wait;		/* dom0's part is done, or stop */
	bool stop;
};

void pciback_recover_init(struct pciback_guest *guest);
void pciback_recover_stop(struct pciback_guest *guest);
void pciback_recover_note(struct pciback_guest *guest, struct pciback_fn *fn,
			  enum pciback_aer_event event);

int pciback_recover_module_init(void);
void pciback_recover_module_exit(void);

#endif
