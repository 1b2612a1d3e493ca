// SPDX-License-Identifier: GPL-2.0
/*
 * In whose hands a function is: everything that can happen to one, in any order, until there
 * is nothing new. Beside it stands the truth, which the room has to find out.
 */
#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

#include "custody.h"
#include "ktap.h"

#define HOLDS_MAX	2

/* The function, what is really so, and the worker. */
struct world {
	struct pciback_custody custody;
	bool lent;	/* a guest has it, without our doing */
	bool dirty;	/* a guest has had it since the last good reset */
	bool seen;	/* and Xen was asked while it had */
	bool queued;	/* a turn has been begun */
	bool ending;	/* and its reset has been tried */
};

static enum pciback_reset_policy policy;

static enum pciback_xen_owner says_xen(const struct world *w)
{
	return w->lent ? PCIBACK_XEN_GUEST : PCIBACK_XEN_DOM0;
}

/* What is known to have been a guest's, that is not there any more. */
static bool is_known_dirty(const struct world *w)
{
	return w->dirty && w->seen && !w->lent;
}

static void see(struct world *w)
{
	/* In a guest's hands by our connection nobody has to remember. */
	if (w->lent && (w->custody.state == PCIBACK_FN_IDLE ||
			w->custody.state == PCIBACK_FN_CLEANING))
		w->seen = true;
}

static enum pciback_custody_next look(struct world *w)
{
	bool known = is_known_dirty(w), idle = w->custody.state == PCIBACK_FN_IDLE;
	struct pciback_custody before = w->custody;
	enum pciback_custody_next next;

	see(w);
	next = pciback_custody_look(&w->custody, says_xen(w));
	switch (next) {
	case PCIBACK_CUSTODY_SLEEP:
		EXPECT(idle && !w->lent && !w->custody.dying);
		/* A reset that failed has been told of; it is tried again for who asks. */
		EXPECT(!known || w->custody.reset_result);
		break;
	case PCIBACK_CUSTODY_CLEAN:
		EXPECT(idle && !w->lent && w->custody.used);
		EXPECT(!w->queued);
		w->queued = true;
		break;
	default:
		EXPECT_EQ(next, PCIBACK_CUSTODY_NOTHING);
		EXPECT(!idle || w->lent || w->custody.dying);
		EXPECT(!idle || !w->lent || w->custody.lent);
	}
	/* In a turn it only remembers, and elsewhere there is nothing to be remembered. */
	if (before.state == PCIBACK_FN_CLEANING) {
		EXPECT(!w->lent || (w->custody.lent && w->custody.touched));
		before.lent = w->custody.lent;
		before.touched = w->custody.touched;
	}
	EXPECT(idle || !memcmp(&before, &w->custody, sizeof(before)));
	return next;
}

static bool is_looked_at(struct world *w)
{
	look(w);
	return true;
}

static int claim(struct world *w)
{
	int err;

	look(w);
	err = pciback_custody_may_claim(&w->custody, policy, false);
	if (err == -EINPROGRESS) {
		EXPECT(!w->queued);
		w->queued = true;
	}
	return err;
}

static bool claims(struct world *w)
{
	unsigned int holds = w->custody.holds;
	bool known = is_known_dirty(w);

	if (w->custody.leaving || w->custody.dying)
		return false;
	if (claim(w))
		return true;
	EXPECT_EQ(holds, 0);
	EXPECT(policy == PCIBACK_RESET_WARN || !known);
	EXPECT(policy != PCIBACK_RESET_REQUIRE || !w->custody.reset_result);
	pciback_custody_claimed(&w->custody);
	EXPECT_EQ(w->custody.state, PCIBACK_FN_ASSIGNED);
	EXPECT(w->custody.used && !w->custody.lent);
	w->dirty = true;
	w->seen = true;
	return true;
}

