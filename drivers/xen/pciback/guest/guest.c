// SPDX-License-Identifier: GPL-2.0
/*
 * guest - one frontend connection: counted, freed, kicked
 */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "guest.h"

static struct workqueue_struct *guest_wq;

static void guest_free(struct kref *ref)
{
	struct pciback_guest *guest = container_of(ref, struct pciback_guest,
						   ref);

	xa_destroy(&guest->functions);
	kfree(guest->front);
	kfree(guest);
}

void pciback_guest_get(struct pciback_guest *guest)
{
	kref_get(&guest->ref);
}

void pciback_guest_put(struct pciback_guest *guest)
{
	kref_put(&guest->ref, guest_free);
}

/* Has the control worker look at the states. Any context. */
void pciback_guest_kick(struct pciback_guest *guest)
{
	queue_work(guest_wq, &guest->control);
}

/* The same @delay jiffies from now, instead of any later time asked for before. */
void pciback_guest_kick_later(struct pciback_guest *guest, unsigned long delay)
{
	mod_delayed_work(guest_wq, &guest->again, delay);
}

/* Has it taken apart. Any context; once. */
void pciback_guest_end(struct pciback_guest *guest)
{
	queue_work(guest_wq, &guest->end);
}

/* Returns when all that were to be taken apart have been. May sleep. */
void pciback_guest_flush(void)
{
	flush_workqueue(guest_wq);
}

int pciback_guest_module_init(void)
{
	guest_wq = alloc_workqueue("pciback-guests", WQ_UNBOUND | WQ_FREEZABLE, 0);
	return guest_wq ? 0 : -ENOMEM;
}

void pciback_guest_module_exit(void)
{
	destroy_workqueue(guest_wq);
}
