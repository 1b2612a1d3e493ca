/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report - reasons and whom they are about, collected into one line of text
 *
 *	shared-page /b, /c; consumers gpio-keys
 *
 * Whatever does not fit is left out, and "..." says so; what cannot be printed is "?".
 */
#ifndef DTDEV_CORE_REPORT_H
#define DTDEV_CORE_REPORT_H

#include <linux/types.h>

#include "reason.h"

#define DTDEV_REPORT_MAX	512

struct dtdev_report {
	u32 reasons;		/* DTDEV_REASON_BIT()s */
	u32 last;		/* reason of the text's end, plus one; 0: none */
	size_t len;
	char text[DTDEV_REPORT_MAX];	/* always terminated */
};

void dtdev_report_add(struct dtdev_report *report, enum dtdev_reason reason,
		      const char *whom);

#endif
