// SPDX-License-Identifier: GPL-2.0
/*
 * The table among well-behaved partners: whatever order they take their steps
 * in, where they want to go can still be reached. Every world that can come
 * about is visited; there are a few hundred for each story.
 */
#include <linux/string.h>
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "hs_world.h"
#include "ktap.h"

#define WORLDS_MAX	20000
#define ACTORS		4	/* time is the last */
#define REST_MAX	8

struct story {
	bool (*front_step)(struct hs_world *world);
	bool (*is_goal)(const struct hs_world *world);
	u8 front_leaves, front_reloads, front_restarts, front_drops, offer_is_bad, is_slow;
	enum hs_tool program[HS_TOOL_MAX];
};

static struct hs_world worlds[WORLDS_MAX];
static int next_of[WORLDS_MAX][ACTORS];	/* -1: nothing to do */
static bool is_good[WORLDS_MAX];
static int world_count;

static int find_or_add(const struct hs_world *world)
{
	int i;

	for (i = 0; i < world_count; i++)
		if (!memcmp(&worlds[i], world, sizeof(*world)))
			return i;
	if (world_count == WORLDS_MAX)
		return -1;
	worlds[world_count] = *world;
	return world_count++;
}

static bool move(const struct story *story, int actor, struct hs_world *world)
{
	switch (actor) {
	case 0:
		return hs_backend_step(world);
	case 1:
		return story->front_step(world);
	case 2:
		return hs_tool_step(world, story->program);
	default:
		return hs_second_passes(world);
	}
}

static void explore(const struct story *story)
{
	int i, actor;

	for (i = 0; i < world_count; i++) {
		bool at_rest = true;

		for (actor = 0; actor < ACTORS; actor++) {
			struct hs_world next = worlds[i];

			next_of[i][actor] = -1;
			if (actor == ACTORS - 1 && !at_rest)
				continue;
			if (!move(story, actor, &next))
				continue;
			next_of[i][actor] = find_or_add(&next);
			at_rest &= next_of[i][actor] == i;
		}
	}
	EXPECT(world_count < WORLDS_MAX);
}

/* Marks all worlds that the goal can be reached from. */
static void mark_good(const struct story *story)
{
	bool changed = true;
	int i, actor, next;

	for (i = 0; i < world_count; i++)
		is_good[i] = story->is_goal(&worlds[i]);
	while (changed) {
		changed = false;
		for (i = 0; i < world_count; i++)
			for (actor = 0; !is_good[i] && actor < ACTORS; actor++) {
				next = next_of[i][actor];
				is_good[i] = next >= 0 && is_good[next];
				changed |= is_good[i];
			}
	}
}

/* Alone, the backend comes to rest: it never keeps itself busy. */
static bool comes_to_rest(struct hs_world world)
{
	unsigned int steps;

	for (steps = 0; steps < REST_MAX; steps++) {
		struct hs_world before = world;

		hs_backend_step(&world);
		if (!memcmp(&before, &world, sizeof(world)))
			return true;
	}
	return false;
}

/* What must hold in every world, however it came about. */
static void check_world(const struct hs_world *world)
{
	KTAP_ROW("own %u, frontend %u, taken %u, page %u of %u, steps %u and %u",
		 world->own, world->front, world->taken, world->mapped,
		 world->offered, world->tool_at, world->front_at);
	if (world->own == XenbusStateConnected)
		EXPECT(world->mapped);
	if (world->own == XenbusStateClosed)
		EXPECT(!world->mapped);
	EXPECT(comes_to_rest(*world));
}

static void tell(const struct story *story)
{
	struct hs_world start = {
		.own = XenbusStateInitialising,
		.front = XenbusStateInitialising,
		.online = 1, .listed = 1,
		.front_leaves = story->front_leaves,
		.front_reloads = story->front_reloads,
		.front_restarts = story->front_restarts,
		.front_drops = story->front_drops,
		.offer_is_bad = story->offer_is_bad,
		.is_slow = story->is_slow,
	};
	int i;

	world_count = 0;
	find_or_add(&start);
	explore(story);
	mark_good(story);
	for (i = 0; i < world_count; i++) {
		check_world(&worlds[i]);
		EXPECT(is_good[i]);
	}
}

static bool is_connected(const struct hs_world *world)
{
	return world->own == XenbusStateConnected &&
	       world->front == XenbusStateConnected &&
	       world->mapped && world->mapped == world->offered;
}

static bool has_first(const struct hs_world *world)
{
	return is_connected(world) && world->taken == 1;
}

static bool has_both(const struct hs_world *world)
{
	return is_connected(world) && world->taken == 3;
}

static bool has_none(const struct hs_world *world)
{
	return is_connected(world) && !world->taken && !world->listed;
}

static bool has_second_page(const struct hs_world *world)
{
	return has_first(world) && world->mapped == 2;
}

static bool is_closed(const struct hs_world *world)
{
	return world->own == XenbusStateClosed && !world->online &&
	       !world->taken && !world->mapped;
}

