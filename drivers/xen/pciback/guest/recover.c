// SPDX-License-Identifier: GPL-2.0
/*
 * recover - talks with the guest about its broken functions, one after the other
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/pci.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include <xen/interface/io/pciif.h>

#include "../core/bdf.h"
#include "../fn/attempt.h"
#include "../fn/function.h"
#include "../fn/notice.h"
#include "../fn/reset.h"
#include "../fn/serving.h"
#include "../fn/xen.h"
#include "ask.h"
#include "guest.h"
#include "hotplug.h"
#include "recover.h"
#include "ring.h"

/* How long a guest's driver may take for each step. */
#define RECOVER_STEP	(10 * HZ)
/* How long dom0 may. Not every kernel says when it has given up. */
#define RECOVER_HOST	(30 * HZ)
/* How long an operation under way may, before the link is reset. */
#define RECOVER_FREEZE	HZ
/* How often a lock is tried for. */
#define RECOVER_TRY	(HZ / 10)

static struct workqueue_struct *recover_wq;

/*
 * No operation reaches the function from here on. Those that do not sleep have ended
 * (they are under RCU), and one that may has, or is the PCI core's to keep apart: it may
 * wait for a lock that our caller holds, so it is not waited for without end.
 */
static void recover_freeze(struct pciback_fn *fn)
{
	WRITE_ONCE(fn->errors.frozen, true);
	synchronize_rcu();
	pciback_serving_wait(fn, RECOVER_FREEZE);
}

/*
 * dom0 has seen @event on @fn, which the guest has. The PCI core's locks are held. May
 * sleep, RECOVER_FREEZE at most.
 */
void pciback_recover_note(struct pciback_guest *guest, struct pciback_fn *fn,
			  enum pciback_claimant_event event)
{
	struct pciback_recover *recover = &guest->recover;
	struct pciback_error_talk *talk = &fn->errors.talk;

	if (event == PCIBACK_CLAIMANT_FROZEN ||
	    event == PCIBACK_CLAIMANT_LOST)
		recover_freeze(fn);
	spin_lock(&recover->lock);
	switch (event) {
	case PCIBACK_CLAIMANT_FROZEN:
		WRITE_ONCE(talk->was_reset, true);
		fallthrough;
	case PCIBACK_CLAIMANT_NORMAL:
		/* One talk for each recovery, however often it is mentioned. */
		talk->is_due |= !talk->host_busy;
		WRITE_ONCE(talk->host_busy, true);
		break;
	case PCIBACK_CLAIMANT_LOST:
		talk->is_due = true;
		WRITE_ONCE(talk->is_lost, true);
		WRITE_ONCE(talk->host_busy, false);
		break;
	case PCIBACK_CLAIMANT_HOST_DONE:
		WRITE_ONCE(talk->host_busy, false);
		WRITE_ONCE(fn->errors.frozen, false);
		break;
	}
	if (!recover->stop)
		queue_work(recover_wq, &recover->work);
	spin_unlock(&recover->lock);
	wake_up_all(&recover->wait);
}

/* The next function to talk about, counted; NULL if there is none. */
static struct pciback_fn *recover_next(struct pciback_guest *guest)
{
	struct pciback_recover *recover = &guest->recover;
	struct pciback_fn *fn, *found = NULL;
	unsigned long key;

	rcu_read_lock();
	spin_lock(&recover->lock);
	xa_for_each(&guest->functions, key, fn) {
		if (recover->stop || !fn->errors.talk.is_due)
			continue;
		fn->errors.talk.is_due = false;
		found = pciback_fn_get(fn);
		break;
	}
	spin_unlock(&recover->lock);
	rcu_read_unlock();
	return found;
}

/* Waits for dom0's part. Returns NULL, or why there is nothing to recover. */
static const char *recover_await_host(struct pciback_guest *guest,
				      struct pciback_fn *fn)
{
	struct pciback_recover *recover = &guest->recover;
	struct pciback_error_talk *talk = &fn->errors.talk;

	if (!wait_event_timeout(recover->wait,
				!READ_ONCE(talk->host_busy) ||
				READ_ONCE(recover->stop), RECOVER_HOST)) {
		/* The next error is another one. */
		spin_lock(&recover->lock);
		WRITE_ONCE(talk->host_busy, false);
		spin_unlock(&recover->lock);
		return "dom0 did not get it to work again";
	}
	return READ_ONCE(talk->is_lost) ? "dom0 cannot reach it any more" : NULL;
}

/* Has the guest the function still, and nobody begun to take it away? */
static bool recover_has(struct pciback_guest *guest, struct pciback_fn *fn)
{
	bool has;

	mutex_lock(&fn->lock);
	has = fn->tenant == &guest->claimant.tenant && !READ_ONCE(fn->custody.dying);
	mutex_unlock(&fn->lock);
	return has;
}

/*
 * Asks, and makes an answer of PCI_ERS_RESULT_* of all but errors. -ESTALE: by the time of
 * the answer the function was somebody else's.
 */
