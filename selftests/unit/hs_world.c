// SPDX-License-Identifier: GPL-2.0
/* hs_world - what each actor does next */
#include <linux/string.h>
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "handshake.h"
#include "hs_world.h"

static void backend_sync(struct hs_world *world)
{
	world->taken = (world->taken | world->listed) & ~world->leaving;
}

static void backend_let_go(struct hs_world *world)
{
	world->mapped = 0;
}

static void backend_release_if_offline(struct hs_world *world)
{
	if (!world->online)
		world->taken = 0;
}

static void backend_connect(struct hs_world *world)
{
	backend_let_go(world);
	backend_sync(world);
	if (world->offer_is_bad || world->front_is_gone) {
		world->own = XenbusStateClosing;
		return;
	}
	world->mapped = world->offered;
	world->own = XenbusStateConnected;
}

static void backend_reconfigure(struct hs_world *world)
{
	backend_sync(world);
	if (!world->mapped)
		world->mapped = world->offered;
	world->own = XenbusStateReconfigured;
}

static void backend_restart(struct hs_world *world)
{
	if (!world->online) {
		world->taken = 0;
		return;
	}
	backend_let_go(world);
	world->own = XenbusStateInitWait;
}

static void backend_reconnect(struct hs_world *world)
{
	if (world->mapped != world->offered)
		backend_connect(world);
}

static bool backend_revive(struct hs_world *world)
{
	if (!world->online || world->revived)
		return false;
	backend_let_go(world);
	world->revived = 1;
	world->front = XenbusStateInitialising;
	world->own = XenbusStateInitWait;
	return true;
}

static void backend_do(struct hs_world *world, enum pciback_handshake answer)
{
	switch (answer) {
	case PCIBACK_HS_WAIT:
		break;
	case PCIBACK_HS_START:
		world->own = XenbusStateInitWait;
		break;
	case PCIBACK_HS_SETUP:
		backend_sync(world);
		world->own = XenbusStateInitialised;
		break;
	case PCIBACK_HS_SYNC:
		backend_sync(world);
		break;
	case PCIBACK_HS_CONNECT:
		backend_connect(world);
		break;
	case PCIBACK_HS_RECONFIGURE:
		backend_reconfigure(world);
		break;
	case PCIBACK_HS_CONNECTED:
		world->own = XenbusStateConnected;
		break;
	case PCIBACK_HS_CLOSING:
		backend_let_go(world);
		world->own = XenbusStateClosing;
		break;
	case PCIBACK_HS_CLOSE:
		backend_let_go(world);
		backend_release_if_offline(world);
		world->own = XenbusStateClosed;
		break;
	case PCIBACK_HS_LEFT:
		backend_let_go(world);
		backend_release_if_offline(world);
		world->own = world->online ? XenbusStateInitWait : XenbusStateClosed;
		break;
	case PCIBACK_HS_RELEASE:
		backend_release_if_offline(world);
		break;
	case PCIBACK_HS_RESTART:
		backend_restart(world);
		break;
	case PCIBACK_HS_RECONNECT:
	case PCIBACK_HS_AWAIT:
		backend_reconnect(world);
		break;
	case PCIBACK_HS_REOPEN:
		backend_release_if_offline(world);
		break;
	case PCIBACK_HS_REVIVE:
		break;
	}
}

static void backend_act(struct hs_world *world, u8 front)
{
	if (front == XenbusStateConnected)
		world->revived = 0;
	backend_do(world, pciback_handshake_next(world->own, front));
}

/* What changes nothing is no step: the explorer finds the two worlds equal. */
bool hs_backend_step(struct hs_world *world)
{
	struct hs_world seen = *world;

	if (!world->is_slow) {
		backend_act(world, world->front);
	} else if (world->back_saw) {
		backend_act(world, world->back_saw - 1);
		world->back_saw = 0;
	} else {
		backend_act(&seen, world->front);
		if (memcmp(&seen, world, sizeof(seen)))
			world->back_saw = world->front + 1;
	}
	return true;
}

bool hs_second_passes(struct hs_world *world)
{
	switch (pciback_handshake_next(world->own, world->front)) {
	case PCIBACK_HS_REOPEN:
		if (!world->online)
			return false;
		world->own = XenbusStateInitWait;
		return true;
	case PCIBACK_HS_AWAIT:
		return world->front_is_gone && backend_revive(world);
	case PCIBACK_HS_REVIVE:
		return backend_revive(world);
	default:
		return false;
	}
}

/* libxl: it waits for our state alone, and only before and after hotplug. */
bool hs_tool_step(struct hs_world *world, const enum hs_tool *program)
{
	switch (program[world->tool_at]) {
	case HS_END:
		return false;
	case HS_UNTIL_CONNECTED:
		if (world->own != XenbusStateConnected)
			return false;
		break;
	case HS_UNTIL_BOTH:
		if (world->own != XenbusStateConnected ||
		    world->front != XenbusStateConnected)
			return false;
		break;
	case HS_ADD:
		world->listed |= 2;
		world->own = XenbusStateReconfiguring;
		break;
	case HS_REMOVE:
		world->leaving |= 1;
		world->own = XenbusStateReconfiguring;
		break;
	case HS_FORGET:
		world->listed &= ~1;
		world->leaving &= ~1;
		break;
	case HS_KILL:
		world->front = XenbusStateUnknown;
		world->offered = 0;
		world->online = 0;
		world->own = XenbusStateClosing;
		break;
	case HS_CLOSE:
		world->online = 0;
		world->own = XenbusStateClosing;
		break;
	}
	world->tool_at++;
	return true;
}

static bool front_goes(struct hs_world *world, enum xenbus_state state)
{
	world->front = state;
	return true;
}

static bool front_offers(struct hs_world *world)
{
	world->offered++;
	return front_goes(world, XenbusStateInitialised);
}

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
