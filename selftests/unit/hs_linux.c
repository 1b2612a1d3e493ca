// SPDX-License-Identifier: GPL-2.0
/* hs_linux - what pcifront of Linux does next */
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "hs_front.h"
#include "hs_world.h"

enum linux_at {
	LINUX_OFFER = 0,
	LINUX_RUN,
	LINUX_CLOSING,
	LINUX_CLOSED,
	LINUX_STARTING,
	LINUX_UNLOADED,
	LINUX_GONE,
};

/*
 * Closing means nothing while Reconfiguring, which is the greater number. Only
 * newer ones (@is_new) answer to hotplug before they are Connected.
 */
static bool linux_run(struct hs_world *world, bool is_new)
{
	switch (world->own) {
	case XenbusStateConnected:
		return world->front == XenbusStateInitialised &&
		       front_goes(world, XenbusStateConnected);
	case XenbusStateClosing:
	case XenbusStateClosed:
		return world->front < XenbusStateClosing &&
		       front_goes(world, XenbusStateClosed);
	case XenbusStateReconfiguring:
		return (world->front == XenbusStateConnected ||
			(is_new && world->front == XenbusStateInitialised)) &&
		       front_goes(world, XenbusStateReconfiguring);
	case XenbusStateReconfigured:
		return world->front == XenbusStateReconfiguring &&
		       front_goes(world, XenbusStateConnected);
	default:
		return false;
	}
}

/*
 * pcifront of Linux: offers its page when its driver is loaded, whatever we
 * are; later it answers to changes of our state. To start over is to boot
 * another kernel, which first takes the connection of the one before down. A
 * driver that is unloaded leaves Closed behind, and is loaded again at any moment. A
 * device that is dropped leaves all as it is, and is made again when its state is new.
 */
static bool linux_step(struct hs_world *world, bool is_new)
{
	if (world->front == XenbusStateUnknown)
		return false;
	switch (world->front_at) {
	case LINUX_OFFER:
		world->front_at = LINUX_RUN;
		return front_offers(world);
	case LINUX_RUN:
		if (world->front_reloads && world->front == XenbusStateConnected) {
			world->front_reloads = 0;
			world->front_at = LINUX_UNLOADED;
			return front_goes(world, XenbusStateClosed);
		}
		if (world->front_restarts && world->front == XenbusStateConnected) {
			world->front_restarts = 0;
			world->front_at = LINUX_OFFER;
			return front_goes(world, XenbusStateInitialising);
		}
		if (world->front_drops && world->front == XenbusStateInitialised) {
			world->front_drops = 0;
			world->front_is_gone = 1;
			world->front_at = LINUX_GONE;
			return true;
		}
		if (!world->front_leaves || world->front != XenbusStateConnected)
			return linux_run(world, is_new);
		world->front_leaves = 0;
		world->front_at = LINUX_CLOSING;
		return front_goes(world, XenbusStateClosing);
	case LINUX_CLOSING:
		if (world->own != XenbusStateClosing)
			return false;
		world->front_at = LINUX_CLOSED;
		return front_goes(world, XenbusStateClosed);
	case LINUX_CLOSED:
		if (world->own != XenbusStateClosed)
			return false;
		world->front_at = LINUX_STARTING;
		return front_goes(world, XenbusStateInitialising);
	case LINUX_STARTING:
		if (world->own == XenbusStateClosed)
			return false;
		world->front_at = LINUX_OFFER;
		return true;
	case LINUX_GONE:
		if (world->front != XenbusStateInitialising)
			return false;
		world->front_is_gone = 0;
		world->front_at = LINUX_OFFER;
		return true;
	case LINUX_UNLOADED:
		world->front_at = LINUX_OFFER;
		return true;
	default:
		return false;
	}
}

/* A slow one looks where there is something to do, and does what was to be done then. */
static bool linux_any_step(struct hs_world *world, bool is_new)
{
	struct hs_world seen = *world;
	u8 own = world->own;

	if (!world->is_slow)
		return linux_step(world, is_new);
	if (!world->front_saw) {
		if (!linux_step(&seen, is_new))
			return false;
		world->front_saw = own;
		return true;
	}
	world->own = world->front_saw;
	linux_step(world, is_new);
	world->own = own;
	world->front_saw = 0;
	return true;
}

bool hs_linux_step(struct hs_world *world)
{
	return linux_any_step(world, true);
}

bool hs_old_linux_step(struct hs_world *world)
{
	return linux_any_step(world, false);
}