static bool releases(struct world *w)
{
	if (w->custody.state != PCIBACK_FN_ASSIGNED)
		return false;
	w->queued = !w->custody.dying;
	EXPECT_EQ(pciback_custody_released(&w->custody),
		  w->queued ? PCIBACK_CUSTODY_CLEAN : PCIBACK_CUSTODY_NOTHING);
	EXPECT_EQ(w->custody.state, w->queued ? PCIBACK_FN_CLEANING : PCIBACK_FN_GONE);
	return true;
}

/* A toolstack gives it away, or takes it, and tells Xen alone. */
static bool is_lent(struct world *w)
{
	if (w->custody.state == PCIBACK_FN_ASSIGNED || w->custody.state == PCIBACK_FN_GONE)
		return false;
	w->lent = true;
	if (!w->dirty)
		w->seen = false;
	w->dirty = true;
	return true;
}

static bool comes_back(struct world *w)
{
	w->lent = false;
	return true;
}

static bool is_not_told(struct world *w)
{
	struct pciback_custody before = w->custody;

	EXPECT_EQ(pciback_custody_look(&w->custody, PCIBACK_XEN_UNKNOWN),
		  PCIBACK_CUSTODY_NOTHING);
	EXPECT(!memcmp(&before, &w->custody, sizeof(before)));
	return true;
}

static bool is_to_be_reset(struct world *w)
{
	enum pciback_fn_state before, state;

	look(w);
	before = w->custody.state;
	state = pciback_custody_ask_reset(&w->custody);
	EXPECT_EQ(state, w->custody.leaving ? PCIBACK_FN_GONE : before);
	if (state == PCIBACK_FN_IDLE) {
		EXPECT(!w->queued && w->custody.touched);
		w->queued = true;
	}
	return true;
}

static bool turn_tries(struct world *w, int err)
{
	if (!w->queued || w->ending || w->custody.state == PCIBACK_FN_ASSIGNED)
		return false;
	look(w);
	pciback_custody_was_reset(&w->custody, err);
	if (!err) {
		w->dirty = w->lent;
		w->seen = w->seen && w->lent;
	}
	w->ending = true;
	return true;
}

static bool reset_works(struct world *w)
{
	return turn_tries(w, 0);
}

static bool reset_fails(struct world *w)
{
	return turn_tries(w, -ENOTTY);
}

static bool reset_is_blocked(struct world *w)
{
	return turn_tries(w, -EBUSY);
}

static bool turn_ends(struct world *w)
{
	bool wanted = w->custody.wanted;

	if (!w->ending)
		return false;
	EXPECT_EQ(pciback_custody_turn_ends(&w->custody), wanted);
	w->queued = false;
	w->ending = false;
	return true;
}

static bool is_held(struct world *w)
{
	enum pciback_fn_state state = w->custody.state;
	bool free = state == PCIBACK_FN_IDLE || state == PCIBACK_FN_CLEANING;
	unsigned int holds = w->custody.holds;

	if (holds == HOLDS_MAX)
		return false;
	EXPECT_EQ(pciback_custody_hold(&w->custody), free ? 0 : -EBUSY);
	EXPECT_EQ(w->custody.holds, holds + free);
	return true;
}

static bool hold_ends(struct world *w)
{
	unsigned int holds = w->custody.holds;

	if (!holds)
		return false;
	pciback_custody_hold_end(&w->custody);
	EXPECT_EQ(w->custody.holds, holds - 1);
	return true;
}

/* Only by who holds it, and not if a guest has it, as he has asked. */
static bool neighbour_resets(struct world *w)
{
	bool idle = w->custody.state == PCIBACK_FN_IDLE;

	if (!w->custody.holds || w->lent)
		return false;
	EXPECT_EQ(pciback_custody_reset_along(&w->custody), idle);
	EXPECT(!idle || (!w->custody.reset_result && !w->custody.used));
	EXPECT(!idle || w->custody.fresh || w->custody.lent ||
	       pciback_custody_is_as_new(&w->custody));
	w->dirty = false;
	w->seen = false;
	return true;
}

