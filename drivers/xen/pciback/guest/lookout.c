// SPDX-License-Identifier: GPL-2.0
/*
 * lookout - one worker watches the pages of all guests that are in a burst
 */
#include <linux/atomic.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/processor.h>
#include <linux/sched.h>
#include <linux/sched/stat.h>
#include <linux/time64.h>
#include <linux/workqueue.h>
#include <asm/xen/hypercall.h>
#include <xen/interface/sched.h>

#include "lookout.h"
#include "poll.h"
#include "ring.h"

/* When nobody has asked for so long, it may be that the guests do not run. */
#define LOOKOUT_YIELD	(20 * NSEC_PER_USEC)

/* What a round takes at most, if nobody else had the real CPU meanwhile, and for long. */
#define LOOKOUT_ROUND	(4 * NSEC_PER_MSEC)

/*
 * What one answer may keep the others waiting: the functions of a guest with slower ones
 * are not for here.
 */
#define LOOKOUT_ANSWER	(250 * NSEC_PER_USEC)

/* At the latest after this all have their events again, for once. */
#define LOOKOUT_SPELL	(2ULL * NSEC_PER_SEC)

static struct workqueue_struct *lookout_wq;
static struct work_struct lookout_work;
static LLIST_HEAD(lookout_joining);

/* How many wait for the worker. */
static atomic_t lookout_stop;

/* What the worker knows, from its start to its end. All times in ns. */
struct lookout {
	struct list_head members;	/* by struct pciback_lookout */
	unsigned int count;
	u64 now;			/* as of this round */
	u64 until;
	u64 served;			/* when somebody was, or it began */
	u64 waited;			/* for each, since it began */
	u64 idle;			/* since the last change, not in waited yet */
	bool busy;			/* the CPU is wanted, or the real one */
};

static struct pciback_ring *lookout_ring(struct pciback_lookout *at)
{
	return container_of(at, struct pciback_ring, lookout);
}

/* The waiting so far is shared by those who are there now. */
static void lookout_settle(struct lookout *look)
{
	if (look->count)
		look->waited += div_u64(look->idle, look->count);
	look->idle = 0;
}

static void lookout_take_in(struct lookout *look)
{
	struct pciback_lookout *at, *next;

	if (llist_empty(&lookout_joining))
		return;
	lookout_settle(look);
	llist_for_each_entry_safe(at, next, llist_del_all(&lookout_joining), joining) {
		list_add_tail(&at->member, &look->members);
		at->waited = look->waited;
		look->count++;
	}
	look->now = ktime_get_ns();
	look->served = look->now;
}

static void lookout_dismiss(struct lookout *look, struct pciback_lookout *at)
{
	lookout_settle(look);
	list_del(&at->member);
	look->count--;
	pciback_burst_end(&lookout_ring(at)->burst, look->now,
			  look->waited - at->waited);
}

/* It has its events again. */
static void lookout_return(struct lookout *look, struct pciback_lookout *at)
{
	lookout_dismiss(look, at);
	pciback_ring_let_events(lookout_ring(at));
}

static bool lookout_watch(struct lookout *look, struct pciback_lookout *at)
{
	struct pciback_ring *ring = lookout_ring(at);
	u64 began = ktime_get_ns();

	switch (pciback_ring_look(ring)) {
	case PCIBACK_RING_ANSWERED:
		if (ktime_get_ns() - began > LOOKOUT_ANSWER)
			lookout_return(look, at);
		return true;
	case PCIBACK_RING_MAY_SLEEP:
		lookout_dismiss(look, at);
		pciback_ring_hand_over(ring);
		return true;
	case PCIBACK_RING_QUIET:
		break;
	}
	if (pciback_burst_is_over(&ring->burst, look->now,
				  look->now - look->served, pciback_poll_window()))
		lookout_return(look, at);
	return false;
}

/* Each gets one answer. Returns false if nobody had asked. */
static bool lookout_round(struct lookout *look)
{
	struct pciback_lookout *at, *next;
	bool served = false;

	list_for_each_entry_safe(at, next, &look->members, member)
		served |= lookout_watch(look, at);
	return served;
}

static void lookout_pause(struct lookout *look)
{
	if (look->now - look->served > LOOKOUT_YIELD)
		HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
	else
		cpu_relax();
}

/* The time since the last round was for a guest, or for nothing. */
static void lookout_note_time(struct lookout *look, bool served)
{
	u64 now = ktime_get_ns();
	u64 took = now - look->now;

	if (served)
		look->served = now;
	else
		look->idle += took;
	look->busy = took > LOOKOUT_ROUND;
	look->now = now;
}

static bool lookout_goes_on(struct lookout *look)
{
	look->busy |= need_resched() || !single_task_running();
	return look->count && !look->busy && look->now < look->until &&
	       !atomic_read(&lookout_stop);
}

static void lookout_do(struct work_struct *work)
{
	struct pciback_lookout *at, *next;
	struct lookout look = {
		.members = LIST_HEAD_INIT(look.members),
		.now = ktime_get_ns(),
	};

	look.served = look.now;
	look.until = look.now + LOOKOUT_SPELL;
	lookout_take_in(&look);
	while (lookout_goes_on(&look)) {
		bool served = lookout_round(&look);

		if (!served)
			lookout_pause(&look);
		lookout_note_time(&look, served);
		lookout_take_in(&look);
	}
	list_for_each_entry_safe(at, next, &look.members, member)
		lookout_return(&look, at);
}

/*
 * Takes over the requests of the ring that @at is of, whose handler has not given
 * its EOI. Any context.
 */
void pciback_lookout_join(struct pciback_lookout *at)
{
	llist_add(&at->joining, &lookout_joining);
	queue_work(lookout_wq, &lookout_work);
}

/*
 * Returns when all that had joined before have their events again, or a request that
 * the ring's own worker serves. May sleep, no longer than a round.
 */
void pciback_lookout_flush(void)
{
	atomic_inc(&lookout_stop);
	flush_work(&lookout_work);
	atomic_dec(&lookout_stop);
}

void pciback_lookout_init(struct workqueue_struct *wq)
{
	lookout_wq = wq;
	INIT_WORK(&lookout_work, lookout_do);
}
