/* SPDX-License-Identifier: GPL-2.0 */
/* hs_front - the steps that all frontends share */
#ifndef UNIT_HS_FRONT_H
#define UNIT_HS_FRONT_H

#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "hs_world.h"

static inline bool front_goes(struct hs_world *world, enum xenbus_state state)
{
	world->front = state;
	return true;
}

static inline bool front_offers(struct hs_world *world)
{
	world->offered++;
	return front_goes(world, XenbusStateInitialised);
}

#endif
