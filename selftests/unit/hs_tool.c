// SPDX-License-Identifier: GPL-2.0
/* hs_tool - what the toolstack does next: a short program */
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "hs_world.h"

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
