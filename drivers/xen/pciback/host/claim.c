// SPDX-License-Identifier: GPL-2.0
/*
 * claim - giving a function to a guest, and taking it back
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/ratelimit.h>
#include <linux/string.h>
#include <xen/pci.h>

#include "../trace.h"
#include "claim.h"
#include "clean.h"
#include "function.h"
#include "intx.h"
#include "msi.h"
#include "notice.h"
#include "power.h"
#include "registry.h"
#include "reset.h"
#include "serving.h"

/* How much of the log a guest can have written: lines, in an interval. */
#define CLAIM_LOG_INTERVAL	(60 * HZ)
#define CLAIM_LOG_LINES		20

void pciback_claim_init(struct pciback_claim *claim,
			const struct pciback_claim_ops *ops, u16 domid)
{
	claim->ops = ops;
	claim->domid = domid;
	ratelimit_state_init(&claim->log, CLAIM_LOG_INTERVAL, CLAIM_LOG_LINES);
}

/*
 * Before each message that the guest can bring about as often as it likes: all
 * of them share its part of the log, and another guest's is not touched. Any
 * context.
 */
bool pciback_claim_may_log(struct pciback_claim *claim)
{
	return __ratelimit(&claim->log);
}

/*
 * What a guest gets is as new, and its interrupts go to it: Xen asks for that.
 *
 * The PCI core is not told that the function is assigned: drivers of physical
 * functions would refuse to take virtual ones away. Guests are told first instead
 * (pciback_claim_take_back()).
 */
static int claim_assign_locked(struct pciback_fn *fn,
			       struct pciback_claim *claim)
{
	int err;

	lockdep_assert_held(&fn->lock);
	if (fn->holds)
		return -EAGAIN;
	if (fn->reset_result && !fn->tried) {
		fn->tried = true;
		pciback_clean_start_locked(fn);
		return -EAGAIN;
	}
	fn->tried = false;
	if (!pciback_reset_policy_allows(fn))
		return -EPERM;
	err = xen_register_device_domain_owner(fn->dev, claim->domid);
	if (err)
		/* It has no other word for want of memory. */
		return err == -ENODEV ? -ENOMEM : err;
	if (fn->reset_result)
		pci_warn(fn->dev, "given to domain %u without a reset: %d%s%s\n",
			 claim->domid, fn->reset_result,
			 *fn->reset_note ? ", " : "", fn->reset_note);
	fn->state = PCIBACK_FN_ASSIGNED;
	fn->claim = claim;
	fn->used = true;
	pciback_cfg_reset(fn->cfg);
	atomic_long_set(&fn->ops, 0);
	fn->aer.frozen = false;
	memset(&fn->aer.talk, 0, sizeof(fn->aer.talk));
	memset(&fn->learn, 0, sizeof(fn->learn));
	return 0;
}

/* The function is no guest's any more, and is cleaned. May sleep. */
static void claim_end(struct pciback_fn *fn)
{
	xen_unregister_device_domain_owner(fn->dev);
	mutex_lock(&fn->lock);
	fn->claim = NULL;
	if (READ_ONCE(fn->dying))
		fn->state = PCIBACK_FN_GONE;
	else
		pciback_clean_start_locked(fn);
	mutex_unlock(&fn->lock);
	wake_up_all(&fn->changed);
}

/* No reset from outside goes on meanwhile. */
static int claim_wake(struct pciback_fn *fn)
{
	int err;

	pciback_serving_begin(fn);
	err = pciback_power_wake(fn);
	pciback_serving_end(fn);
	return err;
}

/*
 * Gives an idle function to @claim. May sleep. Returns 0, -EBUSY (another
 * guest has it), -EAGAIN (it is being cleaned; ->retry will be called),
 * -EPERM (it could not be reset, and the policy minds), -EOPNOTSUPP (a bridge),
 * -ENODEV (going away), that it does not wake, or what Xen's bookkeeping of
 * owners says.
 *
 * It is awakened with no lock held: the PCI core takes its own for that, and tells us
 * of errors with them held.
 */
int pciback_claim_take(struct pciback_fn *fn, struct pciback_claim *claim)
{
	static const int refusal[] = {
		[PCIBACK_FN_ASSIGNED] = -EBUSY,
		[PCIBACK_FN_CLEANING] = -EAGAIN,
		[PCIBACK_FN_GONE] = -ENODEV,
	};
	int err;

	if (fn->cfg->is_bridge)
		return -EOPNOTSUPP;

	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_IDLE)
		err = claim_assign_locked(fn, claim);
	else
		err = refusal[fn->state];
	mutex_unlock(&fn->lock);
	if (err)
		return err;
	err = claim_wake(fn);
	if (err)
		claim_end(fn);
	return err;
}

