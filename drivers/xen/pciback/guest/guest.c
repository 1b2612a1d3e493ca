// SPDX-License-Identifier: GPL-2.0
/*
 * guest - walks the handshake of one frontend
 *
 * The control worker looks at the two states, asks core/handshake what to do,
 * and does it. It never remembers where it was: a missed or doubled kick, or a
 * state that changed under it, costs no more than another look. So does want of
 * memory: the worker looks again a second later.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/xenbus.h>

#include "../core/handshake.h"
#include "../debugfs.h"
#include "../host/registry.h"
#include "../trace.h"
#include "guest.h"
#include "hotplug.h"
#include "ring.h"
#include "xenstore.h"

/*
 * How long we stay Closed for a frontend that wants to see it, or Closing for one that
 * may be gone; and how often we look whether it is.
 */
#define GUEST_PAUSE	HZ

/* When to look again where a step could not be made. */
#define GUEST_AGAIN	HZ

static struct workqueue_struct *guest_wq;
static bool guest_host_topology;

static struct pciback_guest *guest_of_claim(struct pciback_claim *claim)
{
	return container_of(claim, struct pciback_guest, claim);
}

static void guest_free(struct kref *ref)
{
	struct pciback_guest *guest = container_of(ref, struct pciback_guest,
						   ref);

	xa_destroy(&guest->functions);
	kfree(guest);
}

static void guest_claim_get(struct pciback_claim *claim)
{
	kref_get(&guest_of_claim(claim)->ref);
}

static void guest_claim_put(struct pciback_claim *claim)
{
	kref_put(&guest_of_claim(claim)->ref, guest_free);
}

static void guest_claim_retry(struct pciback_claim *claim)
{
	pciback_guest_kick(guest_of_claim(claim));
}

static int guest_claim_ask(struct pciback_claim *claim, struct pciback_bdf host)
{
	struct pciback_guest *guest = guest_of_claim(claim);
	int err = -ENOTCONN;

	mutex_lock(&guest->lock);
	if (!guest->gone && guest->ring.page)
		err = pciback_hotplug_ask(guest, host);
	mutex_unlock(&guest->lock);
	return err;
}

static void guest_claim_revoke(struct pciback_claim *claim,
			       struct pciback_bdf host)
{
	struct pciback_guest *guest = guest_of_claim(claim);

	mutex_lock(&guest->lock);
	if (!guest->gone)
		pciback_hotplug_isolate(guest, host, "taken back by dom0");
	mutex_unlock(&guest->lock);
}

static void guest_claim_error(struct pciback_claim *claim,
			      struct pciback_fn *fn,
			      enum pciback_aer_event event)
{
	pciback_recover_note(guest_of_claim(claim), fn, event);
}

static const struct pciback_claim_ops guest_claim_ops = {
	.get = guest_claim_get,
	.put = guest_claim_put,
	.retry = guest_claim_retry,
	.ask = guest_claim_ask,
	.revoke = guest_claim_revoke,
	.error = guest_claim_error,
};

/*
 * Goes on to @state, unless the toolstack, which writes our state, too, has
 * written another one since we looked: then that one comes first. Its write has
 * kicked the worker already.
 */
static void guest_switch(struct pciback_guest *guest, enum xenbus_state state)
{
	int err = pciback_xenstore_switch(guest->xdev, guest->own, state);

	if (!err)
		guest->own = state;
	else if (err != -ECANCELED)
		guest->trouble = err;
}

/* Returns true if all functions listed are given, or refused. */
static bool guest_sync(struct pciback_guest *guest)
{
	int err = pciback_hotplug_sync(guest);

	if (err && err != -EINPROGRESS)
		guest->trouble = err;
	return !err;
}

static void guest_disconnect(struct pciback_guest *guest)
{
	pciback_ring_disconnect(&guest->ring, guest->xdev);
	pciback_hotplug_quiesce_all(guest);
}

/*
 * Functions stay with a domain that will come back; else they are free. Returns
 * false if it will not.
 */
static bool guest_keep_if_online(struct pciback_guest *guest)
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

static void guest_refuse(struct pciback_guest *guest, int err)
{
	if (pciback_claim_may_log(&guest->claim))
		dev_err(&guest->xdev->dev,
			"domain %u: cannot connect: %d%s\n",
			guest->claim.domid, err,
			err == -EPROTO ? " (frontend speaks another protocol)" : "");
	xenbus_printf(XBT_NIL, guest->xdev->nodename, "error",
		      "cannot connect: %d", err);
	guest_switch(guest, XenbusStateClosing);
}

/* Returns 0 or -errno; want of memory is trouble, not the frontend's fault. */
static int guest_open_ring(struct pciback_guest *guest)
{
	struct pciback_offer offer;
	int err = pciback_xenstore_offer(guest->xdev, &offer);

	if (!err)
		err = pciback_ring_connect(&guest->ring, guest->xdev, offer.ref,
					   offer.port);
	if (err == -ENOMEM)
		guest->trouble = err;
	else if (err)
		guest_refuse(guest, err);
	return err;
}

