// SPDX-License-Identifier: GPL-2.0
/* When a guest's next request is worth looking out for, and what that may cost. */
#include <linux/minmax.h>
#include <linux/time64.h>
#include <linux/types.h>

#include "burst.h"
#include "ktap.h"
#include "random_device.h"

#define US	((u64)NSEC_PER_USEC)
#define MS	((u64)NSEC_PER_MSEC)
#define S	((u64)NSEC_PER_SEC)
#define MOST	((u64)PCIBACK_BURST_WINDOW_MAX)

/* Of a guest that is alone: what counts as anybody's answer is its own. */
struct guest {
	struct pciback_burst burst;
	u64 now;
};

static void guest_init(struct guest *guest)
{
	pciback_burst_init(&guest->burst);
	guest->now = 3600 * S;
}

/* An answer, and @pause ns after it the next request. */
static void asks_after(struct guest *guest, u64 pause)
{
	pciback_burst_answered(&guest->burst, guest->now);
	guest->now += pause;
	pciback_burst_came(&guest->burst, guest->now, guest->burst.answered);
}

static void asks_times(struct guest *guest, unsigned int times, u64 pause)
{
	while (times--)
		asks_after(guest, pause);
}

static bool begins(struct guest *guest)
{
	return pciback_burst_begin(&guest->burst, guest->now);
}

static void has(struct guest *guest, unsigned int requests)
{
	while (requests--)
		pciback_burst_had(&guest->burst);
}

static bool is_over(struct guest *guest, u64 quiet)
{
	return pciback_burst_is_over(&guest->burst, guest->now, quiet, MOST);
}

static void ends(struct guest *guest, u64 waited)
{
	pciback_burst_end(&guest->burst, guest->now, waited);
}

static void four_in_a_row_are_a_burst(void)
{
	struct guest guest;

	guest_init(&guest);
	EXPECT(!begins(&guest));
	asks_times(&guest, 3, 10 * US);
	EXPECT(!begins(&guest));
	asks_after(&guest, MS - 1);
	EXPECT(begins(&guest));
}

static void a_late_one_is_not_in_the_row(void)
{
	struct guest guest;

	guest_init(&guest);
	asks_times(&guest, 3, 10 * US);
	asks_after(&guest, MS);
	asks_times(&guest, 2, 10 * US);
	EXPECT(!begins(&guest));
	asks_after(&guest, 10 * US);
	EXPECT(begins(&guest));
}

/* Eight in a row, not more, are remembered: one pause halves that, a second ends it. */
static void one_pause_does_not_end_a_long_row(void)
{
	struct guest guest;

	guest_init(&guest);
	asks_times(&guest, 100, 10 * US);
	asks_after(&guest, 5 * MS);
	EXPECT(begins(&guest));
	ends(&guest, 0);
	guest_init(&guest);
	asks_times(&guest, 100, 10 * US);
	asks_times(&guest, 2, 5 * MS);
	EXPECT(!begins(&guest));
	/* Eight, four and one, two and one. */
	guest_init(&guest);
	asks_times(&guest, 100, 10 * US);
	asks_after(&guest, 5 * MS);
	asks_after(&guest, 10 * US);
	asks_after(&guest, 5 * MS);
	asks_after(&guest, 10 * US);
	EXPECT(!begins(&guest));
	asks_after(&guest, 10 * US);
	EXPECT(begins(&guest));
}

/* Guests that share a CPU: another one's answer just now, its own within a turn. */
static void others_answers_count_within_a_turn(void)
{
	struct guest guest;
	unsigned int i;
	u64 own;

	for (own = 31 * MS; own <= 32 * MS; own += MS) {
		KTAP_ROW("own answer %u ms ago", (unsigned int)(own / MS));
		guest_init(&guest);
		for (i = 0; i < 4; i++) {
			pciback_burst_answered(&guest.burst, guest.now);
			guest.now += own;
			pciback_burst_came(&guest.burst, guest.now, guest.now - 10 * US);
		}
		EXPECT_EQ(begins(&guest), own < 32 * MS);
	}
}

