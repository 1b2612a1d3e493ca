/* SPDX-License-Identifier: GPL-2.0 */
/*
 * serving - who may touch a function's interrupts and registers for long
 *
 * An operation of the guest's that may sleep keeps resets from outside away, and
 * the other way round: both touch its message interrupts. Not a mutex: the PCI
 * core takes it in one callback and gives it back in another, for many at a time.
 */
#ifndef PCIBACK_FN_SERVING_H
#define PCIBACK_FN_SERVING_H

#include <linux/jiffies.h>
#include <linux/rcupdate.h>
#include <linux/wait_bit.h>

#include "function.h"

/* Any context. */
static inline bool pciback_serving_try_begin(struct pciback_fn *fn)
{
	return !test_and_set_bit_lock(0, &fn->serving);
}

/* The same for who can wait, up to the seconds a reset takes. */
static inline void pciback_serving_begin(struct pciback_fn *fn)
{
	wait_on_bit_lock(&fn->serving, 0, TASK_UNINTERRUPTIBLE);
}

/*
 * The same for a reset: operations that do not sleep, and look only whether anybody has
 * begun, have ended, too.
 */
static inline void pciback_serving_begin_alone(struct pciback_fn *fn)
{
	pciback_serving_begin(fn);
	synchronize_rcu();
}

/* Any context. An operation that does not sleep has to be the worker's then. */
static inline bool pciback_serving_is_taken(const struct pciback_fn *fn)
{
	return test_bit(0, &fn->serving);
}

/* Nobody else's is under way, or has not ended within @timeout jiffies. May sleep. */
static inline void pciback_serving_wait(struct pciback_fn *fn,
					unsigned long timeout)
{
	wait_on_bit_timeout(&fn->serving, 0, TASK_UNINTERRUPTIBLE, timeout);
}

/* Begins for a guest's operation, which waits for a reset a second at most. May sleep. */
static inline bool pciback_serving_begin_soon(struct pciback_fn *fn)
{
	unsigned long until = jiffies + HZ;

	while (!pciback_serving_try_begin(fn)) {
		if (time_after_eq(jiffies, until))
			return false;
		pciback_serving_wait(fn, until - jiffies);
	}
	return true;
}

/* Any context. */
static inline void pciback_serving_end(struct pciback_fn *fn)
{
	clear_and_wake_up_bit(0, &fn->serving);
}

#endif
