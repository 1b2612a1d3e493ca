// SPDX-License-Identifier: GPL-2.0
/*
 * burst - when to look out for the next request
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/sched/stat.h>
#include <linux/time64.h>
#include <asm/sync_bitops.h>
#include <asm/xen/hypercall.h>
#include <xen/interface/io/pciif.h>
#include <xen/interface/sched.h>

#include "burst.h"

/*
 * So many requests in a row make a burst, each so soon after the answer before: with
 * two wake-ups between them that takes longer than a lookout should wait. Twice as
 * many, and one pause does not end it: a guest does not run all the time.
 */
#define BURST_QUICK	4u
#define BURST_SOON	NSEC_PER_MSEC

/* How long a lookout waits for a request: at first, and at least. */
#define BURST_WINDOW		(200 * NSEC_PER_USEC)
#define BURST_WINDOW_MIN	(25 * NSEC_PER_USEC)

/* A ns of waiting takes so many to be paid back. What is served is no waste. */
#define BURST_PRICE	5

/* Owing more than that, a guest has its events. It gets there in two seconds. */
#define BURST_DEBT_MAX	(2ULL * NSEC_PER_SEC * (BURST_PRICE - 1))

/* What a lookout has to be worth at least, for it to begin. */
#define BURST_SPELL_MIN	(20 * NSEC_PER_MSEC)

/*
 * How long a CPU that was wanted by somebody else is left alone, and a guest that a
 * lookout had nearly nothing of: beside many others, say.
 */
#define BURST_BUSY	(2 * NSEC_PER_MSEC)

/* The administrator's choice; a single word, no lock. 0: never. */
unsigned int pciback_burst_poll_us = 1000;

/*
 * When a guest has sent nothing for so long, it may be that it does not run: it gives
 * way to another one's burst, and we give our real CPU to whoever waits for it.
 */
#define BURST_YIELD	(20 * NSEC_PER_USEC)

/* Bit 0: some guest's worker is on the lookout. */
static unsigned long burst_taken;

/* Another one would be; a single word, no lock: it is a hint. */
static bool burst_wanted;

/* The most a lookout may wait. More than a pause between requests is of no use. */
static u64 burst_window_max(void)
{
	return min(READ_ONCE(pciback_burst_poll_us) * (u64)NSEC_PER_USEC,
		   (u64)BURST_SOON);
}

void pciback_burst_init(struct pciback_burst *burst)
{
	*burst = (struct pciback_burst){ .window = BURST_WINDOW };
}

/*
 * The last lookout has ended before this request: it comes soon, so a longer one
 * would have had it, or late, so that a shorter one would have wasted less.
 */
static void burst_learn(struct pciback_burst *burst, bool soon)
{
	if (soon)
		burst->window *= 2;
	else
		burst->window /= 2;
	burst->window = clamp(burst->window, (u64)BURST_WINDOW_MIN,
			      (u64)BURST_SOON);
	burst->missed = false;
}

static void burst_note_quick(struct pciback_burst *burst)
{
	burst->quick = min(burst->quick + 1, 2 * BURST_QUICK);
}

/* A request has come, with its event. Any context. */
void pciback_burst_came(struct pciback_burst *burst)
{
	bool soon = burst_window_max() &&
		ktime_get_ns() - burst->answered < BURST_SOON;

	if (soon)
		burst_note_quick(burst);
	else
		burst->quick /= 2;
	if (burst->missed)
		burst_learn(burst, soon);
}

/* A request has been answered. Any context. */
void pciback_burst_answered(struct pciback_burst *burst)
{
	if (burst_window_max())
		burst->answered = ktime_get_ns();
}

/* For how long may there be a lookout that begins at @now? */
static u64 burst_affordable(const struct pciback_burst *burst, u64 now)
{
	u64 debt = burst->paid > now ? burst->paid - now : 0;

	return debt < BURST_DEBT_MAX ?
		div_u64(BURST_DEBT_MAX - debt, BURST_PRICE - 1) : 0;
}

/*
 * Is it worth a lookout, and may one be kept? Any context. If so, somebody has to
 * call pciback_burst_await() until that says no.
 */
bool pciback_burst_begin(struct pciback_burst *burst)
{
	u64 now, spell;

	if (burst->quick < BURST_QUICK)
		return false;
	now = ktime_get_ns();
	spell = burst_affordable(burst, now);
	if (now < burst->rest || spell < BURST_SPELL_MIN)
		return false;
	if (test_and_set_bit_lock(0, &burst_taken)) {
		WRITE_ONCE(burst_wanted, true);
		return false;
	}
	WRITE_ONCE(burst_wanted, false);
	burst->began = now;
	burst->waited = 0;
	burst->had = 0;
	burst->until = now + spell;
	burst->is_on = true;
	return true;
}

static void burst_end(struct pciback_burst *burst, u64 now, bool busy)
{
	burst->is_on = false;
	burst->paid = max(burst->paid, burst->began) +
		      burst->waited * BURST_PRICE;
	if (busy || burst->had < BURST_QUICK)
		burst->rest = now + BURST_BUSY;
	clear_bit_unlock(0, &burst_taken);
}

static void burst_pause(bool yield)
{
	if (yield)
		HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
	else
		cpu_relax();
}

/*
 * Waits for the next request, if we are on the lookout. Process context. Returns
 * false if none came, or its event has to be waited for.
 */
bool pciback_burst_await(struct pciback_burst *burst,
			 const unsigned long *flags)
{
	bool busy = false;
	u64 began, now, end;

	if (!burst->is_on)
		return false;
	began = ktime_get_ns();
	now = began;
	end = began + min(burst->window, burst_window_max());
	while (now < burst->until && !atomic_read(&burst->stop)) {
		if (need_resched() || !single_task_running()) {
			busy = true;
			break;
		}
		if (sync_test_bit(_XEN_PCIF_active, flags)) {
			burst->waited += now - began;
			burst->had++;
			burst_note_quick(burst);
			return true;
		}
		if (now - began > BURST_YIELD && READ_ONCE(burst_wanted))
			break;
		if (now >= end) {
			burst->missed = true;
			break;
		}
		burst_pause(now - began > BURST_YIELD);
		now = ktime_get_ns();
	}
	burst->waited += now - began;
	burst_end(burst, now, busy);
	return false;
}
