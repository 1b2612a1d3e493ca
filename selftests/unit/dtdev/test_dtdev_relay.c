// SPDX-License-Identifier: GPL-2.0
/*
 * A line that dom0 keeps for a guest: its states one by one, and both ends in a model:
 * a device, dom0 and a guest that do what they may in random order.
 */
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "relay.h"

#define INTERVAL	50000	/* ns */

static void nothing_before_the_guest_asks(void)
{
	struct dtdev_relay relay = { 0 };
	u64 delay = 7;

	EXPECT_EQ(dtdev_relay_fire(&relay, 1), DTDEV_RELAY_NOTHING);
	EXPECT_EQ(dtdev_relay_ask(&relay, 1, &delay), DTDEV_RELAY_SPURIOUS);
	EXPECT_EQ(dtdev_relay_due(&relay, 1), DTDEV_RELAY_NOTHING);
	dtdev_relay_begin(&relay, INTERVAL);
	EXPECT_EQ(dtdev_relay_fire(&relay, 2), DTDEV_RELAY_NOTHING);
	EXPECT_EQ(dtdev_relay_ask(&relay, 3, &delay), DTDEV_RELAY_OPEN);
	EXPECT_EQ(relay.state, DTDEV_RELAY_ARMED);
	EXPECT_EQ(relay.turns, 0);
	EXPECT_EQ(relay.spurious, 1);
}

static void a_turn_is_counted_and_timed(void)
{
	struct dtdev_relay relay = { 0 };
	u64 delay;

	dtdev_relay_begin(&relay, INTERVAL);
	dtdev_relay_ask(&relay, 10, &delay);
	EXPECT_EQ(dtdev_relay_fire(&relay, 100), DTDEV_RELAY_TELL);
	EXPECT_EQ(dtdev_relay_fire(&relay, 110), DTDEV_RELAY_NOTHING);
	EXPECT_EQ(dtdev_relay_ask(&relay, 130, &delay), DTDEV_RELAY_OPEN);
	EXPECT_EQ(dtdev_relay_ask(&relay, 135, &delay), DTDEV_RELAY_SPURIOUS);
	EXPECT_EQ(dtdev_relay_fire(&relay, 140), DTDEV_RELAY_TELL);
	EXPECT_EQ(dtdev_relay_ask(&relay, 150, &delay), DTDEV_RELAY_OPEN);
	EXPECT_EQ(relay.turns, 2);
	EXPECT_EQ(relay.longest, 30);
	EXPECT_EQ(relay.spurious, 1);
	EXPECT_EQ(relay.limited, 0);
}

static void a_burst_and_then_the_rate(void)
{
	struct dtdev_relay relay = { 0 };
	u64 now = 1000000000, delay;
	unsigned int i;

	dtdev_relay_begin(&relay, INTERVAL);
	for (i = 0; i < DTDEV_RELAY_BURST; i++) {
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_OPEN);
		EXPECT_EQ(dtdev_relay_fire(&relay, now), DTDEV_RELAY_TELL);
	}
	for (i = 0; i < 5; i++) {
		KTAP_ROW("after the burst, %u", i);
		EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_LATER);
		EXPECT_EQ(delay, INTERVAL);
		EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_SPURIOUS);
		EXPECT_EQ(dtdev_relay_fire(&relay, now), DTDEV_RELAY_NOTHING);
		now += INTERVAL;
		EXPECT_EQ(dtdev_relay_due(&relay, now), DTDEV_RELAY_OPEN);
		EXPECT_EQ(dtdev_relay_due(&relay, now), DTDEV_RELAY_NOTHING);
		EXPECT_EQ(dtdev_relay_fire(&relay, now), DTDEV_RELAY_TELL);
	}
	EXPECT_EQ(relay.limited, 5);
	now += (u64)INTERVAL * DTDEV_RELAY_BURST;
	for (i = 0; i < DTDEV_RELAY_BURST; i++) {
		KTAP_ROW("full again, %u", i);
		EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_OPEN);
		EXPECT_EQ(dtdev_relay_fire(&relay, now), DTDEV_RELAY_TELL);
	}
	EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_LATER);
}