static int recover_ask(struct pciback_guest *guest, struct pciback_fn *fn,
		       u32 cmd, pci_channel_state_t state)
{
	int answer = pciback_ask(&guest->ring.ask, cmd, fn->guest_bdf,
				 (__force int)state, RECOVER_STEP);

	return recover_has(guest, fn) ? answer : -ESTALE;
}

/*
 * Tries for the function's lock, which its driver's remove holds while it waits for us.
 * Returns 0, -EBUSY (it could not be had) or -ESTALE (the guest has lost the function).
 */
static int recover_lock(struct pciback_guest *guest, struct pciback_fn *fn)
{
	struct pciback_recover *recover = &guest->recover;
	long left;

	for (left = RECOVER_STEP; left > 0; left -= RECOVER_TRY) {
		if (READ_ONCE(recover->stop) || !recover_has(guest, fn))
			return -ESTALE;
		if (pci_dev_trylock(fn->dev))
			return 0;
		wait_event_timeout(recover->wait, READ_ONCE(recover->stop), RECOVER_TRY);
	}
	return -EBUSY;
}

/* What a reset that fails, or takes long, costs, its guest has to have left. */
static int recover_try(struct pciback_fn *fn)
{
	if (!pciback_attempt_may(fn, PCIBACK_ATTEMPT_RESET))
		return -EIO;
	return pciback_attempt_note(fn, PCIBACK_ATTEMPT_RESET,
				    pciback_reset_for_guest_locked(fn));
}

/* The error was none for dom0: nobody else resets it. Returns 0 or -errno, as above. */
static int recover_reset(struct pciback_guest *guest, struct pciback_fn *fn)
{
	int err = recover_lock(guest, fn);

	if (err)
		return err;
	pciback_serving_begin_alone(fn);
	/* It can be taken away by whoever needs neither of the two. */
	err = recover_has(guest, fn) ? recover_try(fn) : -ESTALE;
	pciback_serving_end(fn);
	pci_dev_unlock(fn->dev);
	return err;
}

/* The driver's turn after a reset. Returns its answer or -errno. */
static int recover_after_reset(struct pciback_guest *guest,
			       struct pciback_fn *fn)
{
	return recover_ask(guest, fn, XEN_PCI_OP_aer_slotreset,
			   pci_channel_io_normal);
}

/* The driver's answer to an error on a link that works, or to its reset. */
static int recover_normal(struct pciback_guest *guest, struct pciback_fn *fn,
			  int answer)
{
	if (answer == (__force int)PCI_ERS_RESULT_CAN_RECOVER)
		answer = recover_ask(guest, fn, XEN_PCI_OP_aer_mmio,
				     pci_channel_io_normal);
	if (answer != (__force int)PCI_ERS_RESULT_NEED_RESET)
		return answer;
	return recover_reset(guest, fn) ?: recover_after_reset(guest, fn);
}

static bool recover_is_willing(int answer)
{
	return answer == (__force int)PCI_ERS_RESULT_CAN_RECOVER ||
	       answer == (__force int)PCI_ERS_RESULT_NEED_RESET ||
	       answer == (__force int)PCI_ERS_RESULT_RECOVERED;
}

static const char *recover_why(int answer)
{
	switch (answer) {
	case (__force int)PCI_ERS_RESULT_RECOVERED:
		return NULL;
	case (__force int)PCI_ERS_RESULT_NONE:
	case (__force int)PCI_ERS_RESULT_NO_AER_DRIVER:
		return "no driver in the guest that recovers from PCI errors";
	case -EOPNOTSUPP:
		return "a frontend that knows nothing of PCI errors";
	case -ETIMEDOUT:
		return "no answer from the guest";
	default:
		return answer < 0 ? "it could not be reset" :
				    "the guest's driver gave it up";
	}
}

/*
 * Returns the last answer, of PCI_ERS_RESULT_*, or -errno: -ENOTCONN, there is no frontend,
 * or none any more. @lost: why there was nothing to recover, or NULL.
 */
static int recover_talk(struct pciback_guest *guest, struct pciback_fn *fn,
			const char **lost)
{
	bool was_reset = READ_ONCE(fn->errors.talk.was_reset);
	int answer;

	answer = recover_ask(guest, fn, XEN_PCI_OP_aer_detected,
			     was_reset ? pci_channel_io_frozen :
					 pci_channel_io_normal);
	*lost = recover_await_host(guest, fn);
	if (*lost)
		return answer;
	if (recover_is_willing(answer) && recover_has(guest, fn)) {
		/* A neighbour may have wanted it in the meantime. */
		was_reset = xchg(&fn->errors.talk.was_reset, false);
		answer = was_reset ? recover_after_reset(guest, fn) :
				     recover_normal(guest, fn, answer);
	}
	if (answer == (__force int)PCI_ERS_RESULT_RECOVERED)
		answer = min(recover_ask(guest, fn, XEN_PCI_OP_aer_resume,
					 pci_channel_io_normal), 0) ?:
			 (__force int)PCI_ERS_RESULT_RECOVERED;
	return answer;
}

