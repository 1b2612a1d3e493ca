/* SPDX-License-Identifier: GPL-2.0 */
/*
 * attempt - what failed for a guest the last time is not tried as often as it asks
 *
 * A failure may take long, and the kernel writes lines of its own into the log for it, as
 * it does for what takes long: so the next tries come out of the guest's share of the log,
 * and a reset that failed is not tried again for it at all. Exclusion: whoever serves the
 * guest's operations.
 */
#ifndef PCIBACK_FN_ATTEMPT_H
#define PCIBACK_FN_ATTEMPT_H

#include <linux/types.h>

struct pciback_fn;

enum pciback_attempt {
	PCIBACK_ATTEMPT_MSI,
	PCIBACK_ATTEMPT_MSIX,
	PCIBACK_ATTEMPT_VPD,
	PCIBACK_ATTEMPT_POWER,
	PCIBACK_ATTEMPT_RESET,
	PCIBACK_ATTEMPT_LINE,
	PCIBACK_ATTEMPT_STATE,
};

bool pciback_attempt_may(struct pciback_fn *fn, enum pciback_attempt what);
int pciback_attempt_note(struct pciback_fn *fn, enum pciback_attempt what, int err);

#endif