static bool leaves(struct world *w)
{
	enum pciback_custody_next next;
	bool asleep, needed, begun;

	/* No guest has it by us, and that is over for good. */
	if (w->custody.leaving || w->custody.state == PCIBACK_FN_ASSIGNED)
		return false;
	asleep = w->custody.reset_result == -EBUSY;
	needed = is_known_dirty(w) || w->custody.touched || asleep;
	begun = w->custody.state == PCIBACK_FN_CLEANING;
	next = pciback_custody_leave(&w->custody, asleep);
	EXPECT(w->custody.leaving);
	if (begun)
		EXPECT_EQ(next, w->custody.fresh ? PCIBACK_CUSTODY_CANCEL :
						   PCIBACK_CUSTODY_NOTHING);
	else
		EXPECT_EQ(next, needed && !w->custody.dying ? PCIBACK_CUSTODY_CLEAN :
							      PCIBACK_CUSTODY_NOTHING);
	if (next == PCIBACK_CUSTODY_CANCEL && !w->ending) {
		w->queued = false;
		pciback_custody_turn_ends(&w->custody);
	}
	w->queued |= next == PCIBACK_CUSTODY_CLEAN;
	return true;
}

/* The driver's remove: the turn is stopped, or waited for. */
static bool goes(struct world *w)
{
	if (w->custody.dying)
		return false;
	w->custody.dying = true;
	if (w->custody.state == PCIBACK_FN_ASSIGNED)
		return true;
	pciback_custody_gone(&w->custody);
	w->queued = false;
	w->ending = false;
	return true;
}

static bool is_given_back(struct world *w)
{
	bool known = is_known_dirty(w);
	int err;

	if (w->custody.dying || w->custody.state == PCIBACK_FN_CLEANING)
		return false;
	if (look(w) == PCIBACK_CUSTODY_CLEAN)
		return true;
	err = pciback_custody_may_return(&w->custody, policy);
	if (w->custody.state == PCIBACK_FN_ASSIGNED)
		EXPECT_EQ(err, -EBUSY);
	else if (policy == PCIBACK_RESET_WARN)
		EXPECT_EQ(err, 0);
	else if (known)
		EXPECT_EQ(err, w->custody.reset_result == -EBUSY ? -EBUSY : -EPERM);
	else if (!w->custody.used)
		EXPECT_EQ(err, 0);
	return true;
}

static bool is_reset_by_hand(struct world *w)
{
	pciback_custody_touch(&w->custody);
	return true;
}

static const struct {
	const char *name;
	bool (*happens)(struct world *w);	/* false: it cannot, as things are */
} events[] = {
	{ "is claimed", claims },
	{ "is released", releases },
	{ "is lent", is_lent },
	{ "comes back", comes_back },
	{ "is not told of", is_not_told },
	{ "is looked at", is_looked_at },
	{ "is to be reset", is_to_be_reset },
	{ "is reset", reset_works },
	{ "is not reset", reset_fails },
	{ "is not reset for its neighbour", reset_is_blocked },
	{ "has had its turn", turn_ends },
	{ "is held", is_held },
	{ "is not held any more", hold_ends },
	{ "is reset along", neighbour_resets },
	{ "will leave", leaves },
	{ "is given back", is_given_back },
	{ "is reset by hand", is_reset_by_hand },
	{ "goes", goes },
};

/* What holds at any time. */
static void is_in_order(const struct world *w)
{
	const struct pciback_custody *c = &w->custody;

	EXPECT(c->state != PCIBACK_FN_CLEANING || w->queued);
	EXPECT(c->state == PCIBACK_FN_CLEANING || !w->queued);
	/* Who waits for the end of a turn is told. */
	EXPECT(!c->wanted || w->queued || c->dying);
	EXPECT(c->state != PCIBACK_FN_GONE || c->dying);
	EXPECT(c->state == PCIBACK_FN_ASSIGNED || !is_known_dirty(w) || c->touched);
	/* What was never reset, or not well, is not as new, nor what a guest has had since. */
	EXPECT(!pciback_custody_is_as_new(c) ||
	       (!is_known_dirty(w) && !c->reset_result && !c->fresh));
	if (c->state == PCIBACK_FN_GONE && is_known_dirty(w))
		EXPECT(pciback_custody_needs_last_reset(c));
	if (!c->touched || !c->leaving)
		EXPECT_EQ(pciback_custody_needs_last_reset(c), c->touched);
}

