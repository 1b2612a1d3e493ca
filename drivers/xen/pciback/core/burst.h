/* SPDX-License-Identifier: GPL-2.0 */
/*
 * burst - when a guest's next request is worth looking out for
 *
 * A guest that scans a bus, or a driver that probes, asks hundreds of times, each
 * time as soon as it has the answer. To be woken for each request takes most of
 * the time of an answer. So once some requests have each come soon after an answer,
 * the lookout watches the guest's page instead of waiting for its events.
 *
 * Guests that share a CPU take turns: what counts as soon is how long ago any of them
 * had its answer, not this one.
 *
 * The waiting is paid back: two seconds at once, and in the long run a fifth of the
 * time. Guests that are looked out for at the same time share it.
 */
#ifndef PCIBACK_BURST_H
#define PCIBACK_BURST_H

#include <linux/time64.h>
#include <linux/types.h>

/* The most that a lookout waits for a request: what others may have to stand back for. */
#define PCIBACK_BURST_WINDOW_MAX	(4 * NSEC_PER_MSEC)

/* Of whoever is alone with the request. All times in ns. */
struct pciback_burst {
	u64 answered;		/* when the last one was */
	unsigned int quick;	/* requests in a row that came soon after an answer */
	u64 window;		/* how long to wait when nobody asks */
	bool missed;		/* the last lookout waited in vain */
	u64 began;		/* when the lookout did */
	unsigned int had;	/* requests since then */
	u64 until;		/* until when at the latest */
	u64 paid;		/* when all of it so far will have been paid back */
	u64 rest;		/* until when there is no other one */
	u64 rest_next;		/* how long the next rest will be */
};

/*
 * Of each: no context of its own, no lock; whoever is alone with the request calls. Times in
 * ns, of one clock that does not go back.
 */
void pciback_burst_init(struct pciback_burst *burst);
void pciback_burst_came(struct pciback_burst *burst, u64 now, u64 any);
void pciback_burst_answered(struct pciback_burst *burst, u64 now);
bool pciback_burst_begin(struct pciback_burst *burst, u64 now);
void pciback_burst_had(struct pciback_burst *burst);
bool pciback_burst_is_over(struct pciback_burst *burst, u64 now, u64 quiet, u64 most);
void pciback_burst_end(struct pciback_burst *burst, u64 now, u64 waited);

#endif
