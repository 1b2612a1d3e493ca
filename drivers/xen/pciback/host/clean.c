// SPDX-License-Identifier: GPL-2.0
/*
 * clean - the worker that makes a function ready for its next guest
 *
 * Resets may take seconds, so nobody waits for one but who asked for it, and who wants that
 * very function: each has its own turn, beside the others. The worker only ever tries for
 * the device's lock: the driver's remove holds that lock while it waits for the worker, and
 * then cleans by itself.
 *
 * The first turn is that of a function that has just been seized: by itself only, for its
 * neighbours may be about to be seized as well. What nobody but us can have touched since
 * is not reset again when it is let go of.
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../fn/found.h"
#include "../fn/function.h"
#include "../fn/notice.h"
#include "../fn/power.h"
#include "../fn/reset.h"
#include "../fn/serving.h"
#include "../fn/state.h"
#include "../fn/xen.h"
#include "../trace.h"
#include "claimant.h"
#include "clean.h"
#include "reset_bus.h"

/* How soon to look again when somebody else holds the device's lock. */
#define CLEAN_RETRY	msecs_to_jiffies(20)

/* How long a reset is waited for before that is said. */
#define CLEAN_PATIENCE	HZ

/* At once: one that hangs in its reset for a minute has a place until then. */
#define CLEAN_WORKERS	128

static struct workqueue_struct *clean_wq;

/* Keeps what came of it. Bus mastering ends here, whatever came of it. */
static void clean_finish(struct pciback_fn *fn, int err)
{
	pci_clear_master(fn->dev);
	trace_reset(fn->bdf, err);

	mutex_lock(&fn->lock);
	pciback_custody_was_reset(&fn->custody, err);
	mutex_unlock(&fn->lock);
}

/* Whether it is only guests that are in the way: one may leave with all it has. */
static bool clean_is_put_off(struct pciback_fn *fn)
{
	bool is;

	mutex_lock(&fn->lock);
	is = fn->reset_waits;
	mutex_unlock(&fn->lock);
	return is;
}

static void clean_complain(struct pciback_fn *fn, int err)
{
	if (err == -EBUSY && clean_is_put_off(fn)) {
		pci_info(fn->dev, "reset put off: %s\n", fn->reset_note);
		return;
	}
	pci_warn(fn->dev, "reset failed: %d%s%s\n", err,
		 *fn->reset_note ? ", " : "", fn->reset_note);
	pciback_notice(fn, PCIBACK_NOTICE_RESET_FAILED);
}

/* For who had it to himself. What can be done later, for who wants it, is no failure. */
static void clean_tell(struct pciback_fn *fn, int err)
{
	if (err == -ENOTTY || err == -EAGAIN || err == -ENODEV)
		pci_info(fn->dev, "not reset by itself: %d\n", err);
	else if (err)
		clean_complain(fn, err);
}

static int clean_alone_locked(struct pciback_fn *fn, bool fresh)
{
	/* Nothing is changed, so there is nothing to be kept or put back. */
	if (fresh && !fn->dev->reset_methods[0]) {
		pciback_reset_note(fn, NULL, "");
		return -ENOTTY;
	}
	pciback_found_complete(fn->found);
	return pciback_reset_function_locked(fn);
}

/*
 * Returns -EAGAIN if a lock was taken, else what came of the reset: by itself only for one
 * that is fresh, or about to be let go of.
 */
static int clean_try(struct pciback_fn *fn, bool fresh)
{
	int err;

	/* Before the lock: the PCI core has one of its own for that, and another order. */
	pciback_serving_begin(fn);
	pciback_state_awake(fn);
	pciback_serving_end(fn);
	if (!pci_dev_trylock(fn->dev))
		return -EAGAIN;
	err = clean_alone_locked(fn, fresh);
	pci_dev_unlock(fn->dev);
	if (err != -ENOTTY || fresh || READ_ONCE(fn->custody.leaving))
		return err;
	if (pciback_reset_is_forbidden(fn)) {
		pciback_reset_note(fn, NULL, PCIBACK_RESET_EMPTY);
		return err;
	}
	/* Not by itself: perhaps with its neighbours, if all are ours. */
	return pciback_reset_bus(fn);
}

/* Returns false if it has to be done again. */
static bool clean_once(struct pciback_fn *fn)
{
	bool fresh = READ_ONCE(fn->custody.fresh);
	int err;

	/* Who can still reach it may do so after the reset: that will have to be remembered. */
	pciback_clean_look(fn, NULL);
	err = clean_try(fn, fresh);

	if (err == -EAGAIN) {
		if (!READ_ONCE(fn->custody.dying))
			mod_delayed_work(clean_wq, &fn->clean, CLEAN_RETRY);
		return false;
	}
	clean_finish(fn, err);
	if (fresh)
		clean_tell(fn, err);
	else if (err)
		clean_complain(fn, err);
	/* Who waits for it would have to wake it at once. */
	if (!READ_ONCE(fn->custody.leaving) && !READ_ONCE(fn->custody.wanted))
		pciback_power_sleep_maybe(fn);
	return true;
}