static void the_end_masks_what_is_open(void)
{
	struct dtdev_relay relay = { 0 };
	u64 delay;

	EXPECT_EQ(dtdev_relay_end(&relay), DTDEV_RELAY_NOTHING);
	dtdev_relay_begin(&relay, INTERVAL);
	EXPECT_EQ(dtdev_relay_end(&relay), DTDEV_RELAY_NOTHING);
	dtdev_relay_begin(&relay, INTERVAL);
	dtdev_relay_ask(&relay, 1, &delay);
	EXPECT_EQ(dtdev_relay_end(&relay), DTDEV_RELAY_MASK);
	EXPECT_EQ(dtdev_relay_fire(&relay, 2), DTDEV_RELAY_NOTHING);
	EXPECT_EQ(dtdev_relay_ask(&relay, 2, &delay), DTDEV_RELAY_SPURIOUS);

	/* What the last guest owes is not the next one's turn. */
	dtdev_relay_begin(&relay, INTERVAL);
	dtdev_relay_ask(&relay, 3, &delay);
	dtdev_relay_fire(&relay, 4);
	dtdev_relay_end(&relay);
	dtdev_relay_begin(&relay, INTERVAL);
	EXPECT_EQ(dtdev_relay_ask(&relay, 1000, &delay), DTDEV_RELAY_OPEN);
	EXPECT_EQ(relay.turns, 0);
}

/* What the last guest has used up is not the next one's lack. */
static void each_guest_begins_with_a_burst(void)
{
	struct dtdev_relay relay = { 0 };
	u64 now = 1000000000, delay;
	unsigned int i;

	dtdev_relay_begin(&relay, INTERVAL);
	for (i = 0; i < DTDEV_RELAY_BURST; i++) {
		dtdev_relay_ask(&relay, now, &delay);
		dtdev_relay_fire(&relay, now);
	}
	EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_LATER);
	dtdev_relay_end(&relay);
	dtdev_relay_begin(&relay, INTERVAL);
	for (i = 0; i < DTDEV_RELAY_BURST; i++) {
		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_relay_ask(&relay, now, &delay), DTDEV_RELAY_OPEN);
		dtdev_relay_fire(&relay, now);
	}
}

/*
 * The model. A device asserts a level, which its driver in the guest takes away, or
 * sends edges, which a masked controller latches. The guest's controller asks when
 * a driver's handler is through, and once at the beginning.
 */
struct world {
	struct dtdev_relay relay;
	u64 now;
	bool edge;
	bool open;		/* dom0's controller */
	bool level, latched;	/* the device; what the controller remembers */
	bool event_to_guest, event_to_dom0;	/* channels: one bit each */
	bool timer;
	u64 timer_at;
	bool guest, asked, masked, pending;	/* the guest's end */
	bool liar;		/* it asks without a reason, too */
	unsigned int raised, handled;
	u64 opened;
};

static void world_do(struct world *w, enum dtdev_relay_action action, u64 delay)
{
	switch (action) {
	case DTDEV_RELAY_TELL:
		EXPECT(w->open);
		w->open = false;
		w->event_to_guest = w->guest;
		break;
	case DTDEV_RELAY_OPEN:
		EXPECT(!w->open);
		w->open = true;
		w->opened++;
		break;
	case DTDEV_RELAY_LATER:
		EXPECT(!w->timer);
		EXPECT(delay > 0 && delay <= INTERVAL);
		w->timer = true;
		w->timer_at = w->now + delay;
		break;
	case DTDEV_RELAY_MASK:
		EXPECT(w->open);
		w->open = false;
		break;
	case DTDEV_RELAY_NOTHING:
	case DTDEV_RELAY_SPURIOUS:
		break;
	}
	EXPECT_EQ(w->open, w->relay.state == DTDEV_RELAY_ARMED);
	EXPECT_EQ(w->timer, w->relay.state == DTDEV_RELAY_LIMITED);
}

static void device_raises(struct world *w)
{
	w->raised++;
	if (w->edge)
		w->latched = true;
	else
		w->level = true;
}

static bool dom0_takes_the_line(struct world *w)
{
	if (!w->open || !(w->edge ? w->latched : w->level))
		return false;
	w->latched = false;
	world_do(w, dtdev_relay_fire(&w->relay, w->now), 0);
	return true;
}

static bool dom0_hears_the_guest(struct world *w)
{
	u64 delay = 0;
	enum dtdev_relay_action action;

	if (!w->event_to_dom0)
		return false;
	w->event_to_dom0 = false;
	action = dtdev_relay_ask(&w->relay, w->now, &delay);
	world_do(w, action, delay);
	return true;
}

static bool dom0_is_due(struct world *w)
{
	if (!w->timer || w->now < w->timer_at)
		return false;
	w->timer = false;
	world_do(w, dtdev_relay_due(&w->relay, w->now), 0);
	return true;
}

static void guest_asks(struct world *w)
{
	if (w->masked || w->asked)
		return;
	w->asked = true;
	w->event_to_dom0 = true;
}

static void guest_handles(struct world *w)
{
	w->pending = false;
	w->level = false;
	w->handled = w->raised;
	guest_asks(w);
}

/* What comes while it is masked is kept, as Linux does. */
static bool guest_hears(struct world *w)
{
	if (!w->event_to_guest)
		return false;
	w->event_to_guest = false;
	EXPECT(w->asked || w->liar);
	w->asked = false;
	w->pending = true;
	if (!w->masked)
		guest_handles(w);
	return true;
}