static void guest_setup(struct pciback_guest *guest)
{
	if (guest_sync(guest))
		guest_switch(guest, XenbusStateInitialised);
}

static void guest_connect(struct pciback_guest *guest)
{
	/* A frontend that starts over gets its page mapped anew. */
	guest_disconnect(guest);
	if (guest_sync(guest) && !guest_open_ring(guest))
		guest_switch(guest, XenbusStateConnected);
}

static void guest_reconfigure(struct pciback_guest *guest)
{
	if (!guest_sync(guest))
		return;
	/* A frontend that was overtaken by the toolstack is not connected yet. */
	if (guest->ring.page || !guest_open_ring(guest))
		guest_switch(guest, XenbusStateReconfigured);
}

static void guest_close(struct pciback_guest *guest)
{
	guest_disconnect(guest);
	guest_keep_if_online(guest);
	if (!guest->trouble)
		guest_switch(guest, XenbusStateClosed);
}

static void guest_left(struct pciback_guest *guest)
{
	bool is_online;

	guest_disconnect(guest);
	is_online = guest_keep_if_online(guest);
	if (!guest->trouble)
		guest_switch(guest, is_online ? XenbusStateInitWait :
						XenbusStateClosed);
}

static void guest_closing(struct pciback_guest *guest)
{
	guest_disconnect(guest);
	guest_switch(guest, XenbusStateClosing);
}

static void guest_restart(struct pciback_guest *guest)
{
	if (!guest_keep_if_online(guest) || guest->trouble)
		return;
	guest_disconnect(guest);
	guest_switch(guest, XenbusStateInitWait);
}

/* A frontend that was replaced faster than we could look at its states. */
static void guest_reconnect(struct pciback_guest *guest)
{
	struct pciback_offer offer;
	int err = pciback_xenstore_offer(guest->xdev, &offer);

	if (err == -ENOMEM)
		guest->trouble = err;
	if (!err && !pciback_ring_is_connected_to(&guest->ring, offer.ref,
						  offer.port))
		guest_connect(guest);
}

/* The worker comes again, for this step, if nothing changes until then. */
static void guest_pause(struct pciback_guest *guest)
{
	guest->due = (jiffies + GUEST_PAUSE) ?: 1;
	mod_delayed_work(guest_wq, &guest->again, GUEST_PAUSE + 1);
}

static bool guest_is_due(struct pciback_guest *guest)
{
	if (!guest->due)
		guest_pause(guest);
	return time_after_eq(jiffies, guest->due);
}

static void guest_reopen(struct pciback_guest *guest)
{
	if (guest_keep_if_online(guest) && !guest->trouble &&
	    guest_is_due(guest))
		guest_switch(guest, XenbusStateInitWait);
}

/* Once until a frontend is Connected: one that cannot be helped is not urged on. */
static void guest_revive(struct pciback_guest *guest)
{
	bool is_online;
	int err;

	if (guest->is_revived || !guest_is_due(guest))
		return;
	guest->trouble = pciback_xenstore_is_online(guest->xdev, &is_online);
	if (guest->trouble || !is_online)
		return;
	guest_disconnect(guest);
	err = pciback_xenstore_start_over(guest->xdev, guest->own);
	if (err == -ENOMEM) {
		guest->trouble = err;
		return;
	}
	if (err == -ECANCELED) {
		guest_pause(guest);
		return;
	}
	guest->is_revived = true;
	if (pciback_claim_may_log(&guest->claim))
		dev_warn(&guest->xdev->dev,
			 "domain %u: its frontend left without a word, starting over: %d\n",
			 guest->claim.domid, err);
}

/* Most frontends scan their bus now, which takes them a moment. */
static void guest_await(struct pciback_guest *guest)
{
	guest_reconnect(guest);
	if (!guest->ring.page || guest->trouble || guest->is_revived ||
	    !guest_is_due(guest))
		return;
	if (pciback_ring_is_left(&guest->ring))
		guest_revive(guest);
	else
		guest_pause(guest);
}

static void guest_do(struct pciback_guest *guest, enum pciback_handshake step)
{
	switch (step) {
	case PCIBACK_HS_WAIT:
		break;
	case PCIBACK_HS_START:
		guest_switch(guest, XenbusStateInitWait);
		break;
	case PCIBACK_HS_SETUP:
		guest_setup(guest);
		break;
	case PCIBACK_HS_SYNC:
		guest_sync(guest);
		break;
	case PCIBACK_HS_CONNECT:
		guest_connect(guest);
		break;
	case PCIBACK_HS_RECONFIGURE:
		guest_reconfigure(guest);
		break;
	case PCIBACK_HS_CONNECTED:
		guest_switch(guest, XenbusStateConnected);
		break;
	case PCIBACK_HS_CLOSING:
		guest_closing(guest);
		break;
	case PCIBACK_HS_CLOSE:
		guest_close(guest);
		break;
	case PCIBACK_HS_LEFT:
		guest_left(guest);
		break;
	case PCIBACK_HS_RELEASE:
		guest_keep_if_online(guest);
		break;
	case PCIBACK_HS_RESTART:
		guest_restart(guest);
		break;
	case PCIBACK_HS_RECONNECT:
		guest_reconnect(guest);
		break;
	case PCIBACK_HS_REOPEN:
		guest_reopen(guest);
		break;
	case PCIBACK_HS_AWAIT:
		guest_await(guest);
		break;
	case PCIBACK_HS_REVIVE:
		guest_revive(guest);
		break;
	}
}

