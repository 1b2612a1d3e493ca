// SPDX-License-Identifier: GPL-2.0
/*
 * line - alone, with others, or not at all
 *
 * Pure: any context, no allocation.
 */
#include <linux/types.h>

#include "line.h"

/* @has: the device has reset lines at all. */
enum dtdev_line dtdev_line_choose(bool has, const struct dtdev_line_users *users)
{
	if (!has)
		return DTDEV_LINE_NONE;
	/* How a driver asked for it nobody tells. */
	if (users->driven || users->alone)
		return DTDEV_LINE_LEFT;
	return users->idle || users->several ? DTDEV_LINE_SHARED : DTDEV_LINE_ALONE;
}
