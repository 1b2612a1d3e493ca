// SPDX-License-Identifier: GPL-2.0
/* Where a guest sees functions: made-up buses, and dom0's own addresses. */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "topology.h"

static struct pciback_topology topology;

static void start(bool is_host)
{
	memset(&topology, 0, sizeof(topology));
	topology.is_host = is_host;
}

/* Places a function. Returns its address as a key, or a negative error. */
static long place_as(const struct pciback_placement *placement)
{
	struct pciback_bdf guest = { 0x5555, 0x55, 0x55 };
	int err = pciback_topology_place(&topology, placement, &guest);

	return err ? err : (long)pciback_bdf_key(guest);
}

static long place(struct pciback_bdf host, bool is_virtfn, int wish)
{
	struct pciback_placement placement = {
		.host = host, .is_virtfn = is_virtfn, .wish = wish,
	};

	return place_as(&placement);
}

/* A function of device 05:00 that is wished for @wish, as others of its device are. */
static long place_sibling(u8 func, int wish)
{
	struct pciback_placement placement = {
		.host = { 0, 5, func }, .has_siblings = true, .wish = wish,
	};

	return place_as(&placement);
}

static long place_any(u16 domain, u8 bus, u8 slot, u8 func)
{
	return place((struct pciback_bdf){ domain, bus, slot << 3 | func },
		     false, PCIBACK_ANY_DEVFN);
}

static long place_virtfn(u8 bus, u8 slot, u8 func)
{
	return place((struct pciback_bdf){ 0, bus, slot << 3 | func }, true,
		     PCIBACK_ANY_DEVFN);
}

static void unplace(u8 bus, u8 slot, u8 func)
{
	struct pciback_bdf guest = { 0, bus, slot << 3 | func };

	pciback_topology_unplace(&topology, guest);
}

#define GUEST(_bus, _slot, _func)	((_bus) << 8 | (_slot) << 3 | (_func))

static void fills_slots_in_order(void)
{
	start(false);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_any(0, 4, 0, 0), GUEST(0, 1, 0));
	EXPECT_EQ(place_any(0, 0, 0x1d, 0), GUEST(0, 2, 0));
}

static void siblings_stay_together(void)
{
	start(false);
	EXPECT_EQ(place_any(0, 0, 0x1d, 7), GUEST(0, 0, 7));
	EXPECT_EQ(place_any(0, 0, 0x1a, 0), GUEST(0, 1, 0));
	EXPECT_EQ(place_any(0, 0, 0x1d, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_any(0, 0, 0x1d, 3), GUEST(0, 0, 3));
	EXPECT_EQ(place_any(0, 0, 0x1a, 1), GUEST(0, 1, 1));
}

static void others_stay_apart(void)
{
	start(false);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_any(0, 3, 1, 1), GUEST(0, 1, 1));
	EXPECT_EQ(place_any(0, 4, 0, 1), GUEST(0, 2, 1));
	EXPECT_EQ(place_any(1, 3, 0, 1), GUEST(0, 3, 1));
}

/* A virtual function 0 has no siblings behind it, before or after. */
static void virtual_functions_stand_alone(void)
{
	start(false);
	EXPECT_EQ(place_virtfn(3, 0x10, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_virtfn(3, 0x10, 1), GUEST(0, 1, 1));
	EXPECT_EQ(place_virtfn(3, 0x10, 2), GUEST(0, 1, 2));
	EXPECT_EQ(place_virtfn(3, 0x11, 1), GUEST(0, 2, 1));
	EXPECT_EQ(place_virtfn(3, 0x11, 0), GUEST(0, 3, 0));
	EXPECT_EQ(place_virtfn(3, 0x11, 2), GUEST(0, 2, 2));
}

/* An empty slot forgets who had it. */
static void loneliness_ends_with_its_cause(void)
{
	start(false);
	EXPECT_EQ(place_virtfn(3, 0x10, 0), GUEST(0, 0, 0));
	unplace(0, 0, 0);
	EXPECT_EQ(place_any(0, 3, 0x10, 1), GUEST(0, 0, 1));
	EXPECT_EQ(place_any(0, 3, 0x10, 2), GUEST(0, 0, 2));
}

static void grants_wishes_or_refuses(void)
{
	static const struct {
		int wish;
		long result;
	} rows[] = {
		{ 0x00, GUEST(0, 0, 0) },
		{ 0x00, -EBUSY },
		{ 0x01, GUEST(0, 0, 1) },
		{ 0x2b, GUEST(0, 5, 3) },
		{ 0x2b, -EBUSY },
		{ 0xff, GUEST(0, 0x1f, 7) },
		{ 0x100, -EINVAL },
		{ 0x7fffffff, -EINVAL },
		{ -2, -EINVAL },
		{ -0x7fffffff - 1, -EINVAL },
	};
	unsigned int i;

	start(false);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT_EQ(place((struct pciback_bdf){ 0, 3, i << 3 }, false,
				rows[i].wish), rows[i].result);
	}
}