/* The function is now where the guest finds it, at @guest_bdf. May sleep. */
void pciback_claim_placed(struct pciback_fn *fn, struct pciback_bdf guest_bdf)
{
	mutex_lock(&fn->lock);
	fn->guest_bdf = guest_bdf;
	mutex_unlock(&fn->lock);
	pciback_notice(fn, PCIBACK_NOTICE_ASSIGNED);
}

/*
 * Stops what a guest started: interrupts and bus mastering. The caller has made
 * sure that nobody serves operations on the function. May sleep.
 */
void pciback_claim_quiesce(struct pciback_fn *fn)
{
	pciback_serving_begin(fn);
	pci_clear_master(fn->dev);
	pciback_msi_disable(fn);
	pciback_intx_disable(&fn->intx);
	pciback_cfg_reset(fn->cfg);
	pciback_serving_end(fn);
}

/*
 * Takes the function back from its guest; it will be cleaned in the background.
 * As pciback_claim_quiesce() for the caller.
 */
void pciback_claim_release(struct pciback_fn *fn)
{
	pciback_claim_quiesce(fn);
	WRITE_ONCE(fn->allow_interrupt_control, false);
	trace_release(fn->bdf, fn->claim->domid);
	pciback_notice(fn, PCIBACK_NOTICE_RELEASED);
	claim_end(fn);
}

static bool claim_has_ended(struct pciback_fn *fn, struct pciback_claim *claim)
{
	return READ_ONCE(fn->claim) != claim;
}

/* How long a guest has for letting go of a function, and for hearing of it. */
#define CLAIM_PATIENCE	(10 * HZ)
#define CLAIM_ASK_AGAIN	(HZ / 10)

/* Returns when the guest has let go, or is not going to. */
static void claim_ask(struct pciback_fn *fn, struct pciback_claim *claim)
{
	long left = CLAIM_PATIENCE;
	int err = -EAGAIN;

	while (left > 0 && !claim_has_ended(fn, claim)) {
		/* It may be busy with the last such request. */
		if (err == -EAGAIN)
			err = claim->ops->ask(claim, fn->bdf);
		if (err && err != -EAGAIN)
			return;
		wait_event_timeout(fn->changed, claim_has_ended(fn, claim),
				   CLAIM_ASK_AGAIN);
		left -= CLAIM_ASK_AGAIN;
	}
}

/* Who has the function, counted, or NULL. The caller puts it. */
static struct pciback_claim *claim_get(struct pciback_fn *fn)
{
	struct pciback_claim *claim;

	mutex_lock(&fn->lock);
	claim = fn->claim;
	if (claim)
		claim->ops->get(claim);
	mutex_unlock(&fn->lock);
	return claim;
}

/*
 * Takes the function from the guest that has it, if one has: it is asked first,
 * so that its driver can leave in order. May sleep, as long as a guest has for
 * that; device_lock may be held, but nothing that a guest's progress needs.
 */
void pciback_claim_take_back(struct pciback_fn *fn)
{
	struct pciback_claim *claim = claim_get(fn);

	if (!claim)
		return;

	pci_warn(fn->dev, "%s: domain %u is asked to let go of it\n",
		 pci_device_is_present(fn->dev) ? "needed in dom0" : "unplugged",
		 claim->domid);
	claim_ask(fn, claim);
	if (!claim_has_ended(fn, claim))
		pci_warn(fn->dev, "domain %u does not let go: taken away from it\n",
			 claim->domid);
	claim->ops->revoke(claim, fn->bdf);
	claim->ops->put(claim);
}

/* Tells the guest that has the function, if one has, of @event. May sleep. */
void pciback_claim_error(struct pciback_fn *fn, enum pciback_aer_event event)
{
	struct pciback_claim *claim = claim_get(fn);

	if (!claim)
		return;
	claim->ops->error(claim, fn, event);
	claim->ops->put(claim);
}

/*
 * Ends all that others may do with the function, and waits for what they are
 * doing. Caller: device_lock, fn->dying is set. May sleep.
 */
void pciback_claim_revoke(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->state != PCIBACK_FN_ASSIGNED)
		fn->state = PCIBACK_FN_GONE;
	mutex_unlock(&fn->lock);
	pciback_claim_take_back(fn);
	wait_event(fn->changed, !READ_ONCE(fn->holds));
}

/*
 * Keeps guests from claiming a function while its neighbour resets the bus they
 * share. May sleep. Returns 0 or, if a guest has it, -EBUSY.
 */
int pciback_claim_hold(struct pciback_fn *fn)
{
	int err = -EBUSY;

	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_IDLE || fn->state == PCIBACK_FN_CLEANING) {
		fn->holds++;
		err = 0;
	}
	mutex_unlock(&fn->lock);
	return err;
}

void pciback_claim_unhold(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	fn->holds--;
	mutex_unlock(&fn->lock);
	wake_up_all(&fn->changed);
	pciback_registry_retry_all();
}
