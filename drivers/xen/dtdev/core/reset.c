// SPDX-License-Identifier: GPL-2.0
/*
 * reset - judges what came of one
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "reset.h"

/*
 * Of a device that has been let sleep, with @put the answer, and woken, with @get. That
 * it slept says nothing: it was set back only if its domain was seen to go off, which a
 * domain does not as long as anybody else in it is awake. Returns 0, -EBUSY (the power
 * stayed) or -errno.
 */
int dtdev_reset_power_result(bool off, int put, int get)
{
	if (get)
		return get;
	if (off)
		return 0;
	return put < 0 ? put : -EBUSY;
}

/* Power that others need is no way to reset a device: it is as one without any. */
static bool reset_is_possible(enum dtdev_reset_method method, int result)
{
	return method != DTDEV_RESET_NONE &&
	       !(method == DTDEV_RESET_POWER && result == -EBUSY);
}

/* May it go on after a reset by @method with @result? */
bool dtdev_reset_is_enough(enum dtdev_reset_policy policy, enum dtdev_reset_method method,
			   int result)
{
	if (!result || policy == DTDEV_RESET_WARN)
		return true;
	return policy == DTDEV_RESET_AUTO && !reset_is_possible(method, result);
}