/* A wish may take a function's number from a sibling: that one moves on. */
static void wishes_and_siblings(void)
{
	start(false);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 3, 0 }, false, 0x0b),
		  GUEST(0, 1, 3));
	EXPECT_EQ(place_any(0, 3, 0, 1), GUEST(0, 1, 1));
	EXPECT_EQ(place_any(0, 3, 0, 3), GUEST(0, 0, 3));
	EXPECT_EQ(place_any(0, 3, 0, 4), GUEST(0, 0, 4));
}

/* "05:00.0@5", "05:00.1@5", in any order: a device with its functions. */
static void siblings_at_one_slot_are_one_device(void)
{
	static const u8 orders[][3] = {
		{ 0, 1, 3 }, { 0, 3, 1 }, { 1, 0, 3 }, { 1, 3, 0 }, { 3, 0, 1 }, { 3, 1, 0 },
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(orders); i++) {
		KTAP_ROW("order %u", i);
		start(false);
		for (j = 0; j < 3; j++)
			EXPECT_EQ(place_sibling(orders[i][j], 0x28),
				  GUEST(0, 5, orders[i][j]));
		/* No more of the same, and nobody else's. */
		EXPECT_EQ(place((struct pciback_bdf){ 0, 6, 0 }, false, 0x28), -EBUSY);
		EXPECT_EQ(place_any(0, 6, 0, 0), GUEST(0, 0, 0));
	}
}

/* Attached one after the other, no one knows of those to come. */
static void siblings_join_who_came_alone(void)
{
	struct pciback_bdf one = { 0, 5, 1 }, two = { 0, 5, 2 }, zero = { 0, 5, 0 };
	unsigned int i;

	start(false);
	EXPECT_EQ(place(one, false, 0x28), GUEST(0, 5, 0));
	EXPECT_EQ(place(two, false, 0x28), GUEST(0, 5, 2));
	EXPECT_EQ(place(zero, false, 0x28), GUEST(0, 5, 1));
	/* Up to eight, each with an address of its own. */
	for (i = 3; i < 8; i++)
		EXPECT_EQ(place((struct pciback_bdf){ 0, 5, i }, false, 0x28),
			  GUEST(0, 5, i));
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 1 }, false, 0x28), -EBUSY);

	/* The last number, too, is one that is free. */
	start(false);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 7 }, false, 0x28), GUEST(0, 5, 0));
	for (i = 1; i < 7; i++)
		EXPECT_EQ(place((struct pciback_bdf){ 0, 5, i }, false, 0x28),
			  GUEST(0, 5, i));
	EXPECT_EQ(place(zero, false, 0x28), GUEST(0, 5, 7));

	start(false);
	EXPECT_EQ(place(zero, false, 0x28), GUEST(0, 5, 0));
	EXPECT_EQ(place(one, false, 0x28), GUEST(0, 5, 1));
	/* Who asks for the very function is not given another. */
	EXPECT_EQ(place(two, false, 0x29), -EBUSY);
	/* Another device's, of the same numbers. */
	EXPECT_EQ(place((struct pciback_bdf){ 1, 5, 2 }, false, 0x28), -EBUSY);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 0x0a }, false, 0x28), -EBUSY);
	EXPECT_EQ(place(two, false, 0x28), GUEST(0, 5, 2));
}

/* A sibling's own number may have gone to somebody who asked for the very place. */
static void siblings_yield_to_whole_wishes(void)
{
	start(false);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 6, 0 }, false, 0x29), GUEST(0, 5, 1));
	EXPECT_EQ(place_sibling(1, 0x28), GUEST(0, 5, 0));
	EXPECT_EQ(place_sibling(0, 0x28), -EBUSY);

	/* Nor is there room for siblings behind another device. */
	start(false);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 6, 0 }, false, 0x28), GUEST(0, 5, 0));
	EXPECT_EQ(place_sibling(1, 0x28), -EBUSY);
	EXPECT_EQ(place_sibling(2, 0x28), -EBUSY);
}

/* libxl's words for "05:00.*@5": the highest first, each with its number in the slot. */
static void whole_devices_as_libxl_says_it(void)
{
	start(false);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 2 }, false, 0x2a), GUEST(0, 5, 2));
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 1 }, false, 0x29), GUEST(0, 5, 1));
	EXPECT_EQ(place((struct pciback_bdf){ 0, 5, 0 }, false, 0x28), GUEST(0, 5, 0));
}

static void refused_wish_changes_nothing(void)
{
	static struct pciback_topology before;

	start(false);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	before = topology;
	EXPECT_EQ(place((struct pciback_bdf){ 0, 4, 0 }, false, 0), -EBUSY);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 4, 0 }, false, 0x100), -EINVAL);
	EXPECT(!memcmp(&before, &topology, sizeof(topology)));
}

