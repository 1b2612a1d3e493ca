// SPDX-License-Identifier: GPL-2.0
/*
 * poll - core/burst with this host's clock, what all guests do, and the administrator's say
 */
#include <linux/compiler.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/time64.h>

#include "poll.h"

/* A single word, no lock. In us; 0: no lookout. */
unsigned int pciback_poll_us = PCIBACK_BURST_WINDOW_MAX / NSEC_PER_USEC;

/* When any guest had its last answer; no lock: a hint. */
static u64 poll_answered_any;

/* The most, in ns, a lookout may wait. 0: there is none. Any context. */
u64 pciback_poll_window(void)
{
	return min(READ_ONCE(pciback_poll_us) * (u64)NSEC_PER_USEC,
		   (u64)PCIBACK_BURST_WINDOW_MAX);
}

/* A request has come, with its event. Any context. */
void pciback_poll_came(struct pciback_burst *burst)
{
	if (pciback_poll_window())
		pciback_burst_came(burst, ktime_get_ns(), READ_ONCE(poll_answered_any));
}

/* A request has been answered. Any context. */
void pciback_poll_answered(struct pciback_burst *burst)
{
	u64 now;

	if (!pciback_poll_window())
		return;
	now = ktime_get_ns();
	pciback_burst_answered(burst, now);
	WRITE_ONCE(poll_answered_any, now);
}

/* May a lookout begin, after what came last? Any context. If so, it has. */
bool pciback_poll_begin(struct pciback_burst *burst)
{
	return pciback_poll_window() && pciback_burst_begin(burst, ktime_get_ns());
}