static void guest_unmasks(struct world *w)
{
	w->masked = false;
	if (w->guest && w->pending)
		guest_handles(w);
	else if (w->guest)
		guest_asks(w);
}

static void guest_comes(struct world *w)
{
	if (w->guest)
		return;
	w->guest = true;
	w->asked = false;
	w->masked = false;
	w->pending = false;
	dtdev_relay_begin(&w->relay, INTERVAL);
	guest_asks(w);
}

static void guest_goes(struct world *w)
{
	if (!w->guest)
		return;
	w->guest = false;
	w->event_to_guest = false;
	w->event_to_dom0 = false;
	w->timer = false;	/* cancelled */
	/* The edges that it was told of, and has not handled, go with it. */
	if (w->edge && !w->latched)
		w->handled = w->raised;
	world_do(w, dtdev_relay_end(&w->relay), 0);
}

/* Until nothing is under way; every event is one step, so this ends. */
static void world_settles(struct world *w)
{
	unsigned int steps = 0;
	bool busy = true;

	while (busy && ++steps < 1000) {
		busy = dom0_takes_the_line(w) | dom0_hears_the_guest(w) | guest_hears(w);
		if (!busy && w->timer) {
			w->now = w->timer_at;
			busy = dom0_is_due(w);
		}
	}
	EXPECT(steps < 1000);
}

static void world_steps(struct world *w, unsigned int what)
{
	w->now += rand() % (INTERVAL / 4);
	switch (what) {
	case 0 ... 9:
		device_raises(w);
		break;
	case 10 ... 19:
		dom0_takes_the_line(w);
		break;
	case 20 ... 29:
		dom0_hears_the_guest(w);
		break;
	case 30 ... 39:
		guest_hears(w);
		break;
	case 40 ... 44:
		dom0_is_due(w);
		break;
	case 45:
		w->event_to_dom0 |= w->guest && w->liar;
		break;
	case 46:
		w->masked = true;
		break;
	case 47:
		guest_unmasks(w);
		break;
	case 48:
		guest_comes(w);
		break;
	case 49:
		if (rand() % 8 == 0)
			guest_goes(w);
		break;
	}
}

static void lose_nothing(unsigned int run)
{
	struct world w = { .edge = run & 1, .liar = run & 2, .now = 1000 };
	unsigned int i;

	srand(ktap_seed + run);
	for (i = 0; i < 2000; i++)
		world_steps(&w, rand() % 50);
	EXPECT(w.opened <= w.now / INTERVAL + 250 * DTDEV_RELAY_BURST);
	guest_comes(&w);
	guest_unmasks(&w);
	world_settles(&w);
	EXPECT_EQ(w.handled, w.raised);
	EXPECT_EQ(w.relay.state, DTDEV_RELAY_ARMED);
	EXPECT(w.relay.turns <= w.opened);
	EXPECT(w.liar || !w.relay.spurious);
}

static void both_ends_lose_nothing(void)
{
	unsigned int run;

	while (ktap_next_seed())
		for (run = 0; run < 200; run++) {
			KTAP_ROW("seed %llu, run %u", ktap_seed, run);
			lose_nothing(run);
		}
}

/* A device that never stops, a guest that asks at once: for a second. */
static void a_storm_is_bounded(void)
{
	struct world w = { .now = 1 };

	guest_comes(&w);
	while (w.now < 1000000000) {
		w.now += 100;
		device_raises(&w);
		dom0_takes_the_line(&w);
		w.event_to_dom0 = true;
		dom0_hears_the_guest(&w);
		dom0_is_due(&w);
	}
	EXPECT(w.opened <= 1000000000 / INTERVAL + DTDEV_RELAY_BURST);
	EXPECT(w.opened >= 1000000000 / INTERVAL * 9 / 10);
	EXPECT(w.relay.limited > 10000);
}

static void a_silent_guest_costs_one(void)
{
	struct world w = { .now = 1 };
	unsigned int i, taken = 0;

	guest_comes(&w);
	dom0_hears_the_guest(&w);
	for (i = 0; i < 1000; i++) {
		w.now += INTERVAL;
		device_raises(&w);
		taken += dom0_takes_the_line(&w);
		dom0_is_due(&w);
	}
	EXPECT_EQ(taken, 1);
}

KTAP_ROOM(KTAP_CASE(nothing_before_the_guest_asks), KTAP_CASE(a_turn_is_counted_and_timed),
	  KTAP_CASE(a_burst_and_then_the_rate), KTAP_CASE(the_end_masks_what_is_open),
	  KTAP_CASE(each_guest_begins_with_a_burst),
	  KTAP_CASE(both_ends_lose_nothing), KTAP_CASE(a_storm_is_bounded),
	  KTAP_CASE(a_silent_guest_costs_one));
