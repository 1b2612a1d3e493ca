// SPDX-License-Identifier: GPL-2.0
/*
 * guest - the life of one frontend connection
 *
 * Made and ended here; in between, its control worker makes the handshake's next
 * step (steps) whenever it is kicked.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/xenbus.h>

#include "../debugfs.h"
#include "../host/registry.h"
#include "guest.h"
#include "hotplug.h"
#include "ring.h"
#include "steps.h"

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

static void guest_step(struct pciback_guest *guest)
{
	int err = pciback_steps_next(guest);

	if (!err)
		return;
	if (err != -EAGAIN && pciback_claim_may_log(&guest->claim))
		dev_warn(&guest->xdev->dev, "domain %u: %d, trying again\n",
			 guest->claim.domid, err);
	queue_delayed_work(guest_wq, &guest->again, GUEST_AGAIN);
}

static void guest_control(struct work_struct *work)
{
	struct pciback_guest *guest = container_of(work, struct pciback_guest,
						   control);

	mutex_lock(&guest->lock);
	if (!guest->gone)
		guest_step(guest);
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

/* The same @delay jiffies from now, instead of any later time asked for before. */
void pciback_guest_kick_later(struct pciback_guest *guest, unsigned long delay)
{
	mod_delayed_work(guest_wq, &guest->again, delay);
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
	pciback_steps_disconnect(guest);
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
