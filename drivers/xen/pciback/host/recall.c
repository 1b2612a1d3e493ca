// SPDX-License-Identifier: GPL-2.0
/*
 * recall - dom0 needs a function that a guest has, or has to tell it something
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>
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

/* How often one that was busy with the last such request is asked again. */
#define RECALL_ASK_AGAIN	(HZ / 10)

/* Returns when the guest has let go, or is not going to, or at @deadline. */
static void recall_ask(struct pciback_fn *fn, struct pciback_claimant *claimant,
		       unsigned long deadline)
{
	int err = -EAGAIN;

	while (time_before(jiffies, deadline) && !recall_has_ended(fn, claimant)) {
		if (err == -EAGAIN)
			err = claimant->ops->ask(claimant, fn->bdf);
		if (err && err != -EAGAIN)
			return;
		wait_event_timeout(fn->changed, recall_has_ended(fn, claimant),
				   RECALL_ASK_AGAIN);
	}
}

/*
 * Asks the guest that has the function, if one has, to let go of it, and does not wait: for
 * who has more to ask for. May sleep.
 */
void pciback_recall_early(struct pciback_fn *fn)
{
	struct pciback_claimant *claimant = pciback_claimant_of(fn);

	if (!claimant)
		return;
	claimant->ops->ask(claimant, fn->bdf);
	claimant->ops->put(claimant);
}

/*
 * Takes the function from the guest that has it, if one has: it is asked first,
 * so that its driver can leave in order, and has until @deadline (jiffies;
 * PCIBACK_RECALL_PATIENCE) for that, if it has answered the last time. May sleep as
 * long; device_lock may be held, but nothing that a guest's progress needs.
 */
void pciback_recall(struct pciback_fn *fn, unsigned long deadline)
{
	struct pciback_claimant *claimant = pciback_claimant_of(fn);

	if (!claimant)
		return;

	pci_warn(fn->dev, "%s: domain %u is asked to let go of it\n",
		 pci_device_is_present(fn->dev) ? "needed in dom0" : "unplugged",
		 claimant->tenant.domid);
	/* Who has not answered for one function is not waited for again for the next. */
	recall_ask(fn, claimant, READ_ONCE(claimant->is_mute) ? jiffies : deadline);
	WRITE_ONCE(claimant->is_mute, !recall_has_ended(fn, claimant));
	if (READ_ONCE(claimant->is_mute))
		pci_warn(fn->dev, "domain %u does not let go: taken away from it\n",
			 claimant->tenant.domid);
	claimant->ops->revoke(claimant, fn->bdf);
	claimant->ops->put(claimant);
}

/*
 * Tells the guest that has the function, if one has by our connection, of @event. May
 * sleep. Returns false if none has.
 */
bool pciback_recall_tell(struct pciback_fn *fn, enum pciback_claimant_event event)
{
	struct pciback_claimant *claimant = pciback_claimant_of(fn);

	if (!claimant)
		return false;
	claimant->ops->error(claimant, fn, event);
	claimant->ops->put(claimant);
	return true;
}

/*
 * Removals one right after the other, of what has one physical function or one bridge
 * above, are one for who waits for all of them, a card that is unplugged for example: they
 * share what the first was given, and each is asked.
 */
#define RECALL_TOGETHER	HZ
#define RECALL_AT_LEAST	(HZ / 2)

static struct {
	struct mutex lock;		/* guards the others */
	const struct pci_dev *above;	/* only compared */
	unsigned long deadline, ended;
} recall_series = {
	.lock = __MUTEX_INITIALIZER(recall_series.lock),
};

static const struct pci_dev *recall_above(struct pci_dev *dev)
{
	return dev->is_virtfn ? pci_physfn(dev) : pci_upstream_bridge(dev);
}

static unsigned long recall_deadline(struct pci_dev *dev)
{
	const struct pci_dev *above = recall_above(dev);
	unsigned long now = jiffies, until = now + PCIBACK_RECALL_PATIENCE;

	mutex_lock(&recall_series.lock);
	if (above && above == recall_series.above &&
	    time_before(now, recall_series.ended + RECALL_TOGETHER))
		until = recall_series.deadline;
	recall_series.above = above;
	recall_series.deadline = until;
	mutex_unlock(&recall_series.lock);
	return time_after(until, now + RECALL_AT_LEAST) ? until : now + RECALL_AT_LEAST;
}

static void recall_ended(void)
{
	mutex_lock(&recall_series.lock);
	recall_series.ended = jiffies;
	mutex_unlock(&recall_series.lock);
}

/*
 * Ends all that others may do with the function, and waits for what they are
 * doing. Caller: device_lock, fn is dying. May sleep.
 */
void pciback_recall_for_good(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->custody.state != PCIBACK_FN_ASSIGNED)
		pciback_custody_gone(&fn->custody);
	mutex_unlock(&fn->lock);
	pciback_recall(fn, recall_deadline(fn->dev));
	recall_ended();
	pciback_hold_wait(fn);
}
