// SPDX-License-Identifier: GPL-2.0
/*
 * claim - giving a function to a guest, and taking it back
 */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <xen/pci.h>

#include "../fn/attempt.h"
#include "../fn/function.h"
#include "../fn/intx.h"
#include "../fn/msi.h"
#include "../fn/notice.h"
#include "../fn/reset.h"
#include "../fn/serving.h"
#include "../fn/state.h"
#include "../fn/tenant.h"
#include "../fn/xen.h"
#include "../trace.h"
#include "claim.h"
#include "clean.h"
#include "isolation.h"
#include "owner.h"
#include "together.h"

/* Of those that share a requester id one is given away at a time. */
static DEFINE_MUTEX(claim_lock);

/*
 * What a guest gets is as new, and its interrupts go to it: Xen asks for that.
 *
 * The PCI core is not told that the function is assigned: drivers of physical
 * functions would refuse to take virtual ones away. Guests are told first instead
 * (host/recall).
 */
static int claim_assign_locked(struct pciback_fn *fn,
			       struct pciback_tenant *tenant)
{
	bool leaves = fn->tenant && READ_ONCE(fn->tenant->leaving);
	int err;

	lockdep_assert_held(&fn->lock);
	err = pciback_custody_may_claim(&fn->custody, pciback_reset_policy_now(), leaves);
	if (err == -EINPROGRESS) {
		pciback_clean_begin_locked(fn);
		return -EAGAIN;
	}
	if (err)
		return err;
	err = xen_register_device_domain_owner(fn->dev, tenant->domid);
	if (err)
		/* It has no other word for want of memory. */
		return err == -ENODEV ? -ENOMEM : err;
	if (fn->custody.reset_result)
		pci_warn(fn->dev, "given to domain %u without a reset: %d%s%s\n",
			 tenant->domid, fn->custody.reset_result,
			 *fn->reset_note ? ", " : "", fn->reset_note);
	pciback_custody_claimed(&fn->custody);
	WRITE_ONCE(fn->tenant, tenant);
	WRITE_ONCE(fn->taken, false);
	WRITE_ONCE(fn->awaited, 0);
	pciback_cfg_reset(fn->cfg);
	atomic_long_set(&fn->ops, 0);
	WRITE_ONCE(fn->errors.frozen, false);
	memset(&fn->errors.talk, 0, sizeof(fn->errors.talk));
	memset(&fn->learn, 0, sizeof(fn->learn));
	fn->failed = 0;
	fn->reset_is_over = false;
	fn->vpd_size = 0;
	return 0;
}

/* The function is no guest's any more, and is cleaned. May sleep. */
static void claim_end(struct pciback_fn *fn)
{
	xen_unregister_device_domain_owner(fn->dev);
	mutex_lock(&fn->lock);
	WRITE_ONCE(fn->taken, true);
	WRITE_ONCE(fn->tenant, NULL);
	if (pciback_custody_released(&fn->custody) == PCIBACK_CUSTODY_CLEAN)
		pciback_clean_begin_locked(fn);
	mutex_unlock(&fn->lock);
	if (fn->isolation == PCIBACK_ISOLATION_PAUSED ||
	    fn->isolation == PCIBACK_ISOLATION_REFUSED)
		pciback_isolation_begin(fn);
	wake_up_all(&fn->changed);
	/* Its toolstack may detach it later than that, and does not tell us. */
	pciback_owner_await();
}

/* No reset from outside goes on meanwhile. */
static int claim_wake(struct pciback_fn *fn)
{
	int err;

	pciback_serving_begin(fn);
	err = pciback_state_wake(fn);
	pciback_serving_end(fn);
	return err;
}

/* For those that share its requester id, whose claims wait until this is decided. */
static int claim_assign(struct pciback_fn *fn, struct pciback_tenant *tenant)
{
	int err = 0;

	/* Also of one that may be IDLE before we have looked. */
	if (READ_ONCE(fn->custody.state) != PCIBACK_FN_ASSIGNED)
		err = pciback_together_for_guest(fn, tenant->domid);
	if (err == -EXDEV)
		pciback_isolation_restore(fn, tenant->domid);
	if (err)
		return err;
	pciback_clean_look(fn, NULL);
	mutex_lock(&fn->lock);
	err = claim_assign_locked(fn, tenant);
	mutex_unlock(&fn->lock);
	return err;
}

/*
 * Gives an idle function to @tenant. May sleep. Returns 0, -EBUSY (another
 * guest has it), -EXDEV (or one that shares its requester id: pciback_together_why()),
 * -EAGAIN (it is being cleaned, or about to; ->retry will be called),
 * -EPERM (it could not be reset, and the policy minds), -EOPNOTSUPP (a bridge),
 * -ENODEV (going away), that it does not wake, or what Xen's bookkeeping of
 * owners says.
 *
 * It is awakened with no lock held: the PCI core takes its own for that, and tells us
 * of errors with them held.
 */
int pciback_claim_take(struct pciback_fn *fn, struct pciback_tenant *tenant)
{
	int err;

	if (fn->cfg->is_bridge)
		return -EOPNOTSUPP;

	mutex_lock(&claim_lock);
	err = claim_assign(fn, tenant);
	mutex_unlock(&claim_lock);
	if (err)
		return err;
	/* No toolstack tells Xen of that. */
	if (pciback_xen_is_dom0(tenant->domid))
		pciback_isolation_pause(fn);
	err = claim_wake(fn);
	if (err)
		claim_end(fn);
	return err;
}

/* The function is now where the guest finds it, at @guest_bdf. May sleep. */
void pciback_claim_placed(struct pciback_fn *fn, struct pciback_bdf guest_bdf)
{
	mutex_lock(&fn->lock);
	WRITE_ONCE(fn->guest_bdf, guest_bdf);
	mutex_unlock(&fn->lock);
	pciback_notice(fn, PCIBACK_NOTICE_ASSIGNED);
}

/*
 * Stops what a guest started: interrupts, and all that it had set; bus mastering last,
 * when no handler touches that register any more. The function may be asleep, or not
 * there. The caller has made sure that nobody serves operations on it. May sleep.
 */
void pciback_claim_quiesce(struct pciback_fn *fn)
{
	pciback_serving_begin(fn);
	pciback_intx_disable(&fn->intx);
	pciback_msi_disable(fn);
	pciback_cfg_reset(fn->cfg);
	/* One that does not wake is not waited for each time its frontend comes and goes. */
	if (pciback_attempt_may(fn, PCIBACK_ATTEMPT_POWER))
		pciback_attempt_note(fn, PCIBACK_ATTEMPT_POWER, pciback_state_awake(fn));
	pciback_state_restore(fn);
	pci_clear_master(fn->dev);
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
	/* Toolstacks say it for one guest, and do not take it back. */
	WRITE_ONCE(fn->permissive, false);
	trace_release(fn->bdf, fn->tenant->domid);
	pciback_notice(fn, PCIBACK_NOTICE_RELEASED);
	claim_end(fn);
}
