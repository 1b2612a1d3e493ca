// SPDX-License-Identifier: GPL-2.0
/* hs_minios - what pcifront of mini-os does next */
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "hs_front.h"
#include "hs_world.h"

enum minios_at {
	MINIOS_OFFER = 0,
	MINIOS_WAIT,
	MINIOS_RUN,
	MINIOS_CLOSING,
	MINIOS_CLOSED,
	MINIOS_STOPPED,
	MINIOS_GAVE_UP,
};

static bool minios_run(struct hs_world *world)
{
	if (world->own == XenbusStateClosing || world->front_leaves) {
		world->front_at = MINIOS_CLOSING;
		return front_goes(world, XenbusStateClosing);
	}
	if (world->own == XenbusStateReconfiguring)
		return front_goes(world, XenbusStateReconfiguring);
	if (world->own == XenbusStateReconfigured)
		return front_goes(world, XenbusStateConnected);
	return false;
}

/*
 * pcifront of mini-os: a program that waits at each place for the numbers it
 * knows, gives up where it sees another one at the start, and offers itself
 * again after it has closed of its own will.
 */
bool hs_minios_step(struct hs_world *world)
{
	if (world->front == XenbusStateUnknown)
		return false;
	switch (world->front_at) {
	case MINIOS_OFFER:
		world->front_at = MINIOS_WAIT;
		return front_offers(world);
	case MINIOS_WAIT:
		if (world->own < XenbusStateConnected)
			return false;
		if (world->own != XenbusStateConnected) {
			world->front_at = MINIOS_GAVE_UP;
			return true;
		}
		world->front_at = MINIOS_RUN;
		return front_goes(world, XenbusStateConnected);
	case MINIOS_RUN:
		return minios_run(world);
	case MINIOS_CLOSING:
		if (world->own < XenbusStateClosing)
			return false;
		world->front_at = MINIOS_CLOSED;
		return front_goes(world, XenbusStateClosed);
	case MINIOS_CLOSED:
		if (world->own < XenbusStateClosed)
			return false;
		world->front_at = MINIOS_STOPPED;
		return front_goes(world, XenbusStateInitialising);
	case MINIOS_STOPPED:
		if (!world->front_leaves || world->own < XenbusStateInitWait ||
		    world->own >= XenbusStateClosed)
			return false;
		world->front_leaves = 0;
		world->front_at = MINIOS_OFFER;
		return true;
	default:
		return false;
	}
}
