/* SPDX-License-Identifier: GPL-2.0 */
/*
 * say - why something was refused: one line of log, and kept for the attribute
 */
#ifndef DTOVL_SAY_H
#define DTOVL_SAY_H

#include <linux/compiler_attributes.h>

struct dtovl_say {
	const char *name;	/* the overlay's */
	char *text;		/* or NULL */
};

__printf(3, 4) int dtovl_refuse(struct dtovl_say *say, int err, const char *format, ...);
void dtovl_say_forget(struct dtovl_say *say);

#endif
