/* SPDX-License-Identifier: GPL-2.0 */
/*
 * errors - what is kept of a function's PCI errors
 */
#ifndef PCIBACK_FN_ERRORS_H
#define PCIBACK_FN_ERRORS_H

#include <linux/atomic.h>
#include <linux/types.h>

/* What is counted, per function, since it was seized. */
enum pciback_error_count {
	PCIBACK_ERROR_CORRECTABLE,
	PCIBACK_ERROR_NONFATAL,
	PCIBACK_ERROR_FATAL,
	PCIBACK_ERROR_RECOVERED,	/* the guest's driver runs it again */
	PCIBACK_ERROR_ISOLATED,	/* taken away from a guest that did not recover */
	PCIBACK_ERROR_COUNTS
};

/* What the guest that has the function is to hear; guest/recover.h guards it. */
struct pciback_error_talk {
	bool is_due;	/* nobody has told it of the latest error */
	bool host_busy;	/* dom0 has not done its part */
	bool was_reset;	/* dom0's part was a reset */
	bool is_lost;	/* dom0 could not recover the function */
};

struct pciback_errors {
	atomic_t counts[PCIBACK_ERROR_COUNTS];
	bool frozen;	/* no operation of a guest reaches the function */
	struct pciback_error_talk talk;
};

#endif
