// SPDX-License-Identifier: GPL-2.0
/* The table: an answer for every pair, rules it must hold to, known walks. */
#include <limits.h>
#include <linux/types.h>

#include "handshake.h"
#include "ktap.h"

#define STATES	(XenbusStateReconfigured + 1)

static void every_pair_has_an_answer(void)
{
	int own, front;

	for (own = -2; own <= 12; own++)
		for (front = -2; front <= 12; front++) {
			KTAP_ROW("own %d, frontend %d", own, front);
			EXPECT(pciback_handshake_next(own, front) <=
			       PCIBACK_HS_REVIVE);
		}
}

static void what_is_no_state_is_waited_out(void)
{
	static const int numbers[] = { -1, 9, 10, 255, 256, INT_MAX, INT_MIN };
	unsigned int i;
	int state;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		for (state = 0; state < STATES; state++) {
			KTAP_ROW("%d and %d", numbers[i], state);
			EXPECT_EQ(pciback_handshake_next(numbers[i], state),
				  PCIBACK_HS_WAIT);
			EXPECT_EQ(pciback_handshake_next(state, numbers[i]),
				  PCIBACK_HS_WAIT);
		}
}

/* Without a state of our own there is no device. */
static void nothing_is_done_without_a_device(void)
{
	int front;

	for (front = 0; front < STATES; front++) {
		KTAP_ROW("frontend %d", front);
		EXPECT_EQ(pciback_handshake_next(XenbusStateUnknown, front),
			  PCIBACK_HS_WAIT);
	}
}

/* A frontend that is gone or has closed is let go of, wherever we are. */
static void every_state_can_end(void)
{
	int own;

	for (own = XenbusStateInitialising; own < STATES; own++) {
		KTAP_ROW("own %d", own);
		EXPECT_EQ(pciback_handshake_next(own, XenbusStateUnknown),
			  own == XenbusStateClosed ? PCIBACK_HS_RELEASE :
						     PCIBACK_HS_CLOSE);
		EXPECT_EQ(pciback_handshake_next(own, XenbusStateClosed),
			  own == XenbusStateClosed ? PCIBACK_HS_REOPEN :
			  own == XenbusStateInitWait ? PCIBACK_HS_RELEASE :
			  own == XenbusStateInitialising ||
			  own == XenbusStateClosing ? PCIBACK_HS_CLOSE :
						      PCIBACK_HS_LEFT);
	}
}

static void closing_is_followed(void)
{
	int own;

	for (own = XenbusStateInitialising; own < STATES; own++) {
		bool down = own == XenbusStateClosing || own == XenbusStateClosed;

		KTAP_ROW("own %d", own);
		EXPECT_EQ(pciback_handshake_next(own, XenbusStateClosing),
			  down ? PCIBACK_HS_WAIT : PCIBACK_HS_CLOSING);
	}
}