/* Another CPU may write that time a moment later than this one reads its clock. */
static void an_answer_of_the_future_is_just_now(void)
{
	struct guest guest;
	unsigned int i;

	guest_init(&guest);
	for (i = 0; i < 4; i++) {
		pciback_burst_answered(&guest.burst, guest.now + 3);
		pciback_burst_came(&guest.burst, guest.now, guest.now + 5);
	}
	EXPECT(begins(&guest));
}

static void in_a_lookout(struct guest *guest)
{
	guest_init(guest);
	asks_times(guest, 4, 10 * US);
	pciback_burst_answered(&guest->burst, guest->now);
	EXPECT(begins(guest));
}

static void a_lookout_ends_when_nobody_asks(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	EXPECT(!is_over(&guest, 200 * US - 1));
	EXPECT(is_over(&guest, 200 * US));
	/* The administrator's is less. */
	EXPECT(!pciback_burst_is_over(&guest.burst, guest.now, 49 * US, 50 * US));
	EXPECT(pciback_burst_is_over(&guest.burst, guest.now, 50 * US, 50 * US));
	EXPECT(pciback_burst_is_over(&guest.burst, guest.now, 0, 0));
}

static void a_lookout_ends_a_turn_after_the_last_answer(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	guest.now += 32 * MS - 1;
	EXPECT(!is_over(&guest, 0));
	guest.now++;
	EXPECT(is_over(&guest, 0));
}

/* Two seconds without anything paid back. */
static void a_lookout_ends_when_it_has_had_its_time(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	guest.now += 2 * S - 1;
	pciback_burst_answered(&guest.burst, guest.now);
	EXPECT(!is_over(&guest, 0));
	guest.now++;
	EXPECT(is_over(&guest, 0));
}

/* window(pauses): after lookouts that waited in vain, each before a request so late. */
static u64 window_after(u64 pause, unsigned int times)
{
	struct guest guest;

	in_a_lookout(&guest);
	while (times--) {
		EXPECT(is_over(&guest, MOST));
		asks_after(&guest, pause);
	}
	return guest.burst.window;
}

static void the_window_learns(void)
{
	EXPECT_EQ(window_after(4 * MS - 1, 1), 400 * US);
	EXPECT_EQ(window_after(4 * MS, 1), 100 * US);
	EXPECT_EQ(window_after(4 * MS - 1, 4), 3200 * US);
	EXPECT_EQ(window_after(4 * MS - 1, 5), 4 * MS);
	EXPECT_EQ(window_after(4 * MS - 1, 50), 4 * MS);
	EXPECT_EQ(window_after(4 * MS, 3), 25 * US);
	EXPECT_EQ(window_after(4 * MS, 50), 25 * US);
}

/* Once for each lookout that waited in vain; not for one that ended otherwise. */
static void it_learns_of_what_was_missed_only(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	EXPECT(is_over(&guest, MOST));
	asks_times(&guest, 2, 10 * US);
	EXPECT_EQ(guest.burst.window, 400 * US);
	guest.now += 33 * MS;
	EXPECT(is_over(&guest, 0));
	asks_after(&guest, 10 * US);
	EXPECT_EQ(guest.burst.window, 400 * US);
}

/* How long a guest with nothing to show for it is left alone, after @times lookouts. */
static u64 rest_after(unsigned int times, unsigned int had)
{
	struct guest guest;
	u64 from;

	in_a_lookout(&guest);
	for (;;) {
		has(&guest, had);
		ends(&guest, 0);
		from = guest.now;
		while (!begins(&guest))
			guest.now += MS;
		if (!--times)
			return guest.now - from;
	}
}

static void a_guest_with_nothing_to_ask_is_left_alone(void)
{
	EXPECT_EQ(rest_after(1, 3), 2 * MS);
	EXPECT_EQ(rest_after(2, 3), 4 * MS);
	EXPECT_EQ(rest_after(6, 0), 64 * MS);
	EXPECT_EQ(rest_after(9, 0), 64 * MS);
	EXPECT_EQ(rest_after(1, 4), 0);
	EXPECT_EQ(rest_after(9, 4), 0);
}

