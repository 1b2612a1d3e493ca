/* SPDX-License-Identifier: GPL-2.0 */
/*
 * handshake - what to do, by our xenbus state and the frontend's
 *
 * Our state is not ours alone: the toolstack writes Closing or Reconfiguring
 * into it. The frontend's is whatever a guest likes. So every pair has an
 * answer, and the answer depends on nothing else.
 */
#ifndef PCIBACK_CORE_HANDSHAKE_H
#define PCIBACK_CORE_HANDSHAKE_H

#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

enum pciback_handshake {
	PCIBACK_HS_WAIT = 0,	/* somebody else moves next */
	PCIBACK_HS_START,	/* offer ourselves: InitWait */
	PCIBACK_HS_SETUP,	/* take the listed functions: Initialised */
	PCIBACK_HS_SYNC,	/* take functions listed since; stay */
	PCIBACK_HS_CONNECT,	/* sync, map the page, bind the channel: Connected */
	PCIBACK_HS_RECONFIGURE,	/* sync, adding and removing: Reconfigured */
	PCIBACK_HS_CONNECTED,	/* the frontend took it in: Connected */
	PCIBACK_HS_CLOSING,	/* let go of page and channel: Closing */
	PCIBACK_HS_CLOSE,	/* the same, and functions if offline: Closed */
	PCIBACK_HS_LEFT,	/* the same, but if online, InitWait at once */
	PCIBACK_HS_RELEASE,	/* if offline, let go of functions */
	PCIBACK_HS_RESTART,	/* if online, start over for a new frontend */
	PCIBACK_HS_RECONNECT,	/* connect, if it offers another page or channel */
	PCIBACK_HS_REOPEN,	/* release, or if online for a second, InitWait */
	PCIBACK_HS_AWAIT,	/* the same as RECONNECT, or REVIVE one that left */
	PCIBACK_HS_REVIVE,	/* after a second, have a frontend start over */
};

enum pciback_handshake pciback_handshake_next(enum xenbus_state own,
					      enum xenbus_state frontend);

#endif