static void has_its_turn(struct world *w, int err)
{
	if (w->queued) {
		if (!w->ending)
			turn_tries(w, err);
		turn_ends(w);
	}
}

/* A turn, one that is tried for who asks; and its outcome. */
#define TRIES_MAX	3

/* Nobody is refused for ever, and each who asks has it tried once. */
static void ends_well(struct world w)
{
	unsigned int tries;
	int err;

	if (w.custody.dying || w.custody.leaving || w.lent || w.custody.holds ||
	    w.custody.state == PCIBACK_FN_ASSIGNED)
		return;
	has_its_turn(&w, -ENOTTY);
	err = claim(&w);
	has_its_turn(&w, -ENOTTY);
	if (err == -EINPROGRESS)
		EXPECT(claim(&w) != -EINPROGRESS);
	for (tries = 0; claim(&w) && tries < TRIES_MAX; tries++)
		has_its_turn(&w, 0);
	EXPECT(tries < TRIES_MAX);
}

static const int results[] = { 0, -EINPROGRESS, -ENOTTY, -EBUSY };

static unsigned int number_of(const struct world *w)
{
	const struct pciback_custody *c = &w->custody;
	const bool bits[] = {
		c->fresh, c->touched, c->wanted, c->used, c->lent, c->tried, c->leaving,
		c->dying, w->lent, w->dirty, w->seen, w->queued, w->ending,
	};
	unsigned int i, number = 0;

	while (number < ARRAY_SIZE(results) && results[number] != c->reset_result)
		number++;
	EXPECT(number < ARRAY_SIZE(results));
	number = number * 4 + c->state;
	number = number * 4 + c->holds;
	for (i = 0; i < ARRAY_SIZE(bits); i++)
		number = number * 2 + bits[i];
	return number;
}

#define WORLDS	0x80000

static bool known[WORLDS];
static struct world worlds[WORLDS];
static struct {
	unsigned int from;	/* a world */
	const char *what;	/* has happened there */
} ways[WORLDS];
static unsigned int nworlds;

/* How one gets there: in the row that messages show, what happened last coming first. */
static void name_way(const char *what, unsigned int from)
{
	size_t len = 0;

	while (what && len < sizeof(ktap_row)) {
		len += snprintf(ktap_row + len, sizeof(ktap_row) - len, "%s < ", what);
		what = ways[from].what;
		from = ways[from].from;
	}
}

static void meet(const struct world *w, const char *what, unsigned int from)
{
	unsigned int number = number_of(w);

	if (known[number])
		return;
	known[number] = true;
	ways[nworlds].from = from;
	ways[nworlds].what = what;
	worlds[nworlds++] = *w;
	is_in_order(w);
	ends_well(*w);
}

static void walk(enum pciback_reset_policy by)
{
	struct world w = { };
	unsigned int at, i;

	policy = by;
	nworlds = 0;
	memset(known, 0, sizeof(known));
	pciback_custody_seized(&w.custody);
	w.queued = true;
	meet(&w, NULL, 0);
	for (at = 0; at < nworlds; at++) {
		for (i = 0; i < ARRAY_SIZE(events); i++) {
			name_way(events[i].name, at);
			w = worlds[at];
			if (events[i].happens(&w))
				meet(&w, events[i].name, at);
		}
	}
	printf("# policy %u: %u worlds\n", by, nworlds);
	EXPECT(nworlds > 1000);
}

static void anything_happens_to_it(void)
{
	walk(PCIBACK_RESET_AUTO);
	walk(PCIBACK_RESET_REQUIRE);
	walk(PCIBACK_RESET_WARN);
}

KTAP_ROOM(KTAP_CASE(anything_happens_to_it));
