/* SPDX-License-Identifier: GPL-2.0 */
/*
 * relay - the state of one interrupt line that dom0 keeps for a guest
 *
 * dom0 handles the line, and the guest has the device. When it fires, dom0 masks it
 * and tells the guest; when the guest has dealt with it, it asks for the next one,
 * and only then the line is opened again. The guest's first word opens it the first
 * time. So a guest that says nothing costs one interrupt, and one that answers at
 * once no more than the bucket lets through: each opening takes an interval's worth
 * of it, and a full one is worth a burst. Level and edge are the same here.
 *
 *	            asks, in time            fires
 *	  WAITING -----------------> ARMED --------> WAITING
 *	     | asks, too early         ^
 *	     +---------> LIMITED ------+ time has come
 *
 * The line is open in ARMED and in no other state: what the caller does is what the
 * answers say, in their order and under one lock.
 */
#ifndef DTDEV_CORE_RELAY_H
#define DTDEV_CORE_RELAY_H

#include <linux/types.h>

#define DTDEV_RELAY_BURST	64	/* openings that a full bucket is worth */

enum dtdev_relay_state {
	DTDEV_RELAY_OFF = 0,	/* no guest */
	DTDEV_RELAY_WAITING,	/* masked, until the guest asks */
	DTDEV_RELAY_LIMITED,	/* it has asked, too early */
	DTDEV_RELAY_ARMED,	/* open */
};

/* What is to be done now. */
enum dtdev_relay_action {
	DTDEV_RELAY_NOTHING = 0,
	DTDEV_RELAY_TELL,	/* mask the line, tell the guest */
	DTDEV_RELAY_OPEN,	/* unmask it */
	DTDEV_RELAY_LATER,	/* call dtdev_relay_due() when its time has come */
	DTDEV_RELAY_SPURIOUS,	/* nothing; the guest had no reason to ask */
	DTDEV_RELAY_MASK,	/* mask the line, tell nobody */
};

struct dtdev_relay {
	enum dtdev_relay_state state;
	u32 interval;		/* ns between openings, on the average */
	u64 full;		/* ns; when the bucket will be full again */
	bool told;		/* the guest owes an answer, since */
	u64 told_at;		/* ns */

	/* From here on counters. */
	u64 turns;		/* told, and answered */
	u64 longest;		/* ns of a turn */
	u64 limited;		/* answers that came too early */
	u64 spurious;		/* questions without a reason */
};

void dtdev_relay_begin(struct dtdev_relay *relay, u32 interval);
enum dtdev_relay_action dtdev_relay_fire(struct dtdev_relay *relay, u64 now);
enum dtdev_relay_action dtdev_relay_ask(struct dtdev_relay *relay, u64 now, u64 *delay);
enum dtdev_relay_action dtdev_relay_due(struct dtdev_relay *relay, u64 now);
enum dtdev_relay_action dtdev_relay_end(struct dtdev_relay *relay);

#endif
