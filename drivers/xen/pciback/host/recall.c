// SPDX-License-Identifier: GPL-2.0
/*
 * recall - dom0 needs a function that a guest has, or has to tell it something
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/wait.h>

#include "../fn/function.h"
#include "claimant.h"
#include "hold.h"
#include "recall.h"

static bool recall_has_ended(struct pciback_fn *fn, struct pciback_claimant *claimant)
{
	return READ_ONCE(fn->tenant) != &claimant->tenant;
}

/* How long a guest has for letting go of a function, and for hearing of it. */
#define RECALL_PATIENCE	(10 * HZ)
#define RECALL_ASK_AGAIN	(HZ / 10)

/* Returns when the guest has let go, or is not going to. */
static void recall_ask(struct pciback_fn *fn, struct pciback_claimant *claimant)
{
	long left = RECALL_PATIENCE;
	int err = -EAGAIN;

	while (left > 0 && !recall_has_ended(fn, claimant)) {
		/* It may be busy with the last such request. */
		if (err == -EAGAIN)
			err = claimant->ops->ask(claimant, fn->bdf);
		if (err && err != -EAGAIN)
			return;
		wait_event_timeout(fn->changed, recall_has_ended(fn, claimant),
				   RECALL_ASK_AGAIN);
		left -= RECALL_ASK_AGAIN;
	}
}

/*
 * Takes the function from the guest that has it, if one has: it is asked first,
 * so that its driver can leave in order. May sleep, as long as a guest has for
 * that; device_lock may be held, but nothing that a guest's progress needs.
 */
void pciback_recall(struct pciback_fn *fn)
{
	struct pciback_claimant *claimant = pciback_claimant_of(fn);

	if (!claimant)
		return;

	pci_warn(fn->dev, "%s: domain %u is asked to let go of it\n",
		 pci_device_is_present(fn->dev) ? "needed in dom0" : "unplugged",
		 claimant->tenant.domid);
	recall_ask(fn, claimant);
	if (!recall_has_ended(fn, claimant))
		pci_warn(fn->dev, "domain %u does not let go: taken away from it\n",
			 claimant->tenant.domid);
	claimant->ops->revoke(claimant, fn->bdf);
	claimant->ops->put(claimant);
}

/* Tells the guest that has the function, if one has, of @event. May sleep. */
void pciback_recall_tell(struct pciback_fn *fn, enum pciback_claimant_event event)
{
	struct pciback_claimant *claimant = pciback_claimant_of(fn);

	if (!claimant)
		return;
	claimant->ops->error(claimant, fn, event);
	claimant->ops->put(claimant);
}

/*
 * Ends all that others may do with the function, and waits for what they are
 * doing. Caller: device_lock, fn->dying is set. May sleep.
 */
void pciback_recall_for_good(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->state != PCIBACK_FN_ASSIGNED)
		fn->state = PCIBACK_FN_GONE;
	mutex_unlock(&fn->lock);
	pciback_recall(fn);
	pciback_hold_wait(fn);
}