/* Where an answer may be given; everywhere else it must not. */
static void answers_keep_to_their_places(void)
{
	int own, front;

	for (own = 0; own < STATES; own++)
		for (front = 0; front < STATES; front++) {
			KTAP_ROW("own %d, frontend %d", own, front);
			switch (pciback_handshake_next(own, front)) {
			case PCIBACK_HS_START:
				EXPECT_EQ(own, XenbusStateInitialising);
				break;
			case PCIBACK_HS_SETUP:
				EXPECT(own == XenbusStateInitWait ||
				       own == XenbusStateReconfiguring);
				break;
			case PCIBACK_HS_SYNC:
				EXPECT_EQ(own, XenbusStateInitialised);
				break;
			case PCIBACK_HS_CONNECT:
				/* Only then are reference and channel there. */
				EXPECT(front == XenbusStateInitialised ||
				       front == XenbusStateConnected);
				EXPECT(own == XenbusStateInitialised ||
				       own == XenbusStateReconfiguring);
				break;
			case PCIBACK_HS_RECONFIGURE:
				EXPECT_EQ(front, XenbusStateReconfiguring);
				EXPECT(own == XenbusStateReconfiguring ||
				       own == XenbusStateConnected);
				break;
			case PCIBACK_HS_CONNECTED:
				EXPECT_EQ(own, XenbusStateReconfigured);
				EXPECT_EQ(front, XenbusStateConnected);
				break;
			case PCIBACK_HS_LEFT:
				EXPECT_EQ(front, XenbusStateClosed);
				EXPECT(own != XenbusStateClosing &&
				       own != XenbusStateClosed);
				break;
			case PCIBACK_HS_RELEASE:
				/* Nothing is connected there. */
				EXPECT(own == XenbusStateClosed ||
				       own == XenbusStateInitWait);
				break;
			case PCIBACK_HS_REOPEN:
				EXPECT_EQ(own, XenbusStateClosed);
				EXPECT_EQ(front, XenbusStateClosed);
				break;
			case PCIBACK_HS_RECONNECT:
				EXPECT_EQ(own, XenbusStateConnected);
				EXPECT_EQ(front, XenbusStateConnected);
				break;
			case PCIBACK_HS_AWAIT:
				EXPECT_EQ(own, XenbusStateConnected);
				EXPECT_EQ(front, XenbusStateInitialised);
				break;
			case PCIBACK_HS_REVIVE:
				/* That far, one that lives answers to Closing. */
				EXPECT_EQ(own, XenbusStateClosing);
				EXPECT_EQ(front, XenbusStateInitialised);
				break;
			default:
				break;
			}
		}
}

/* If the frontend still is the same. */
static void connected_means_rest(void)
{
	EXPECT_EQ(pciback_handshake_next(XenbusStateConnected,
					 XenbusStateConnected),
		  PCIBACK_HS_RECONNECT);
	EXPECT_EQ(pciback_handshake_next(XenbusStateReconfigured,
					 XenbusStateReconfiguring),
		  PCIBACK_HS_WAIT);
}

struct stage {
	enum xenbus_state own, front;
	enum pciback_handshake want;
};

static void walk(const struct stage *stages, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		KTAP_ROW("stage %u: own %d, frontend %d", i, stages[i].own,
			 stages[i].front);
		EXPECT_EQ(pciback_handshake_next(stages[i].own, stages[i].front),
			  stages[i].want);
	}
}

