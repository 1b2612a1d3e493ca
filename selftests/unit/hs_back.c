// SPDX-License-Identifier: GPL-2.0
/* hs_back - what the backend does next, by the table of core/handshake */
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