static void clean_wake(struct pciback_fn *fn)
{
	pciback_serving_begin(fn);
	pciback_state_wake(fn);
	pciback_serving_end(fn);
}

static void clean_work(struct work_struct *work)
{
	struct pciback_fn *fn = container_of(to_delayed_work(work),
					     struct pciback_fn, clean);
	bool wanted, fresh = READ_ONCE(fn->custody.fresh);

	if (READ_ONCE(fn->custody.leaving) && !READ_ONCE(fn->custody.touched))
		clean_wake(fn);
	else if (!clean_once(fn))
		return;
	mutex_lock(&fn->lock);
	wanted = pciback_custody_turn_ends(&fn->custody);
	mutex_unlock(&fn->lock);
	wake_up_all(&fn->changed);
	/* What was a guest's may have kept others waiting, too: host/together. */
	if (wanted || !fresh)
		pciback_claimant_retry_all();
}

void pciback_clean_init_fn(struct pciback_fn *fn)
{
	INIT_DELAYED_WORK(&fn->clean, clean_work);
}

/*
 * Begins the turn of @fn, which is CLEANING, in the background. The lock is what lets the
 * driver's remove be sure that nothing is started behind it.
 */
void pciback_clean_begin_locked(struct pciback_fn *fn)
{
	lockdep_assert_held(&fn->lock);
	queue_delayed_work(clean_wq, &fn->clean, 0);
}

/*
 * Asks Xen who has @fn, and cleans what has come back from a guest that nobody told us of:
 * what a toolstack has said for that one holds no longer. @owner, if it is not NULL: what
 * Xen has said. May sleep.
 */
enum pciback_custody_next pciback_clean_look(struct pciback_fn *fn,
					     enum pciback_xen_owner *owner)
{
	enum pciback_xen_owner says = pciback_xen_ask_owner(fn);
	enum pciback_custody_next next;

	mutex_lock(&fn->lock);
	next = pciback_custody_look(&fn->custody, says);
	if (next == PCIBACK_CUSTODY_CLEAN) {
		WRITE_ONCE(fn->allow_interrupt_control, false);
		WRITE_ONCE(fn->permissive, false);
		pciback_clean_begin_locked(fn);
	}
	mutex_unlock(&fn->lock);
	if (owner)
		*owner = says;
	return next;
}

/* @fn has been seized, is not known yet, and is nobody's before its first reset has ended. */
void pciback_clean_fresh(struct pciback_fn *fn)
{
	pciback_custody_seized(&fn->custody);
}

/* Begins with that, when the driver's probe, which holds the device's lock, has returned. */
void pciback_clean_fresh_start(struct pciback_fn *fn)
{
	queue_delayed_work(clean_wq, &fn->clean, 1);
}

/*
 * All functions are about to be let go of, and this is @fn's turn to be made ready for it,
 * beside the others. What has not been begun for one that has just been seized is not
 * needed any more.
 */
void pciback_clean_leave(struct pciback_fn *fn)
{
	enum pciback_custody_next next;

	mutex_lock(&fn->lock);
	next = pciback_custody_leave(&fn->custody, fn->dev->current_state != PCI_D0);
	if (next == PCIBACK_CUSTODY_CLEAN)
		pciback_clean_begin_locked(fn);
	else if (next == PCIBACK_CUSTODY_CANCEL && cancel_delayed_work(&fn->clean))
		pciback_custody_turn_ends(&fn->custody);
	mutex_unlock(&fn->lock);
	wake_up_all(&fn->changed);
}

static bool clean_has_ended(const struct pciback_fn *fn)
{
	return READ_ONCE(fn->custody.state) != PCIBACK_FN_CLEANING;
}

/* Returns when @fn is ready. May sleep long, and says so. */
void pciback_clean_leave_wait(struct pciback_fn *fn)
{
	if (wait_event_timeout(fn->changed, clean_has_ended(fn), CLEAN_PATIENCE))
		return;
	pci_info(fn->dev, "its reset is waited for\n");
	wait_event(fn->changed, clean_has_ended(fn));
}

/* How often a lock that somebody else holds is tried for, CLEAN_RETRY apart. */
#define CLEAN_HERE_TRIES	50

static int clean_here_try(struct pciback_fn *fn)
{
	int err;

	pci_cfg_access_lock(fn->dev);
	err = clean_alone_locked(fn, false);
	pci_cfg_access_unlock(fn->dev);
	return err;
}

/*
 * Cleans @fn here and now, but never its bus: for the driver's remove, which holds
 * device_lock and has the function to itself. May sleep.
 */
