// SPDX-License-Identifier: GPL-2.0
/*
 * steps - walks the handshake of one frontend
 *
 * Looks at the two states, asks core/handshake what to do, and does it. It never
 * remembers where it was: a missed or doubled kick, or a state that changed under
 * it, costs no more than another look. So does want of memory: the step is made
 * again a second later.
 *
 * Caller, everywhere: the guest's lock. All of this may sleep.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <xen/xen.h>
#include <xen/xenbus.h>

#include "../core/handshake.h"
#include "../trace.h"
#include "guest.h"
#include "hotplug.h"
#include "ring.h"
#include "steps.h"
#include "xenstore.h"

/*
 * How long we stay Closed for a frontend that wants to see it, or Closing for one that
 * may be gone; and how often we look whether it is.
 */
#define STEPS_PAUSE	HZ

/*
 * Goes on to @state, unless the toolstack, which writes our state, too, has
 * written another one since we looked: then that one comes first. Its write has
 * kicked the worker already.
 */
static void steps_switch(struct pciback_guest *guest, enum xenbus_state state)
{
	int err = pciback_xenstore_switch(guest->xdev, guest->own, state);

	if (!err)
		guest->own = state;
	else if (err != -ECANCELED)
		guest->trouble = err;
}

/* Returns true if all functions listed are given, or refused. */
static bool steps_sync(struct pciback_guest *guest)
{
	int err = pciback_hotplug_sync(guest);

	if (err && err != -EINPROGRESS)
		guest->trouble = err;
	return !err;
}

/* No frontend uses page, channel or functions any more. May sleep. */
void pciback_steps_disconnect(struct pciback_guest *guest)
{
	pciback_ring_disconnect(&guest->ring, guest->xdev);
	pciback_hotplug_quiesce_all(guest);
}

/*
 * Functions stay with a domain that will come back; else they are free. Returns
 * false if it will not.
 */
static bool steps_keep_if_online(struct pciback_guest *guest)
{
	bool is_online;
	int err = pciback_xenstore_is_online(guest->xdev, &is_online);

	if (err) {
		guest->trouble = err;
		return true;
	}
	if (!is_online)
		pciback_hotplug_remove_all(guest);
	return is_online;
}

static void steps_refuse(struct pciback_guest *guest, int err)
{
	if (pciback_tenant_may_log(&guest->claimant.tenant))
		dev_err(&guest->xdev->dev,
			"domain %u: cannot connect: %d%s\n",
			guest->claimant.tenant.domid, err,
			err == -EPROTO ? " (frontend speaks another protocol)" :
			err == -EOPNOTSUPP ? " (a frontend needs a PV dom0)" : "");
	pciback_xenstore_explain(guest->xdev, err);
	steps_switch(guest, XenbusStateClosing);
}

/*
 * Returns 0 or -errno; want of memory is trouble, not the frontend's fault. The kernel has
 * lines of its own for a page that cannot be mapped: who was refused pays for the next try.
 */
static int steps_open_ring(struct pciback_guest *guest)
{
	struct pciback_offer offer;
	int err;

	if (guest->is_refused && !pciback_tenant_may_log(&guest->claimant.tenant)) {
		guest->trouble = -EAGAIN;
		return -EAGAIN;
	}
	err = pciback_xenstore_offer(guest->front, &offer);

	/* Only a PV dom0 can hand out the interrupts of a PV guest. */
	if (!err && !xen_pv_domain())
		err = -EOPNOTSUPP;
	if (!err)
		err = pciback_ring_connect(&guest->ring, guest->xdev, offer.ref,
					   offer.port);
	if (err == -ENOMEM)
		guest->trouble = err;
	if (!err || err == -ENOMEM) {
		guest->is_refused = false;
		return err;
	}
	/* The first one has that line, too. */
	if (!guest->is_refused)
		pciback_tenant_may_log(&guest->claimant.tenant);
	guest->is_refused = true;
	steps_refuse(guest, err);
	return err;
}

static void steps_setup(struct pciback_guest *guest)
{
	if (steps_sync(guest))
		steps_switch(guest, XenbusStateInitialised);
}

static void steps_connect(struct pciback_guest *guest)
{
	/* A frontend that starts over gets its page mapped anew. */
	pciback_steps_disconnect(guest);
	if (steps_sync(guest) && !steps_open_ring(guest)) {
		WRITE_ONCE(guest->claimant.is_mute, false);
		steps_switch(guest, XenbusStateConnected);
	}
}

static void steps_reconfigure(struct pciback_guest *guest)
{
	if (!steps_sync(guest))
		return;
	/* A frontend that was overtaken by the toolstack is not connected yet. */
	if (guest->ring.page || !steps_open_ring(guest))
		steps_switch(guest, XenbusStateReconfigured);
}

static void steps_close(struct pciback_guest *guest)
{
	pciback_steps_disconnect(guest);
	steps_keep_if_online(guest);
	if (!guest->trouble)
		steps_switch(guest, XenbusStateClosed);
}

static void steps_left(struct pciback_guest *guest)
{
	bool is_online;

	pciback_steps_disconnect(guest);
	is_online = steps_keep_if_online(guest);
	if (!guest->trouble)
		steps_switch(guest, is_online ? XenbusStateInitWait :
						XenbusStateClosed);
}

static void steps_closing(struct pciback_guest *guest)
{
	pciback_steps_disconnect(guest);
	steps_switch(guest, XenbusStateClosing);
}

