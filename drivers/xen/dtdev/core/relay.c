// SPDX-License-Identifier: GPL-2.0
/*
 * relay - decides when a line is open, and what the guest is told
 *
 * Pure: any context, no allocation, no division. The caller serializes the calls for
 * one line, and its clock does not go backwards.
 */
#include <linux/types.h>

#include "relay.h"

/* A guest is there. The line is masked. */
void dtdev_relay_begin(struct dtdev_relay *relay, u32 interval)
{
	relay->state = DTDEV_RELAY_WAITING;
	relay->interval = interval;
	relay->full = 0;
	relay->told = false;
}

/* The line has fired. */
enum dtdev_relay_action dtdev_relay_fire(struct dtdev_relay *relay, u64 now)
{
	/* It was on its way when the line was masked. */
	if (relay->state != DTDEV_RELAY_ARMED)
		return DTDEV_RELAY_NOTHING;
	relay->state = DTDEV_RELAY_WAITING;
	relay->told = true;
	relay->told_at = now;
	return DTDEV_RELAY_TELL;
}

static void relay_count_turn(struct dtdev_relay *relay, u64 now)
{
	if (!relay->told)
		return;
	relay->told = false;
	relay->turns++;
	if (now - relay->told_at > relay->longest)
		relay->longest = now - relay->told_at;
}

/* How long until the bucket has an opening's worth in it; 0: it has. */
static u64 relay_wait(const struct dtdev_relay *relay, u64 now)
{
	u64 lent = (u64)relay->interval * (DTDEV_RELAY_BURST - 1);

	return relay->full > now + lent ? relay->full - lent - now : 0;
}

static enum dtdev_relay_action relay_open(struct dtdev_relay *relay, u64 now)
{
	if (relay->full < now)
		relay->full = now;
	relay->full += relay->interval;
	relay->state = DTDEV_RELAY_ARMED;
	return DTDEV_RELAY_OPEN;
}

/*
 * The guest asks for the next interrupt. Returns what is to be done, and for
 * DTDEV_RELAY_LATER in @delay after how many ns, never more than an interval.
 */
enum dtdev_relay_action dtdev_relay_ask(struct dtdev_relay *relay, u64 now, u64 *delay)
{
	if (relay->state != DTDEV_RELAY_WAITING) {
		relay->spurious++;
		return DTDEV_RELAY_SPURIOUS;
	}
	relay_count_turn(relay, now);
	*delay = relay_wait(relay, now);
	if (!*delay)
		return relay_open(relay, now);
	relay->limited++;
	relay->state = DTDEV_RELAY_LIMITED;
	return DTDEV_RELAY_LATER;
}

/* The time of a DTDEV_RELAY_LATER has come. */
enum dtdev_relay_action dtdev_relay_due(struct dtdev_relay *relay, u64 now)
{
	if (relay->state != DTDEV_RELAY_LIMITED)
		return DTDEV_RELAY_NOTHING;
	return relay_open(relay, now);
}

/* The guest is gone, or is to have it no longer. */
enum dtdev_relay_action dtdev_relay_end(struct dtdev_relay *relay)
{
	enum dtdev_relay_state was = relay->state;

	relay->state = DTDEV_RELAY_OFF;
	relay->told = false;
	return was == DTDEV_RELAY_ARMED ? DTDEV_RELAY_MASK : DTDEV_RELAY_NOTHING;
}
