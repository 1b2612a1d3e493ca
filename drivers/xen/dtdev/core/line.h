/* SPDX-License-Identifier: GPL-2.0 */
/*
 * line - how a reset line is asked for that others may hang on
 *
 * The kernel's account of a line is either one user's alone or several users', as
 * the first one asked; asking otherwise is an error that it makes much noise about.
 */
#ifndef DTDEV_CORE_LINE_H
#define DTDEV_CORE_LINE_H

#include <linux/types.h>

/* Who else hangs on a device's lines. */
struct dtdev_line_users {
	bool driven;	/* a node that a driver of dom0 is bound to */
	bool idle;	/* one that dom0 could bind a driver to */
	bool alone;	/* one that has been taken, and its line with it */
	bool several;	/* one that has been taken, and shares its line */
};

enum dtdev_line {
	DTDEV_LINE_NONE = 0,	/* there is none */
	DTDEV_LINE_ALONE,	/* it is ours, to be pulled */
	DTDEV_LINE_SHARED,	/* it is kept released, and never pulled */
	DTDEV_LINE_LEFT,	/* it is not asked for: whoever has it keeps it released */
};

enum dtdev_line dtdev_line_choose(bool has, const struct dtdev_line_users *users);

#endif
