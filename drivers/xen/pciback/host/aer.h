/* SPDX-License-Identifier: GPL-2.0 */
/*
 * aer - PCI errors of seized functions, and dom0's part in recovering from them
 *
 * The PCI core asks every driver under a port, one by one, holding pci_bus_sem
 * and the function's device_lock. A guest is never waited for in there: dom0's
 * part is done as if the function were idle, and the guest is told meanwhile and
 * recovers its driver at its own pace, or loses the function.
 */
#ifndef PCIBACK_HOST_AER_H
#define PCIBACK_HOST_AER_H

#include <linux/atomic.h>

struct pci_error_handlers;

/* What is counted, per function, since it was seized. */
enum pciback_aer_count {
	PCIBACK_AER_CORRECTABLE,
	PCIBACK_AER_NONFATAL,
	PCIBACK_AER_FATAL,
	PCIBACK_AER_RECOVERED,	/* the guest's driver runs it again */
	PCIBACK_AER_ISOLATED,	/* taken away from a guest that did not recover */
	PCIBACK_AER_COUNTS
};

/* What the guest that has the function is to hear; guest/recover.h guards it. */
struct pciback_aer_talk {
	bool is_due;	/* nobody has told it of the latest error */
	bool host_busy;	/* dom0 has not done its part */
	bool was_reset;	/* dom0's part was a reset */
	bool is_lost;	/* dom0 could not recover the function */
};

struct pciback_aer {
	atomic_t counts[PCIBACK_AER_COUNTS];
	bool frozen;	/* no operation of a guest reaches the function */
	struct pciback_aer_talk talk;
};

/* What a guest has to know. */
enum pciback_aer_event {
	PCIBACK_AER_EVENT_NORMAL,	/* an error; the link works */
	PCIBACK_AER_EVENT_FROZEN,	/* an error; the link is being reset */
	PCIBACK_AER_EVENT_HOST_DONE,	/* dom0 has done its part */
	PCIBACK_AER_EVENT_LOST,		/* dom0 could not recover it */
};

extern const struct pci_error_handlers pciback_aer_handlers;

#endif