static void one_good_lookout_ends_the_resting(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	ends(&guest, 0);
	guest.now += 2 * MS;
	EXPECT(begins(&guest));
	has(&guest, 4);
	ends(&guest, 0);
	EXPECT(begins(&guest));
	ends(&guest, 0);
	guest.now += 2 * MS - 1;
	EXPECT(!begins(&guest));
	guest.now++;
	EXPECT(begins(&guest));
}

/* Waited @waited ns of a lookout: paid back five times, before the next whole one. */
static void waiting_is_paid_back(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	guest.now += 2 * S;
	has(&guest, 4);
	ends(&guest, 2 * S);
	EXPECT(!begins(&guest));
	/* 20 ms cost 80 ms of debt. */
	guest.now += 80 * MS - 1;
	EXPECT(!begins(&guest));
	guest.now++;
	EXPECT(begins(&guest));
	EXPECT_EQ(guest.burst.until - guest.now, 20 * MS);
	has(&guest, 4);
	ends(&guest, 0);
	guest.now += 8 * S;
	EXPECT(begins(&guest));
	EXPECT_EQ(guest.burst.until - guest.now, 2 * S);
}

/* What a lookout has is as much in a row as what comes with events. */
static void what_a_lookout_has_is_in_the_row(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	has(&guest, 4);
	ends(&guest, 0);
	asks_after(&guest, 5 * MS);
	EXPECT(begins(&guest));
}

/* What is served is no waste. */
static void what_is_served_costs_nothing(void)
{
	struct guest guest;

	in_a_lookout(&guest);
	guest.now += 2 * S;
	has(&guest, 1000);
	ends(&guest, 0);
	EXPECT(begins(&guest));
	EXPECT_EQ(guest.burst.until - guest.now, 2 * S);
}

/* A lookout as there may be; how long it waited. */
static u64 look_out(struct guest *guest)
{
	u64 quiet = 0, waited = 0;

	while (!is_over(guest, quiet)) {
		u64 step = US + random_below(60 * US);

		guest->now += step;
		if (random_below(6)) {
			waited += step;
			quiet += step;
			continue;
		}
		quiet = 0;
		has(guest, 1);
		pciback_burst_answered(&guest->burst, guest->now);
	}
	ends(guest, waited);
	return waited;
}

/*
 * Whatever a guest does, in the long run a fifth of the time is waited for it, and two
 * seconds at once: five times the waiting is at most the time, and eight seconds.
 */
static void a_guest_costs_a_fifth_of_the_time(void)
{
	while (ktap_next_seed()) {
		struct guest guest;
		u64 from, most = 0, waited = 0;

		random_seed(ktap_seed);
		guest_init(&guest);
		from = guest.now;
		while (guest.now < from + 60 * S) {
			u64 took;

			asks_after(&guest, random_below(random_below(8) ? MS : 40 * MS));
			if (begins(&guest))
				waited += look_out(&guest);
			took = guest.now - from;
			if (5 * waited > took)
				most = max(most, 5 * waited - took);
		}
		EXPECT(most <= 8 * S + 5 * MS);
		/* It was near it, too. */
		EXPECT(waited > 5 * S);
	}
}

KTAP_ROOM(KTAP_CASE(four_in_a_row_are_a_burst), KTAP_CASE(a_late_one_is_not_in_the_row),
	  KTAP_CASE(one_pause_does_not_end_a_long_row),
	  KTAP_CASE(others_answers_count_within_a_turn),
	  KTAP_CASE(an_answer_of_the_future_is_just_now),
	  KTAP_CASE(a_lookout_ends_when_nobody_asks),
	  KTAP_CASE(a_lookout_ends_a_turn_after_the_last_answer),
	  KTAP_CASE(a_lookout_ends_when_it_has_had_its_time),
	  KTAP_CASE(the_window_learns), KTAP_CASE(it_learns_of_what_was_missed_only),
	  KTAP_CASE(a_guest_with_nothing_to_ask_is_left_alone),
	  KTAP_CASE(one_good_lookout_ends_the_resting), KTAP_CASE(waiting_is_paid_back),
	  KTAP_CASE(what_a_lookout_has_is_in_the_row),
	  KTAP_CASE(what_is_served_costs_nothing),
	  KTAP_CASE(a_guest_costs_a_fifth_of_the_time));