static void clean_here(struct pciback_fn *fn)
{
	unsigned int tries = CLEAN_HERE_TRIES;
	int err;

	while ((err = clean_here_try(fn)) == -EAGAIN && --tries)
		schedule_timeout_uninterruptible(CLEAN_RETRY);
	clean_finish(fn, err);
	clean_tell(fn, err);
}

/*
 * @fn is let go of: awake, and reset, if anybody but us may have touched it, and that has
 * not been done just before (pciback_clean_leave()). Caller: the driver's remove. May
 * sleep.
 */
void pciback_clean_for_good(struct pciback_fn *fn)
{
	if (pciback_custody_needs_last_reset(&fn->custody))
		clean_here(fn);
	else
		pciback_state_wake(fn);
}

/* The worker neither runs nor will. Caller has set fn->custody.dying. May sleep. */
void pciback_clean_stop(struct pciback_fn *fn)
{
	if (!cancel_delayed_work(&fn->clean) && work_busy(&fn->clean.work))
		pci_info(fn->dev, "its reset is waited for\n");
	cancel_delayed_work_sync(&fn->clean);
	wake_up_all(&fn->changed);
}

/* Has a guest @fn, and nobody taken it away? Holds for as long as the turn is ours. */
static bool clean_is_in_use(struct pciback_fn *fn)
{
	bool is;

	mutex_lock(&fn->lock);
	is = fn->custody.state == PCIBACK_FN_ASSIGNED && !fn->custody.dying;
	mutex_unlock(&fn->lock);
	return is;
}

/*
 * A guest has it: by itself only, and all is put back as it was. What cannot be reset so
 * is when the guest leaves: that is no failure, though reset_result says that it was not
 * done. Returns -ESTALE if none has it any more, by the time that its turn has come.
 */
static int clean_in_use(struct pciback_fn *fn)
{
	int err = -ESTALE;

	pci_dev_lock(fn->dev);
	pciback_serving_begin_alone(fn);
	if (clean_is_in_use(fn))
		err = pciback_reset_function_locked(fn);
	pciback_serving_end(fn);
	pci_dev_unlock(fn->dev);
	if (err == -ESTALE)
		return err;
	trace_reset(fn->bdf, err);
	if (err == -ENOTTY)
		pciback_reset_note(fn, NULL, "not by itself: put off until its guest leaves");

	mutex_lock(&fn->lock);
	WRITE_ONCE(fn->custody.reset_result, err);
	mutex_unlock(&fn->lock);
	return err == -ENOTTY ? 0 : err;
}

/* Waits for the cleaning under way, if there is one. Returns 0 or -ERESTARTSYS: killed. */
int pciback_clean_wait(struct pciback_fn *fn)
{
	return wait_event_killable(fn->changed, clean_has_ended(fn));
}

static int clean_request_once(struct pciback_fn *fn)
{
	enum pciback_fn_state state;
	bool fresh;
	int err;

	pciback_clean_look(fn, NULL);
	mutex_lock(&fn->lock);
	fresh = fn->custody.fresh;
	state = pciback_custody_ask_reset(&fn->custody);
	/* Most who ask are about to give it to a guest, and may not tell us. */
	if (state == PCIBACK_FN_IDLE || state == PCIBACK_FN_CLEANING)
		pciback_fn_expect_locked(fn);
	if (state == PCIBACK_FN_IDLE)
		pciback_clean_begin_locked(fn);
	mutex_unlock(&fn->lock);

	if (state == PCIBACK_FN_ASSIGNED)
		return clean_in_use(fn);
	if (state == PCIBACK_FN_GONE)
		return -ENODEV;
	err = pciback_clean_wait(fn);
	/* That was not done for who asks, nor by all means. */
	if (!err && state == PCIBACK_FN_CLEANING && fresh)
		err = -ESTALE;
	return err ?: READ_ONCE(fn->custody.reset_result);
}

/*
 * Resets @fn because somebody asks for it, and waits for the end. May sleep,
 * killable. Returns 0 or why it could not be reset.
 */
int pciback_clean_on_request(struct pciback_fn *fn)
{
	int err;

	if (fn->cfg->is_bridge)
		return -EOPNOTSUPP;
	do {
		err = clean_request_once(fn);
	} while (err == -ESTALE);
	return err;
}

int pciback_clean_init(void)
{
	/*
	 * Resets sleep for seconds and must not wait for one another. None is
	 * under way while dom0 sleeps.
	 */
	clean_wq = alloc_workqueue("pciback-clean", WQ_UNBOUND | WQ_FREEZABLE,
				   CLEAN_WORKERS);
	return clean_wq ? 0 : -ENOMEM;
}

void pciback_clean_exit(void)
{
	destroy_workqueue(clean_wq);
}
