/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hs_world - backend, frontend and toolstack around two words in xenstore
 *
 * Three actors; each looks at both states and takes one step, or has nothing to
 * do. The backend is the table of core/handshake with the least that its
 * answers must do. The toolstack is a short program. Where none of them has
 * anything to do, a second passes.
 *
 * A step is atomic: a backend that decides on states which have changed when it
 * writes its own can undo the toolstack's word, and no table helps against that. In a
 * slow world backend and Linux look in one step, and act in another: against what the
 * other one has done meanwhile the table does help.
 */
#ifndef UNIT_HS_WORLD_H
#define UNIT_HS_WORLD_H

#include <linux/types.h>

enum hs_tool {
	HS_END = 0,
	HS_UNTIL_CONNECTED,	/* wait for our state to be Connected */
	HS_UNTIL_BOTH,		/* and the frontend's */
	HS_ADD,			/* list the second function: Reconfiguring */
	HS_REMOVE,		/* mark the first one: Reconfiguring */
	HS_FORGET,		/* take its keys away */
	HS_CLOSE,		/* offline: Closing */
	HS_KILL,		/* the guest is gone, and offline: Closing */
};

#define HS_TOOL_MAX	8

/* All of it in bytes, so that two worlds can be compared as memory. */
struct hs_world {
	u8 own, front;		/* the two states */
	u8 online;
	u8 listed, leaving;	/* functions by the toolstack's list, as bits */
	u8 taken;		/* functions that the guest has */
	u8 offered, mapped;	/* which page: the frontend's, the backend's */
	u8 tool_at, front_at;	/* where the two programs are */
	u8 front_leaves;	/* the frontend wants to start over, once */
	u8 front_reloads;	/* its driver wants to be loaded again, once */
	u8 front_restarts;	/* it wants to start over without a word, once */
	u8 front_drops;		/* it wants to drop the device it has offered, once */
	u8 front_is_gone;	/* it has */
	u8 revived;		/* the backend has set its state back */
	u8 is_slow;		/* who looks at the other's state acts later */
	u8 front_saw;		/* our state, as it saw it; 0: it has to look */
	u8 back_saw;		/* the frontend's, and 1, as we saw it; or 0 */
	u8 offer_is_bad;	/* its page cannot be mapped */
};

/* Each returns false if there is nothing to do. */
bool hs_backend_step(struct hs_world *world);
bool hs_second_passes(struct hs_world *world);
bool hs_tool_step(struct hs_world *world, const enum hs_tool *program);
bool hs_linux_step(struct hs_world *world);
bool hs_old_linux_step(struct hs_world *world);
bool hs_minios_step(struct hs_world *world);

#endif