static void guest_look(struct pciback_guest *guest)
{
	struct xenbus_device *xdev = guest->xdev;
	enum pciback_handshake step;
	enum xenbus_state front;

	guest->trouble = pciback_xenstore_state(xdev, xdev->nodename,
						&guest->own);
	if (!guest->trouble)
		guest->trouble = pciback_xenstore_state(xdev, xdev->otherend,
							&front);
	if (guest->trouble)
		return;
	step = pciback_handshake_next(guest->own, front);
	trace_handshake(guest->claim.domid, guest->own, front, step);
	if (step != guest->step)
		guest->due = 0;
	guest->step = step;
	if (front == XenbusStateConnected)
		guest->is_revived = false;
	guest_do(guest, step);
}

static void guest_control(struct work_struct *work)
{
	struct pciback_guest *guest = container_of(work, struct pciback_guest,
						   control);

	mutex_lock(&guest->lock);
	if (!guest->gone) {
		guest_look(guest);
		if (guest->trouble) {
			if (guest->trouble != -EAGAIN &&
			    pciback_claim_may_log(&guest->claim))
				dev_warn(&guest->xdev->dev,
					 "domain %u: %d, trying again\n",
					 guest->claim.domid, guest->trouble);
			queue_delayed_work(guest_wq, &guest->again, GUEST_AGAIN);
		}
	}
	mutex_unlock(&guest->lock);
}

static void guest_again(struct work_struct *work)
{
	pciback_guest_kick(container_of(to_delayed_work(work),
					struct pciback_guest, again));
}

/* Has the control worker look at the states. Any context. */
void pciback_guest_kick(struct pciback_guest *guest)
{
	queue_work(guest_wq, &guest->control);
}

/*
 * Makes the connection for @xdev and offers it. May sleep; xenwatch thread.
 * Returns it or NULL for no memory.
 */
struct pciback_guest *pciback_guest_create(struct xenbus_device *xdev)
{
	struct pciback_guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL);

	if (!guest)
		return NULL;
	kref_init(&guest->ref);
	mutex_init(&guest->lock);
	INIT_WORK(&guest->control, guest_control);
	INIT_DELAYED_WORK(&guest->again, guest_again);
	xa_init(&guest->functions);
	guest->xdev = xdev;
	guest->topology.is_host = guest_host_topology;
	pciback_claim_init(&guest->claim, &guest_claim_ops, xdev->otherend_id);
	pciback_ring_init(&guest->ring);
	pciback_recover_init(guest);
	guest->debugfs = pciback_debugfs_add_guest(guest->claim.domid);
	pciback_registry_add_claim(&guest->claim);
	return guest;
}

/*
 * Takes the connection apart, whatever the guest is doing. May sleep, as long
 * as an operation under way; cannot fail. The caller has ended the watches.
 *
 * 1. nobody kicks the control worker for a function
 * 2. the control worker has finished, and does nothing if kicked
 * 3. nobody talks with the guest about errors
 * 4. no event, no operation, no page
 * 5. no functions
 */
void pciback_guest_destroy(struct pciback_guest *guest)
{
	pciback_registry_del_claim(&guest->claim);

	mutex_lock(&guest->lock);
	guest->gone = true;
	mutex_unlock(&guest->lock);
	cancel_delayed_work_sync(&guest->again);
	cancel_work_sync(&guest->control);
	pciback_recover_stop(guest);

	mutex_lock(&guest->lock);
	guest_disconnect(guest);
	pciback_hotplug_remove_all(guest);
	guest->xdev = NULL;
	mutex_unlock(&guest->lock);

	pciback_debugfs_del_guest(guest->debugfs);
	guest_claim_put(&guest->claim);
}

int pciback_guest_init(bool host_topology)
{
	int err = pciback_ring_module_init();

	if (err)
		return err;
	err = pciback_recover_module_init();
	if (err)
		goto err_ring;
	guest_host_topology = host_topology;
	guest_wq = alloc_workqueue("pciback-guests", WQ_UNBOUND | WQ_FREEZABLE, 0);
	if (guest_wq)
		return 0;
	err = -ENOMEM;
	pciback_recover_module_exit();
err_ring:
	pciback_ring_module_exit();
	return err;
}

void pciback_guest_exit(void)
{
	destroy_workqueue(guest_wq);
	pciback_recover_module_exit();
	pciback_ring_module_exit();
}