#define S(_own, _front, _want) \
	{ XenbusState##_own, XenbusState##_front, PCIBACK_HS_##_want }

static void walks_up_at_boot(void)
{
	static const struct stage stages[] = {
		S(Initialising, Initialising, START),
		S(InitWait, Initialising, SETUP),
		S(Initialised, Initialising, SYNC),
		S(Initialised, Initialised, CONNECT),
		S(Connected, Initialised, AWAIT),
		S(Connected, Connected, RECONNECT),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_through_hotplug(void)
{
	static const struct stage stages[] = {
		S(Connected, Connected, RECONNECT),
		/* the toolstack */
		S(Reconfiguring, Connected, WAIT),
		S(Reconfiguring, Reconfiguring, RECONFIGURE),
		S(Reconfigured, Reconfiguring, WAIT),
		S(Reconfigured, Connected, CONNECTED),
		S(Connected, Connected, RECONNECT),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_down_for_the_guest(void)
{
	static const struct stage stages[] = {
		S(Connected, Closing, CLOSING),
		S(Closing, Closing, WAIT),
		S(Closing, Closed, CLOSE),
		S(Closed, Closed, REOPEN),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_down_for_the_toolstack(void)
{
	static const struct stage stages[] = {
		S(Closing, Connected, WAIT),
		S(Closing, Closed, CLOSE),
		S(Closed, Closed, REOPEN),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_down_for_a_dead_guest(void)
{
	static const struct stage stages[] = {
		S(Connected, Unknown, CLOSE),
		S(Closed, Unknown, RELEASE),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_up_for_a_frontend_loaded_again(void)
{
	static const struct stage stages[] = {
		S(Connected, Closed, LEFT),
		S(InitWait, Closed, RELEASE),
		S(InitWait, Initialised, SETUP),
		S(Initialised, Initialised, CONNECT),
	};

	walk(stages, ARRAY_SIZE(stages));
}

static void walks_up_again(void)
{
	static const struct stage stages[] = {
		S(Closed, Initialising, RESTART),
		S(InitWait, Initialising, SETUP),
		S(Initialised, Initialised, CONNECT),
		/* a guest whose kernel was replaced without a word */
		S(Connected, Initialising, RESTART),
		S(Reconfigured, Initialising, RESTART),
	};

	walk(stages, ARRAY_SIZE(stages));
}

/*
 * A frontend that is in a state which it need not tell of (InitWait), or is early or
 * late, is answered as one that is where it should be.
 */
static void early_and_late_ones_are_answered(void)
{
	static const struct stage stages[] = {
		S(Initialising, InitWait, START),
		S(Initialising, Initialised, START),
		S(InitWait, InitWait, SETUP),
		S(InitWait, Connected, SETUP),
		S(Initialised, InitWait, SYNC),
		S(Initialised, Connected, CONNECT),
		/* It had heard of hotplug, and we had been Connected again meanwhile. */
		S(Connected, Reconfiguring, RECONFIGURE),
		/* It starts over while we close, and will be offered a device then. */
		S(Closing, Initialising, CLOSE),
		S(Closing, InitWait, CLOSE),
		S(Closing, Initialised, REVIVE),
		S(Closing, Reconfiguring, CLOSE),
		S(Closed, InitWait, RESTART),
		S(Closed, Initialised, RESTART),
		S(Reconfiguring, Initialising, SETUP),
		S(Reconfiguring, InitWait, SETUP),
		S(Reconfiguring, Initialised, CONNECT),
	};

	walk(stages, ARRAY_SIZE(stages));
}

/* Nothing is to be done before the other one has gone on. */
static void the_rest_is_waited_out(void)
{
	static const struct stage stages[] = {
		S(Initialising, Connected, WAIT),
		S(Initialising, Reconfiguring, WAIT),
		S(Initialising, Reconfigured, WAIT),
		S(InitWait, Reconfiguring, WAIT),
		S(InitWait, Reconfigured, WAIT),
		S(Initialised, Reconfiguring, WAIT),
		S(Initialised, Reconfigured, WAIT),
		S(Connected, InitWait, WAIT),
		S(Connected, Reconfigured, WAIT),
		S(Closing, Connected, WAIT),
		S(Closing, Reconfigured, WAIT),
		S(Closed, Connected, WAIT),
		S(Closed, Reconfiguring, WAIT),
		S(Closed, Reconfigured, WAIT),
		S(Reconfiguring, Connected, WAIT),
		S(Reconfiguring, Reconfigured, WAIT),
		S(Reconfigured, InitWait, WAIT),
		S(Reconfigured, Initialised, WAIT),
		S(Reconfigured, Reconfiguring, WAIT),
		S(Reconfigured, Reconfigured, WAIT),
	};

	walk(stages, ARRAY_SIZE(stages));
}

KTAP_ROOM(KTAP_CASE(every_pair_has_an_answer),
	  KTAP_CASE(what_is_no_state_is_waited_out),
	  KTAP_CASE(nothing_is_done_without_a_device),
	  KTAP_CASE(every_state_can_end),
	  KTAP_CASE(closing_is_followed),
	  KTAP_CASE(answers_keep_to_their_places),
	  KTAP_CASE(connected_means_rest),
	  KTAP_CASE(walks_up_at_boot),
	  KTAP_CASE(walks_through_hotplug),
	  KTAP_CASE(walks_down_for_the_guest),
	  KTAP_CASE(walks_down_for_the_toolstack),
	  KTAP_CASE(walks_down_for_a_dead_guest),
	  KTAP_CASE(walks_up_for_a_frontend_loaded_again),
	  KTAP_CASE(walks_up_again),
	  KTAP_CASE(early_and_late_ones_are_answered),
	  KTAP_CASE(the_rest_is_waited_out));
