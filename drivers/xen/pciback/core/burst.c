// SPDX-License-Identifier: GPL-2.0
/*
 * burst - when a guest's next request is worth looking out for
 */
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/types.h>

#include "burst.h"

/*
 * So many requests in a row make a burst, each so soon after an answer: with two
 * wake-ups between them that takes longer than a lookout should wait. Twice as
 * many, and one pause does not end it: a guest does not run all the time.
 */
#define BURST_QUICK	4u
#define BURST_SOON	NSEC_PER_MSEC

/* In which a guest that shares its CPU with others has its turn again. */
#define BURST_TURN	(32 * NSEC_PER_MSEC)

/* How long a lookout waits for a request, at first and at least. */
#define BURST_WINDOW		(200 * NSEC_PER_USEC)
#define BURST_WINDOW_MIN	(25 * NSEC_PER_USEC)

/* A ns of waiting takes so many to be paid back. What is served is no waste. */
#define BURST_PRICE	5

/* Owing more than that, a guest has its events. It gets there in two seconds. */
#define BURST_DEBT_MAX	(2ULL * NSEC_PER_SEC * (BURST_PRICE - 1))

/* What a lookout has to be worth at least, for it to begin. */
#define BURST_SPELL_MIN	(20 * NSEC_PER_MSEC)

/*
 * How long a guest that a lookout had nearly nothing of is left alone, twice as long
 * each time: it may be that somebody else wants the CPU for longer.
 */
#define BURST_REST	(2 * NSEC_PER_MSEC)
#define BURST_REST_MAX	(64 * NSEC_PER_MSEC)

void pciback_burst_init(struct pciback_burst *burst)
{
	*burst = (struct pciback_burst){
		.window = BURST_WINDOW,
		.rest_next = BURST_REST,
	};
}

/* How long @then is ago; another CPU may have written it just now. */
static u64 burst_since(u64 then, u64 now)
{
	return now > then ? now - then : 0;
}

/*
 * The last lookout has ended before this request, @pause after an answer: a longer one
 * would have had it, or a shorter one would have wasted less.
 */
static void burst_learn(struct pciback_burst *burst, u64 pause)
{
	if (pause < PCIBACK_BURST_WINDOW_MAX)
		burst->window *= 2;
	else
		burst->window /= 2;
	burst->window = clamp(burst->window, (u64)BURST_WINDOW_MIN,
			      (u64)PCIBACK_BURST_WINDOW_MAX);
	burst->missed = false;
}

static void burst_note_quick(struct pciback_burst *burst)
{
	burst->quick = min(burst->quick + 1, 2 * BURST_QUICK);
}

/* A request has come at @now, with its event; @any: when any guest had its last answer. */
void pciback_burst_came(struct pciback_burst *burst, u64 now, u64 any)
{
	u64 pause = burst_since(any, now);

	if (pause < BURST_SOON && burst_since(burst->answered, now) < BURST_TURN)
		burst_note_quick(burst);
	else
		burst->quick /= 2;
	if (burst->missed)
		burst_learn(burst, pause);
}

/* A request has been answered. */
void pciback_burst_answered(struct pciback_burst *burst, u64 now)
{
	burst->answered = now;
}

/* For how long may there be a lookout that begins at @now? */
static u64 burst_affordable(const struct pciback_burst *burst, u64 now)
{
	u64 debt = burst->paid > now ? burst->paid - now : 0;

	return debt < BURST_DEBT_MAX ?
		div_u64(BURST_DEBT_MAX - debt, BURST_PRICE - 1) : 0;
}

/* Is it worth a lookout, and may one be kept? If so, one has begun. */
bool pciback_burst_begin(struct pciback_burst *burst, u64 now)
{
	u64 spell;

	if (burst->quick < BURST_QUICK || now < burst->rest)
		return false;
	spell = burst_affordable(burst, now);
	if (spell < BURST_SPELL_MIN)
		return false;
	burst->began = now;
	burst->had = 0;
	burst->until = now + spell;
	return true;
}

/* The lookout has seen a request. */
void pciback_burst_had(struct pciback_burst *burst)
{
	burst->had++;
	burst_note_quick(burst);
}

/* Should the lookout end, nobody having asked for the last @quiet ns, of at most @most? */
bool pciback_burst_is_over(struct pciback_burst *burst, u64 now, u64 quiet, u64 most)
{
	burst->missed = quiet >= min(burst->window, most);
	return burst->missed || now >= burst->until ||
	       burst_since(burst->answered, now) >= BURST_TURN;
}

/* The lookout has ended, having waited @waited ns. */
void pciback_burst_end(struct pciback_burst *burst, u64 now, u64 waited)
{
	burst->paid = max(burst->paid, burst->began) + waited * BURST_PRICE;
	if (burst->had < BURST_QUICK) {
		burst->rest = now + burst->rest_next;
		burst->rest_next = min(2 * burst->rest_next, (u64)BURST_REST_MAX);
	} else {
		burst->rest_next = BURST_REST;
	}
}
