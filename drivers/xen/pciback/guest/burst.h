/* SPDX-License-Identifier: GPL-2.0 */
/*
 * burst - when to look out for the next request instead of waiting for its event
 *
 * A guest that scans a bus, or a driver that probes, asks hundreds of times, each
 * time as soon as it has the answer. To be woken for each request takes most of
 * the time of an answer. So once some requests have each come within a millisecond of
 * the answer before, the ring's worker watches the page for the next, poll_us
 * microseconds at most, or less where the guest's pace says so, and again after each
 * answer.
 *
 * That is for CPUs with nothing else to do: it ends as soon as anything else wants
 * to run there, and it is done for one guest at a time, which gives way to another's
 * burst as soon as it pauses. The waiting is paid back: two seconds at once, and in the
 * long run a fifth of the time.
 */
#ifndef PCIBACK_GUEST_BURST_H
#define PCIBACK_GUEST_BURST_H

#include <linux/atomic.h>
#include <linux/types.h>

struct pciback_burst {
	/* Of whoever is alone with the request. All times in ns. */
	u64 answered;		/* when the last one was */
	unsigned int quick;	/* requests in a row that came soon after that */
	u64 window;		/* how long to wait for the next one */
	bool missed;		/* the last lookout waited in vain */
	bool is_on;		/* we are on the lookout */
	u64 began;		/* since when */
	u64 waited;		/* how long of that, for requests */
	unsigned int had;	/* requests since then */
	u64 until;		/* until when at the latest */
	u64 paid;		/* when all of it so far will have been paid back */
	u64 rest;		/* until when there is no other one */

	atomic_t stop;		/* how many wait for the worker */
};

extern unsigned int pciback_burst_poll_us;

void pciback_burst_init(struct pciback_burst *burst);
void pciback_burst_came(struct pciback_burst *burst);
void pciback_burst_answered(struct pciback_burst *burst);
bool pciback_burst_begin(struct pciback_burst *burst);
bool pciback_burst_await(struct pciback_burst *burst,
			 const unsigned long *flags);

#endif