static void fills_all_buses_and_says_so(void)
{
	unsigned int i;

	start(false);
	for (i = 0; i < PCIBACK_VIRTUAL_SLOTS; i++) {
		KTAP_ROW("slot %u", i);
		EXPECT_EQ(place_any(1, i, 0, 0), GUEST(i / 32, i % 32, 0));
	}
	EXPECT_EQ(place_any(2, 0, 0, 0), -ENOSPC);
	/* A sibling needs no slot of its own. */
	EXPECT_EQ(place_any(1, 200, 0, 1), GUEST(6, 8, 1));
	/* Nor has a virtual function 0 one to share. */
	EXPECT_EQ(place((struct pciback_bdf){ 1, 200, 0 }, true,
			PCIBACK_ANY_DEVFN), -ENOSPC);
	/* What was given back on a bus is free on that bus. */
	unplace(3, 4, 0);
	EXPECT_EQ(place_any(2, 0, 0, 0), GUEST(3, 4, 0));
}

static void reuses_what_was_given_back(void)
{
	start(false);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_any(0, 3, 0, 1), GUEST(0, 0, 1));
	EXPECT_EQ(place_any(0, 4, 0, 0), GUEST(0, 1, 0));
	unplace(0, 0, 0);
	/* Not empty yet: still its siblings' place. */
	EXPECT_EQ(place_any(0, 5, 0, 0), GUEST(0, 2, 0));
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	unplace(0, 0, 0);
	unplace(0, 0, 1);
	EXPECT_EQ(place_any(0, 6, 0, 0), GUEST(0, 0, 0));
	EXPECT_EQ(place_any(0, 6, 0, 1), GUEST(0, 0, 1));
	unplace(0, 1, 0);
	EXPECT_EQ(place((struct pciback_bdf){ 0, 7, 0 }, false, 0x08),
		  GUEST(0, 1, 0));
}

static void unplacing_nothing_is_harmless(void)
{
	static struct pciback_topology before;

	start(false);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(0, 0, 0));
	before = topology;
	unplace(0, 0, 1);
	unplace(0, 5, 0);
	unplace(PCIBACK_VIRTUAL_BUSES, 0, 0);
	unplace(0xff, 0x1f, 7);
	EXPECT(!memcmp(&before, &topology, sizeof(topology)));
}

/* Everything placed has an address of its own, in domain 0. */
static void no_address_is_given_twice(void)
{
	static bool taken[PCIBACK_VIRTUAL_SLOTS * 8];
	unsigned int i;

	memset(taken, 0, sizeof(taken));
	start(false);
	for (i = 0; i < 512; i++) {
		/* Devices of four functions, mixed, some of them virtual. */
		struct pciback_bdf host = {
			i & 1, i >> 5, ((i * 7) & 0x1f) << 3 | ((i >> 3) & 3),
		};
		long guest = place(host, i % 3 == 0, PCIBACK_ANY_DEVFN);

		KTAP_ROW("function %u", i);
		if (guest == -ENOSPC)
			continue;
		EXPECT(guest >= 0 && guest < PCIBACK_VIRTUAL_SLOTS * 8);
		if (guest < 0 || guest >= PCIBACK_VIRTUAL_SLOTS * 8)
			continue;
		EXPECT(!taken[guest]);
		EXPECT_EQ(guest & 7, host.devfn & 7);
		taken[guest] = true;
	}
}

static void host_addresses_are_kept(void)
{
	struct pciback_bdf last = { 0xffff, 0xff, 0xff };

	start(true);
	EXPECT_EQ(place_any(0, 3, 0, 0), GUEST(3, 0, 0));
	EXPECT_EQ(place_virtfn(3, 0x10, 0), GUEST(3, 0x10, 0));
	EXPECT_EQ(place(last, false, PCIBACK_ANY_DEVFN), 0xffffffff);
	/* Their order and their number do not matter, nor does a wish. */
	EXPECT_EQ(place((struct pciback_bdf){ 0, 4, 8 }, false, 0),
		  GUEST(4, 1, 0));
	pciback_topology_unplace(&topology, last);
	EXPECT_EQ(place(last, false, PCIBACK_ANY_DEVFN), 0xffffffff);
}

KTAP_ROOM(KTAP_CASE(fills_slots_in_order),
	  KTAP_CASE(siblings_stay_together),
	  KTAP_CASE(others_stay_apart),
	  KTAP_CASE(virtual_functions_stand_alone),
	  KTAP_CASE(loneliness_ends_with_its_cause),
	  KTAP_CASE(grants_wishes_or_refuses),
	  KTAP_CASE(wishes_and_siblings),
	  KTAP_CASE(siblings_at_one_slot_are_one_device),
	  KTAP_CASE(siblings_join_who_came_alone),
	  KTAP_CASE(siblings_yield_to_whole_wishes),
	  KTAP_CASE(whole_devices_as_libxl_says_it),
	  KTAP_CASE(refused_wish_changes_nothing),
	  KTAP_CASE(fills_all_buses_and_says_so),
	  KTAP_CASE(reuses_what_was_given_back),
	  KTAP_CASE(unplacing_nothing_is_harmless),
	  KTAP_CASE(no_address_is_given_twice),
	  KTAP_CASE(host_addresses_are_kept));
