/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reset - what was a reset, and whether it goes on without one
 */
#ifndef DTDEV_CORE_RESET_H
#define DTDEV_CORE_RESET_H

#include <linux/types.h>

enum dtdev_reset_method {
	DTDEV_RESET_NONE = 0,
	DTDEV_RESET_LINE,
	DTDEV_RESET_QUIESCE,
	DTDEV_RESET_POWER,
};

enum dtdev_reset_policy {
	DTDEV_RESET_AUTO,	/* a reset that can be done must succeed */
	DTDEV_RESET_REQUIRE,	/* there must be one */
	DTDEV_RESET_WARN,	/* it goes on all the same */
};

int dtdev_reset_power_result(bool off, int put, int get);
bool dtdev_reset_is_enough(enum dtdev_reset_policy policy, enum dtdev_reset_method method,
			   int result);

#endif
