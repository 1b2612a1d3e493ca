/* SPDX-License-Identifier: GPL-2.0 */
/*
 * custody - in whose hands a function is, and what may be done with it
 *
 * A guest has it by its connection with us, which claims it; or a toolstack has given it to
 * one without telling us, which Xen is asked about from time to time. What anybody has had
 * is reset before the next one, or dom0, gets it.
 */
#ifndef PCIBACK_CORE_CUSTODY_H
#define PCIBACK_CORE_CUSTODY_H

#include <linux/types.h>

enum pciback_fn_state {
	PCIBACK_FN_IDLE,
	PCIBACK_FN_ASSIGNED,
	PCIBACK_FN_CLEANING,
	PCIBACK_FN_GONE,
};

/* Who has a function, by Xen's word. */
enum pciback_xen_owner {
	PCIBACK_XEN_DOM0,	/* or nobody, or there is no IOMMU to give it to a guest by */
	PCIBACK_XEN_GUEST,
	PCIBACK_XEN_UNKNOWN,	/* Xen does not say */
};

/* May a function whose last reset failed be given away? */
enum pciback_reset_policy {
	PCIBACK_RESET_AUTO,	/* not if a guest has used it since the last good one */
	PCIBACK_RESET_REQUIRE,	/* never */
	PCIBACK_RESET_WARN,	/* always: the log has told */
};

/* What the caller does next. */
enum pciback_custody_next {
	PCIBACK_CUSTODY_NOTHING,
	PCIBACK_CUSTODY_SLEEP,		/* the function may */
	PCIBACK_CUSTODY_CLEAN,		/* begin the turn; the state is CLEANING already */
	PCIBACK_CUSTODY_CANCEL,		/* the turn, if it has not begun; then it has ended */
};

/*
 * Single words, which others may read without the lock. @dying is set, once, before the
 * state becomes GONE.
 */
struct pciback_custody {
	enum pciback_fn_state state;
	unsigned int holds;	/* bus resets of neighbours under way */
	int reset_result;	/* of the last reset: 0 or -errno */
	bool fresh;		/* seized, and its first reset has not ended */
	bool touched;		/* perhaps by others than us, since it was seized */
	bool wanted;		/* by a guest, which waits until it is not CLEANING */
	bool used;		/* by a guest since the last good reset */
	bool lent;		/* a guest has it, Xen says; nobody told us */
	bool tried;		/* to reset it for who asked for it last */
	bool leaving;		/* the last reset comes first, the driver's remove then */
	bool dying;		/* the driver's remove has begun */
};

/*
 * None sleeps, none takes a lock. But for the first two the caller holds what guards
 * @custody against the others.
 */
void pciback_custody_seized(struct pciback_custody *custody);
void pciback_custody_touch(struct pciback_custody *custody);

int pciback_custody_may_claim(struct pciback_custody *custody,
			      enum pciback_reset_policy policy, bool guest_leaves);
void pciback_custody_claimed(struct pciback_custody *custody);
enum pciback_custody_next pciback_custody_released(struct pciback_custody *custody);

enum pciback_custody_next pciback_custody_look(struct pciback_custody *custody,
					       enum pciback_xen_owner owner);

enum pciback_fn_state pciback_custody_ask_reset(struct pciback_custody *custody);
void pciback_custody_was_reset(struct pciback_custody *custody, int err);
bool pciback_custody_is_as_new(const struct pciback_custody *custody);
bool pciback_custody_turn_ends(struct pciback_custody *custody);

int pciback_custody_hold(struct pciback_custody *custody);
void pciback_custody_hold_end(struct pciback_custody *custody);
bool pciback_custody_reset_along(struct pciback_custody *custody);

int pciback_custody_may_return(const struct pciback_custody *custody,
			       enum pciback_reset_policy policy);
enum pciback_custody_next pciback_custody_leave(struct pciback_custody *custody, bool asleep);
void pciback_custody_gone(struct pciback_custody *custody);
bool pciback_custody_needs_last_reset(const struct pciback_custody *custody);

#endif
