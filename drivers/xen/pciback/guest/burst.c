// SPDX-License-Identifier: GPL-2.0
/*
 * burst - when to look out for the next request
 */
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/sched/stat.h>
#include <asm/sync_bitops.h>
#include <xen/interface/io/pciif.h>

#include "burst.h"

/* More would be no pause but an end. */
#define BURST_POLL_MAX	1000u

/* So many requests in a row make a burst. */
#define BURST_QUICK	4

/* A scan of several buses fits in one spell. */
#define BURST_SPELL	max(HZ / 10, 1)

/* How long a CPU that was wanted by somebody else is left alone. */
#define BURST_BUSY	2

/* The administrator's choice; a single word, no lock. 0: never. */
unsigned int pciback_burst_poll_us;

/* Bit 0: some guest's worker is on the lookout. */
static unsigned long burst_taken;

static u64 burst_window(void)
{
	return min(READ_ONCE(pciback_burst_poll_us), BURST_POLL_MAX) *
	       (u64)NSEC_PER_USEC;
}

void pciback_burst_init(struct pciback_burst *burst)
{
	*burst = (struct pciback_burst){ .rest = jiffies };
}

/* A request has come, with its event. Any context. */
void pciback_burst_came(struct pciback_burst *burst)
{
	if (ktime_get_ns() - burst->answered < burst_window())
		burst->quick++;
	else
		burst->quick = 0;
}

/* A request has been answered. Any context. */
void pciback_burst_answered(struct pciback_burst *burst)
{
	burst->answered = ktime_get_ns();
}

/*
 * Is it worth a lookout, and may one be kept? Any context. If so, somebody has to
 * call pciback_burst_await() until that says no.
 */
bool pciback_burst_begin(struct pciback_burst *burst)
{
	if (burst->quick < BURST_QUICK || time_before(jiffies, burst->rest) ||
	    test_and_set_bit_lock(0, &burst_taken))
		return false;
	burst->until = jiffies + BURST_SPELL;
	burst->is_on = true;
	return true;
}

static void burst_end(struct pciback_burst *burst, unsigned long rest)
{
	burst->is_on = false;
	burst->quick = 0;
	burst->rest = jiffies + rest;
	clear_bit_unlock(0, &burst_taken);
}

/*
 * Waits for the next request, if we are on the lookout. Process context. Returns
 * false if none came, or its event has to be waited for.
 */
bool pciback_burst_await(struct pciback_burst *burst,
			 const unsigned long *flags)
{
	u64 end;

	if (!burst->is_on)
		return false;
	end = ktime_get_ns() + burst_window();
	do {
		if (need_resched() || !single_task_running()) {
			burst_end(burst, BURST_BUSY);
			return false;
		}
		if (!time_before(jiffies, burst->until)) {
			burst_end(burst, BURST_SPELL);
			return false;
		}
		if (READ_ONCE(burst->stop))
			break;
		if (sync_test_bit(_XEN_PCIF_active, flags))
			return true;
		cpu_relax();
	} while (ktime_get_ns() < end);
	burst_end(burst, 0);
	return false;
}