static void steps_restart(struct pciback_guest *guest)
{
	if (!steps_keep_if_online(guest) || guest->trouble)
		return;
	pciback_steps_disconnect(guest);
	steps_switch(guest, XenbusStateInitWait);
}

/* A frontend that was replaced faster than we could look at its states. */
static void steps_reconnect(struct pciback_guest *guest)
{
	struct pciback_offer offer;
	int err = pciback_xenstore_offer(guest->front, &offer);

	if (err == -ENOMEM)
		guest->trouble = err;
	if (!err && !pciback_ring_is_connected_to(&guest->ring, offer.ref,
						  offer.port))
		steps_connect(guest);
}

/* The worker comes again, for this step, if nothing changes until then. */
static void steps_pause(struct pciback_guest *guest)
{
	guest->due = (jiffies + STEPS_PAUSE) ?: 1;
	pciback_guest_kick_later(guest, STEPS_PAUSE + 1);
}

static bool steps_is_due(struct pciback_guest *guest)
{
	if (!guest->due)
		steps_pause(guest);
	return time_after_eq(jiffies, guest->due);
}

static void steps_reopen(struct pciback_guest *guest)
{
	if (steps_keep_if_online(guest) && !guest->trouble &&
	    steps_is_due(guest))
		steps_switch(guest, XenbusStateInitWait);
}

/* Once until a frontend is Connected: one that cannot be helped is not urged on. */
static void steps_revive(struct pciback_guest *guest)
{
	bool is_online;
	int err;

	if (guest->is_revived || !steps_is_due(guest))
		return;
	guest->trouble = pciback_xenstore_is_online(guest->xdev, &is_online);
	if (guest->trouble || !is_online)
		return;
	pciback_steps_disconnect(guest);
	err = pciback_xenstore_start_over(guest->xdev, guest->front, guest->own);
	if (err == -ENOMEM) {
		guest->trouble = err;
		return;
	}
	if (err == -ECANCELED) {
		steps_pause(guest);
		return;
	}
	guest->is_revived = true;
	if (pciback_tenant_may_log(&guest->claimant.tenant))
		dev_warn(&guest->xdev->dev,
			 "domain %u: its frontend left without a word, starting over: %d\n",
			 guest->claimant.tenant.domid, err);
}

/* Most frontends scan their bus now, which takes them a moment. */
static void steps_await(struct pciback_guest *guest)
{
	steps_reconnect(guest);
	if (!guest->ring.page || guest->trouble || guest->is_revived ||
	    !steps_is_due(guest))
		return;
	if (pciback_ring_is_left(&guest->ring))
		steps_revive(guest);
	else
		steps_pause(guest);
}

static void steps_do(struct pciback_guest *guest, enum pciback_handshake step)
{
	switch (step) {
	case PCIBACK_HS_WAIT:
		break;
	case PCIBACK_HS_START:
		steps_switch(guest, XenbusStateInitWait);
		break;
	case PCIBACK_HS_SETUP:
		steps_setup(guest);
		break;
	case PCIBACK_HS_SYNC:
		steps_sync(guest);
		break;
	case PCIBACK_HS_CONNECT:
		steps_connect(guest);
		break;
	case PCIBACK_HS_RECONFIGURE:
		steps_reconfigure(guest);
		break;
	case PCIBACK_HS_CONNECTED:
		steps_switch(guest, XenbusStateConnected);
		break;
	case PCIBACK_HS_CLOSING:
		steps_closing(guest);
		break;
	case PCIBACK_HS_CLOSE:
		steps_close(guest);
		break;
	case PCIBACK_HS_LEFT:
		steps_left(guest);
		break;
	case PCIBACK_HS_RELEASE:
		steps_keep_if_online(guest);
		break;
	case PCIBACK_HS_RESTART:
		steps_restart(guest);
		break;
	case PCIBACK_HS_RECONNECT:
		steps_reconnect(guest);
		break;
	case PCIBACK_HS_REOPEN:
		steps_reopen(guest);
		break;
	case PCIBACK_HS_AWAIT:
		steps_await(guest);
		break;
	case PCIBACK_HS_REVIVE:
		steps_revive(guest);
		break;
	}
}

/* The toolstack may have taken functions off its list, whatever the states are. */
static int steps_sweep(struct pciback_guest *guest)
{
	int err;

	if (!READ_ONCE(guest->is_written))
		return 0;
	WRITE_ONCE(guest->is_written, false);
	err = pciback_hotplug_sweep(guest);
	if (err)
		WRITE_ONCE(guest->is_written, true);
	return err;
}

/*
 * Looks at the two states and makes the step. Caller: the guest's lock. May sleep.
 * Returns 0, or why it has to be made again: -errno, -EAGAIN being nobody's fault.
 */
int pciback_steps_next(struct pciback_guest *guest)
{
	struct xenbus_device *xdev = guest->xdev;
	enum pciback_handshake step;
	enum xenbus_state front;

	lockdep_assert_held(&guest->lock);
	guest->trouble = steps_sweep(guest);
	if (!guest->trouble)
		guest->trouble = pciback_xenstore_state(xdev, xdev->nodename,
							&guest->own);
	if (!guest->trouble)
		guest->trouble = pciback_xenstore_state(xdev, guest->front,
							&front);
	if (guest->trouble)
		return guest->trouble;
	step = pciback_handshake_next(guest->own, front);
	trace_handshake(guest->claimant.tenant.domid, guest->own, front, step);
	if (step != guest->step)
		guest->due = 0;
	guest->step = step;
	if (front == XenbusStateConnected)
		guest->is_revived = false;
	steps_do(guest, step);
	return guest->trouble;
}