static bool is_refused(const struct hs_world *world)
{
	/* After a while we wait for a better frontend. */
	return (world->own == XenbusStateClosing ||
		world->own == XenbusStateClosed ||
		world->own == XenbusStateInitWait ||
		world->own == XenbusStateInitialised) && !world->mapped;
}

static const struct {
	const char *name;
	bool (*step)(struct hs_world *world);
} frontends[] = {
	{ "Linux", hs_linux_step },
	{ "older Linux", hs_old_linux_step },
	{ "mini-os", hs_minios_step },
};

/* Tells @story with the first @count frontends. */
static void tell_some(struct story story, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		story.front_step = frontends[i].step;
		tell(&story);
		printf("# %s: %d worlds\n", frontends[i].name, world_count);
	}
}

static void tell_all(struct story story)
{
	tell_some(story, ARRAY_SIZE(frontends));
}

/* mini-os gives up when it does not find what it looks for at the start. */
static void tell_linux(struct story story)
{
	tell_some(story, 2);
}

static void boot(void)
{
	tell_all((struct story){ .is_goal = has_first });
}

static void hot_add(void)
{
	tell_all((struct story){
		.is_goal = has_both,
		.program = { HS_UNTIL_BOTH, HS_ADD, HS_UNTIL_CONNECTED },
	});
}

static void hot_remove(void)
{
	tell_all((struct story){
		.is_goal = has_none,
		.program = { HS_UNTIL_BOTH, HS_REMOVE, HS_UNTIL_CONNECTED,
			     HS_FORGET },
	});
}

/* The toolstack does not look at the frontend, which may be on its way yet. */
static void hot_add_overtakes_the_frontend(void)
{
	tell_linux((struct story){
		.is_goal = has_both,
		.program = { HS_UNTIL_CONNECTED, HS_ADD, HS_UNTIL_CONNECTED },
	});
}

static void guest_starts_over(void)
{
	tell_all((struct story){ .is_goal = has_second_page, .front_leaves = 1 });
}

static void guest_loads_its_driver_again(void)
{
	tell_linux((struct story){ .is_goal = has_second_page, .front_reloads = 1 });
}

/* As by kexec. */
static void guest_starts_over_without_a_word(void)
{
	tell_linux((struct story){ .is_goal = has_second_page, .front_restarts = 1 });
}

/* And the new one sees of us what we were for the one before. */
static void guest_starts_over_while_we_do(void)
{
	tell_linux((struct story){
		.is_goal = has_second_page, .front_restarts = 1, .is_slow = 1,
	});
}

/* At any moment between its offer and its being Connected. */
static void guest_drops_its_device(void)
{
	tell_linux((struct story){ .is_goal = has_second_page, .front_drops = 1 });
}

static void guest_drops_its_device_while_adding(void)
{
	tell_linux((struct story){
		.is_goal = has_both, .front_drops = 1,
		.program = { HS_UNTIL_CONNECTED, HS_ADD, HS_UNTIL_CONNECTED },
	});
}

static void guest_offers_garbage(void)
{
	tell_all((struct story){ .is_goal = is_refused, .offer_is_bad = 1 });
}

static void toolstack_closes(void)
{
	tell_all((struct story){
		.is_goal = is_closed, .program = { HS_UNTIL_BOTH, HS_CLOSE },
	});
}

static void toolstack_closes_at_any_time(void)
{
	tell_linux((struct story){
		.is_goal = is_closed, .program = { HS_CLOSE },
	});
}

static void toolstack_closes_while_adding(void)
{
	tell_all((struct story){
		.is_goal = is_closed,
		.program = { HS_UNTIL_BOTH, HS_ADD, HS_CLOSE },
	});
}

static void guest_dies_at_any_time(void)
{
	tell_all((struct story){
		.is_goal = is_closed, .program = { HS_KILL },
	});
}

static void guest_dies_while_adding(void)
{
	tell_all((struct story){
		.is_goal = is_closed,
		.program = { HS_UNTIL_BOTH, HS_ADD, HS_KILL },
	});
}

KTAP_ROOM(KTAP_CASE(boot),
	  KTAP_CASE(hot_add),
	  KTAP_CASE(hot_remove),
	  KTAP_CASE(hot_add_overtakes_the_frontend),
	  KTAP_CASE(guest_starts_over),
	  KTAP_CASE(guest_loads_its_driver_again),
	  KTAP_CASE(guest_starts_over_without_a_word),
	  KTAP_CASE(guest_starts_over_while_we_do),
	  KTAP_CASE(guest_drops_its_device),
	  KTAP_CASE(guest_drops_its_device_while_adding),
	  KTAP_CASE(guest_offers_garbage),
	  KTAP_CASE(toolstack_closes),
	  KTAP_CASE(toolstack_closes_at_any_time),
	  KTAP_CASE(toolstack_closes_while_adding),
	  KTAP_CASE(guest_dies_at_any_time),
	  KTAP_CASE(guest_dies_while_adding));
