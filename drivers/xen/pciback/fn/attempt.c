// SPDX-License-Identifier: GPL-2.0
/*
 * attempt - what failed for a guest the last time is not tried as often as it asks
 */
#include <linux/bits.h>
#include <linux/errno.h>

#include "attempt.h"
#include "function.h"
#include "tenant.h"

/* May @what be tried for the guest that has @fn? */
bool pciback_attempt_may(const struct pciback_fn *fn, enum pciback_attempt what)
{
	if (!(fn->failed & BIT(what)))
		return true;
	return what != PCIBACK_ATTEMPT_RESET && pciback_tenant_may_log(fn->tenant);
}

/* It was, and @err came of it, which is returned. */
int pciback_attempt_note(struct pciback_fn *fn, enum pciback_attempt what, int err)
{
	/* A lock that was taken is nobody's failure. */
	if (!err || err == -EAGAIN) {
		fn->failed &= ~BIT(what);
		return err;
	}
	/* The first failure has its line, too. */
	if (!(fn->failed & BIT(what)))
		pciback_tenant_may_log(fn->tenant);
	fn->failed |= BIT(what);
	return err;
}
