// SPDX-License-Identifier: GPL-2.0
/*
 * custody - in whose hands a function is, and what may be done with it
 */
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

#include "custody.h"

/* It is nobody's before its first reset has ended, which the caller begins. */
void pciback_custody_seized(struct pciback_custody *custody)
{
	*custody = (struct pciback_custody){
		.state = PCIBACK_FN_CLEANING,
		.fresh = true,
		.reset_result = -EINPROGRESS,
	};
}

/* Somebody else than us may have changed what the function holds. Any context. */
void pciback_custody_touch(struct pciback_custody *custody)
{
	WRITE_ONCE(custody->touched, true);
}

static void custody_begin_turn(struct pciback_custody *custody)
{
	WRITE_ONCE(custody->state, PCIBACK_FN_CLEANING);
}

/* Does what came of the last reset do for the next one to have it? */
static bool custody_is_fit(const struct pciback_custody *custody,
			   enum pciback_reset_policy policy)
{
	switch (policy) {
	case PCIBACK_RESET_REQUIRE:
		return !custody->reset_result && !custody->used;
	case PCIBACK_RESET_AUTO:
		return !custody->used;
	case PCIBACK_RESET_WARN:
		break;
	}
	return true;
}

/* Nobody has it. What was not reset is tried once for each who asks. */
static int custody_may_claim_idle(struct pciback_custody *custody,
				  enum pciback_reset_policy policy)
{
	if (custody->holds)
		return -EAGAIN;
	if (custody->reset_result && !custody->tried) {
		custody->tried = true;
		WRITE_ONCE(custody->wanted, true);
		custody_begin_turn(custody);
		return -EINPROGRESS;
	}
	custody->tried = false;
	return custody_is_fit(custody, policy) ? 0 : -EPERM;
}

/*
 * May a guest have it? @guest_leaves: the one that has it is about to let go. Returns 0,
 * -EBUSY (a guest has it), -EAGAIN (soon; of the end of a turn pciback_custody_turn_ends()
 * tells), -EINPROGRESS (soon, too, and the caller begins the turn), -EPERM (it could not be
 * reset, and the policy minds) or -ENODEV (it is being let go of).
 */
int pciback_custody_may_claim(struct pciback_custody *custody,
			      enum pciback_reset_policy policy, bool guest_leaves)
{
	switch (custody->state) {
	case PCIBACK_FN_IDLE:
		return custody_may_claim_idle(custody, policy);
	case PCIBACK_FN_ASSIGNED:
		return guest_leaves ? -EAGAIN : -EBUSY;
	case PCIBACK_FN_CLEANING:
		WRITE_ONCE(custody->wanted, true);
		return -EAGAIN;
	case PCIBACK_FN_GONE:
		break;
	}
	return -ENODEV;
}

/* A guest has it now. Caller: pciback_custody_may_claim() has said so, under the same lock. */
void pciback_custody_claimed(struct pciback_custody *custody)
{
	WRITE_ONCE(custody->state, PCIBACK_FN_ASSIGNED);
	WRITE_ONCE(custody->used, true);
	pciback_custody_touch(custody);
	custody->lent = false;
}

/* The guest that had claimed it has it no longer: CLEAN, or NOTHING if it is let go of. */
enum pciback_custody_next pciback_custody_released(struct pciback_custody *custody)
{
	if (READ_ONCE(custody->dying)) {
		pciback_custody_gone(custody);
		return PCIBACK_CUSTODY_NOTHING;
	}
	custody_begin_turn(custody);
	return PCIBACK_CUSTODY_CLEAN;
}

/*
 * Nobody has told us that a guest has it: it is not to be forgotten. Perhaps we are told
 * next, and give it to that guest as it is, if it was as new before.
 */
static void custody_lend(struct pciback_custody *custody)
{
	if (custody->state != PCIBACK_FN_IDLE && custody->state != PCIBACK_FN_CLEANING)
		return;
	custody->lent = true;
	pciback_custody_touch(custody);
}

/*
 * Xen has been asked, for whatever reason: CLEAN, what a guest has had that nobody told us
 * of; SLEEP, what none has; or NOTHING.
 */
enum pciback_custody_next pciback_custody_look(struct pciback_custody *custody,
					       enum pciback_xen_owner owner)
{
	if (owner == PCIBACK_XEN_GUEST)
		custody_lend(custody);
	if (owner != PCIBACK_XEN_DOM0 || custody->state != PCIBACK_FN_IDLE ||
	    READ_ONCE(custody->dying))
		return PCIBACK_CUSTODY_NOTHING;
	if (!custody->lent)
		return PCIBACK_CUSTODY_SLEEP;
	custody->lent = false;
	WRITE_ONCE(custody->used, true);
	custody_begin_turn(custody);
	return PCIBACK_CUSTODY_CLEAN;
}

