// SPDX-License-Identifier: GPL-2.0
/*
 * hold - keeps a function as it is while its neighbour's bus is reset
 */
#include <linux/errno.h>
#include <linux/wait.h>

#include "../fn/function.h"
#include "claimant.h"
#include "hold.h"

/*
 * Keeps guests from claiming a function while its neighbour resets the bus they
 * share. May sleep. Returns 0 or, if a guest has it, -EBUSY.
 */
int pciback_hold(struct pciback_fn *fn)
{
	int err;

	mutex_lock(&fn->lock);
	err = pciback_custody_hold(&fn->custody);
	mutex_unlock(&fn->lock);
	return err;
}

void pciback_hold_end(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	pciback_custody_hold_end(&fn->custody);
	mutex_unlock(&fn->lock);
	wake_up_all(&fn->changed);
	pciback_claimant_retry_all();
}

/* Returns when nobody holds @fn. Caller: nobody new can. May sleep. */
void pciback_hold_wait(struct pciback_fn *fn)
{
	wait_event(fn->changed, !READ_ONCE(fn->custody.holds));
}
