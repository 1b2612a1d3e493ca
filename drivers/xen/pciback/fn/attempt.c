// SPDX-License-Identifier: GPL-2.0
/*
 * attempt - what failed for a guest the last time is not tried as often as it asks
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/jiffies.h>

#include "attempt.h"
#include "function.h"
#include "tenant.h"

/* The kernel's own lines for one that goes wrong, at most, or in the time that it takes. */
static const u8 attempt_lines[] = {
	[PCIBACK_ATTEMPT_MSI] = 1,
	[PCIBACK_ATTEMPT_MSIX] = 1,
	[PCIBACK_ATTEMPT_VPD] = 1,
	[PCIBACK_ATTEMPT_POWER] = 7,	/* one, and one for each BAR */
	[PCIBACK_ATTEMPT_RESET] = 2,
	[PCIBACK_ATTEMPT_LINE] = 1,
	[PCIBACK_ATTEMPT_STATE] = 1,
};

/* From then on the kernel may say of a reset, or of a function waking, that it waits. */
#define ATTEMPT_LONG	(HZ / 2)

static bool attempt_pay(const struct pciback_fn *fn, enum pciback_attempt what)
{
	unsigned int lines = attempt_lines[what];
	bool paid = true;

	while (paid && lines--)
		paid = pciback_tenant_may_log(fn->tenant);
	return paid;
}

/* May @what be tried now for the guest that has @fn? */
bool pciback_attempt_may(struct pciback_fn *fn, enum pciback_attempt what)
{
	fn->attempted = jiffies;
	if (!(fn->failed & BIT(what)))
		return true;
	if (what == PCIBACK_ATTEMPT_RESET && fn->reset_is_over)
		return false;
	return attempt_pay(fn, what);
}

static bool attempt_went_wrong(const struct pciback_fn *fn, enum pciback_attempt what,
			       int err)
{
	/* A lock that was taken is nobody's failure. */
	if (err)
		return err != -EAGAIN;
	return (what == PCIBACK_ATTEMPT_POWER || what == PCIBACK_ATTEMPT_RESET) &&
	       time_after(jiffies, fn->attempted + ATTEMPT_LONG);
}

/* It was, and @err came of it, which is returned. */
int pciback_attempt_note(struct pciback_fn *fn, enum pciback_attempt what, int err)
{
	if (!attempt_went_wrong(fn, what, err)) {
		fn->failed &= ~BIT(what);
		return err;
	}
	/* The first failure has its lines, too. */
	if (!(fn->failed & BIT(what)))
		attempt_pay(fn, what);
	fn->failed |= BIT(what);
	if (what == PCIBACK_ATTEMPT_RESET && err)
		fn->reset_is_over = true;
	return err;
}