/*
 * Somebody asks for a reset, most likely to give it to a guest next. Returns the state it was
 * in: IDLE, the caller begins the turn and waits for it; CLEANING; ASSIGNED, it is to be
 * done under its guest; GONE, too late.
 */
enum pciback_fn_state pciback_custody_ask_reset(struct pciback_custody *custody)
{
	/* Who asks again and again shall not keep the driver from being unloaded. */
	if (READ_ONCE(custody->leaving))
		return PCIBACK_FN_GONE;
	if (custody->state != PCIBACK_FN_IDLE)
		return custody->state;
	pciback_custody_touch(custody);
	custody_begin_turn(custody);
	return PCIBACK_FN_IDLE;
}

/* What came of a reset, when nobody had the function. */
void pciback_custody_was_reset(struct pciback_custody *custody, int err)
{
	WRITE_ONCE(custody->reset_result, err);
	WRITE_ONCE(custody->fresh, false);
	if (!err)
		WRITE_ONCE(custody->used, false);
}

/* Has it been reset, and no guest had it since? */
bool pciback_custody_is_as_new(const struct pciback_custody *custody)
{
	return !custody->fresh && !custody->reset_result && !custody->used &&
	       !custody->lent;
}

/* The turn has ended. Returns true if a guest waits for that. */
bool pciback_custody_turn_ends(struct pciback_custody *custody)
{
	bool wanted = custody->wanted;

	if (custody->state == PCIBACK_FN_CLEANING)
		WRITE_ONCE(custody->state, PCIBACK_FN_IDLE);
	WRITE_ONCE(custody->wanted, false);
	return wanted;
}

/* A neighbour's bus is about to be reset: no guest gets it. Returns 0, or -EBUSY: one has. */
int pciback_custody_hold(struct pciback_custody *custody)
{
	if (custody->state != PCIBACK_FN_IDLE && custody->state != PCIBACK_FN_CLEANING)
		return -EBUSY;
	WRITE_ONCE(custody->holds, custody->holds + 1);
	return 0;
}

void pciback_custody_hold_end(struct pciback_custody *custody)
{
	WRITE_ONCE(custody->holds, custody->holds - 1);
}

/* It has been reset along with a neighbour. Returns true if that counts for it, too. */
bool pciback_custody_reset_along(struct pciback_custody *custody)
{
	if (custody->state != PCIBACK_FN_IDLE)
		return false;
	pciback_custody_was_reset(custody, 0);
	return true;
}

/*
 * May dom0's own driver have it, which would turn on bus mastering with whatever a guest has
 * set up? Returns 0, -EBUSY (a guest has it, or a neighbour kept it from being reset) or
 * -EPERM (it could not be reset, and the policy minds).
 */
int pciback_custody_may_return(const struct pciback_custody *custody,
			       enum pciback_reset_policy policy)
{
	if (custody->state == PCIBACK_FN_ASSIGNED)
		return -EBUSY;
	if (!custody->used || custody_is_fit(custody, policy))
		return 0;
	return custody->reset_result == -EBUSY ? -EBUSY : -EPERM;
}

/*
 * It will be let go of, as all others: CLEAN, its last turn is now; CANCEL, its first one is
 * not needed any more; or NOTHING. @asleep: it has to be awake for that.
 */
enum pciback_custody_next pciback_custody_leave(struct pciback_custody *custody, bool asleep)
{
	WRITE_ONCE(custody->leaving, true);
	if (custody->fresh && custody->state == PCIBACK_FN_CLEANING)
		return PCIBACK_CUSTODY_CANCEL;
	if (custody->state != PCIBACK_FN_IDLE || (!custody->touched && !asleep))
		return PCIBACK_CUSTODY_NOTHING;
	custody_begin_turn(custody);
	return PCIBACK_CUSTODY_CLEAN;
}

/* No claim succeeds from here on; of a guest that has it, the end will say so. */
void pciback_custody_gone(struct pciback_custody *custody)
{
	WRITE_ONCE(custody->state, PCIBACK_FN_GONE);
}

/*
 * It is let go of now: has it to be reset? Not what only we can have touched, nor what has
 * just had its last turn.
 */
bool pciback_custody_needs_last_reset(const struct pciback_custody *custody)
{
	return READ_ONCE(custody->touched) &&
	       (!READ_ONCE(custody->leaving) || READ_ONCE(custody->used) || custody->lent);
}