static void recover_isolate(struct pciback_guest *guest, struct pciback_fn *fn,
			    const char *why)
{
	pci_warn(fn->dev, "error not recovered, taken from domain %u: %s\n",
		 guest->claimant.tenant.domid, why);
	atomic_inc(&fn->errors.counts[PCIBACK_ERROR_ISOLATED]);
	pciback_notice(fn, PCIBACK_NOTICE_ISOLATED);

	mutex_lock(&guest->lock);
	if (!READ_ONCE(guest->gone))
		pciback_hotplug_isolate(guest, fn->bdf, why);
	mutex_unlock(&guest->lock);
}

/* A device model serves it, which has no word for PCI errors. */
static bool recover_is_mute(struct pciback_guest *guest)
{
	return !READ_ONCE(guest->ring.page) &&
	       pciback_xen_is_hvm(guest->claimant.tenant.domid);
}

/*
 * The toolstack is told instead. The function stays with the guest, whose accesses cannot
 * be kept from it; where its link was reset, with neither DMA nor interrupts.
 */
static void recover_mute(struct pciback_guest *guest, struct pciback_fn *fn)
{
	const char *why = recover_await_host(guest, fn);
	bool was_reset = xchg(&fn->errors.talk.was_reset, false);

	if (READ_ONCE(guest->recover.stop) || !recover_has(guest, fn))
		return;
	if (!why)
		why = was_reset ? "PCI error: its link was reset, detach it" :
				  "PCI error: the guest was not told";
	if (pciback_tenant_may_log(&guest->claimant.tenant))
		pci_warn(fn->dev, "domain %u is not told of an error, for it has no frontend%s\n",
			 guest->claimant.tenant.domid,
			 was_reset ? ": DMA and interrupts are off until it is detached" :
				     "");
	if (was_reset) {
		atomic_inc(&fn->errors.counts[PCIBACK_ERROR_ISOLATED]);
		pciback_notice(fn, PCIBACK_NOTICE_ISOLATED);
	}
	mutex_lock(&guest->lock);
	if (!guest->gone)
		pciback_hotplug_explain(guest, fn->bdf, why);
	mutex_unlock(&guest->lock);
}

/* The next error is another one, unless it has been noted already. */
static void recover_forget(struct pciback_guest *guest, struct pciback_fn *fn)
{
	struct pciback_error_talk *talk = &fn->errors.talk;

	spin_lock(&guest->recover.lock);
	if (!talk->is_due)
		WRITE_ONCE(talk->was_reset, false);
	spin_unlock(&guest->recover.lock);
}

/* With the guest, unless nobody is there. */
static void recover_fn(struct pciback_guest *guest, struct pciback_fn *fn)
{
	const char *why;
	int answer = recover_talk(guest, fn, &why);

	/* Whoever stopped us takes the function, or somebody has. */
	if (READ_ONCE(guest->recover.stop) || !recover_has(guest, fn))
		return;
	/* Nobody has recovered then, and nobody is there who could be confused. */
	if (!why && answer == -ENOTCONN) {
		recover_forget(guest, fn);
		return;
	}
	why = why ?: recover_why(answer);
	if (why) {
		recover_isolate(guest, fn, why);
		return;
	}
	atomic_inc(&fn->errors.counts[PCIBACK_ERROR_RECOVERED]);
	pciback_notice(fn, PCIBACK_NOTICE_RECOVERED);
}

static void recover_work(struct work_struct *work)
{
	struct pciback_guest *guest = container_of(work, struct pciback_guest,
						   recover.work);
	struct pciback_fn *fn;

	while ((fn = recover_next(guest))) {
		if (recover_is_mute(guest))
			recover_mute(guest, fn);
		else
			recover_fn(guest, fn);
		pciback_fn_put(fn);
	}
}

void pciback_recover_init(struct pciback_guest *guest)
{
	struct pciback_recover *recover = &guest->recover;

	INIT_WORK(&recover->work, recover_work);
	spin_lock_init(&recover->lock);
	init_waitqueue_head(&recover->wait);
}

/*
 * The worker neither runs nor will, and asks nobody any more. May sleep, as long
 * as a reset under way.
 */
void pciback_recover_stop(struct pciback_guest *guest)
{
	struct pciback_recover *recover = &guest->recover;

	spin_lock(&recover->lock);
	WRITE_ONCE(recover->stop, true);
	spin_unlock(&recover->lock);
	wake_up_all(&recover->wait);
	pciback_ask_disconnect(&guest->ring.ask);
	cancel_work_sync(&recover->work);
}

int pciback_recover_module_init(void)
{
	/* Guests may take their time, but not that of other guests. */
	recover_wq = alloc_workqueue("pciback-recover", WQ_UNBOUND | WQ_FREEZABLE, 0);
	return recover_wq ? 0 : -ENOMEM;
}

void pciback_recover_module_exit(void)
{
	destroy_workqueue(recover_wq);
}
