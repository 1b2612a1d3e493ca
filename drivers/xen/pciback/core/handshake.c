// SPDX-License-Identifier: GPL-2.0
/*
 * handshake - the table
 *
 * The way up: InitWait, Initialised, Connected. Hotplug: the toolstack writes
 * Reconfiguring, the frontend follows, we answer Reconfigured, the frontend
 * goes back to Connected and we with it. The way down: whoever starts with
 * Closing, both end in Closed; after that a frontend may start over.
 *
 * A frontend that starts over and finds us Closed believes that we go away, and
 * closes again (Linux), but one that closes by way of Closing waits to see us
 * Closed (mini-os). So we stay that for a second, and then offer ourselves again. A
 * driver that was unloaded leaves Closed without Closing, and waits for nothing: it
 * may be loaded again by now, and never gets to see us Closed.
 *
 * A frontend that is gone and still Initialised by its state hears nothing of what we
 * say: Linux 7.1 and later take their own step there for a new device's now and then,
 * and drop the device. They make it again when its state is Initialising, so that is
 * what it is set to, as the toolstack would for a new one.
 *
 * Pure: any context.
 */
#include <linux/types.h>
#include <xen/interface/io/xenbus.h>

#include "handshake.h"

#define STATES	(XenbusStateReconfigured + 1)

/* handshake_table[our state][the frontend's state] */
static const u8 handshake_table[STATES][STATES] = {
	[XenbusStateInitialising] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_START,
		[XenbusStateInitWait]		= PCIBACK_HS_START,
		[XenbusStateInitialised]	= PCIBACK_HS_START,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_CLOSE,
	},
	[XenbusStateInitWait] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_SETUP,
		[XenbusStateInitWait]		= PCIBACK_HS_SETUP,
		[XenbusStateInitialised]	= PCIBACK_HS_SETUP,
		[XenbusStateConnected]		= PCIBACK_HS_SETUP,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_RELEASE,
	},
	[XenbusStateInitialised] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_SYNC,
		[XenbusStateInitWait]		= PCIBACK_HS_SYNC,
		[XenbusStateInitialised]	= PCIBACK_HS_CONNECT,
		/* It started over, and looked at us before we did. */
		[XenbusStateConnected]		= PCIBACK_HS_CONNECT,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_LEFT,
	},
	[XenbusStateConnected] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_RESTART,
		[XenbusStateInitialised]	= PCIBACK_HS_AWAIT,
		/* One may have replaced the other while we did not look. */
		[XenbusStateConnected]		= PCIBACK_HS_RECONNECT,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_LEFT,
		[XenbusStateReconfiguring]	= PCIBACK_HS_RECONFIGURE,
	},
	[XenbusStateClosing] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_CLOSE,
		[XenbusStateInitWait]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialised]	= PCIBACK_HS_REVIVE,
		[XenbusStateClosed]		= PCIBACK_HS_CLOSE,
		/* Linux, once Reconfiguring, does not answer to Closing. */
		[XenbusStateReconfiguring]	= PCIBACK_HS_CLOSE,
	},
	[XenbusStateClosed] = {
		[XenbusStateUnknown]		= PCIBACK_HS_RELEASE,
		[XenbusStateInitialising]	= PCIBACK_HS_RESTART,
		[XenbusStateInitWait]		= PCIBACK_HS_RESTART,
		[XenbusStateInitialised]	= PCIBACK_HS_RESTART,
		[XenbusStateClosed]		= PCIBACK_HS_REOPEN,
	},
	[XenbusStateReconfiguring] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_SETUP,
		[XenbusStateInitWait]		= PCIBACK_HS_SETUP,
		[XenbusStateInitialised]	= PCIBACK_HS_CONNECT,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_LEFT,
		[XenbusStateReconfiguring]	= PCIBACK_HS_RECONFIGURE,
	},
	[XenbusStateReconfigured] = {
		[XenbusStateUnknown]		= PCIBACK_HS_CLOSE,
		[XenbusStateInitialising]	= PCIBACK_HS_RESTART,
		[XenbusStateConnected]		= PCIBACK_HS_CONNECTED,
		[XenbusStateClosing]		= PCIBACK_HS_CLOSING,
		[XenbusStateClosed]		= PCIBACK_HS_LEFT,
	},
};

/* Returns what to do; numbers that are no state are answered by waiting. */
enum pciback_handshake pciback_handshake_next(enum xenbus_state own,
					      enum xenbus_state frontend)
{
	if ((unsigned int)own >= STATES || (unsigned int)frontend >= STATES)
		return PCIBACK_HS_WAIT;
	return handshake_table[own][frontend];
}
