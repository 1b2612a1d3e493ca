// SPDX-License-Identifier: GPL-2.0
/*
 * life - the beginning and the end of one frontend connection
 *
 * In between, its control worker makes the handshake's next step (steps) whenever it
 * is kicked, and what host/ has to say of a function is passed on.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/xenbus.h>

#include "../debugfs.h"
#include "guest.h"
#include "hotplug.h"
#include "life.h"
#include "ops.h"
#include "recover.h"
#include "ring.h"
#include "steps.h"

/* When to look again where a step could not be made. */
#define LIFE_AGAIN	HZ

/* The administrator's choice, at load. */
static bool life_host_topology;

static struct pciback_guest *life_guest(struct pciback_claimant *claimant)
{
	return container_of(claimant, struct pciback_guest, claimant);
}

static void life_claimant_get(struct pciback_claimant *claimant)
{
	pciback_guest_get(life_guest(claimant));
}

static void life_claimant_put(struct pciback_claimant *claimant)
{
	pciback_guest_put(life_guest(claimant));
}

static void life_claimant_retry(struct pciback_claimant *claimant)
{
	pciback_guest_kick(life_guest(claimant));
}

static int life_claimant_ask(struct pciback_claimant *claimant, struct pciback_bdf host)
{
	struct pciback_guest *guest = life_guest(claimant);
	int err = -ENOTCONN;

	/* Held by who waits for the guest's function, perhaps: not now. */
	if (!mutex_trylock(&guest->lock))
		return -EAGAIN;
	if (!READ_ONCE(guest->gone) && guest->ring.page)
		err = pciback_hotplug_ask(guest, host);
	mutex_unlock(&guest->lock);
	return err;
}

static void life_claimant_revoke(struct pciback_claimant *claimant,
				 struct pciback_bdf host)
{
	struct pciback_guest *guest = life_guest(claimant);

	/* Also one that is being taken apart, and has not come to its functions. */
	mutex_lock(&guest->lock);
	if (guest->xdev)
		pciback_hotplug_isolate(guest, host, "taken back by dom0");
	mutex_unlock(&guest->lock);
}

static void life_claimant_error(struct pciback_claimant *claimant,
				struct pciback_fn *fn,
				enum pciback_claimant_event event)
{
	pciback_recover_note(life_guest(claimant), fn, event);
}

static const struct pciback_claimant_ops life_claimant_ops = {
	.get = life_claimant_get,
	.put = life_claimant_put,
	.retry = life_claimant_retry,
	.ask = life_claimant_ask,
	.revoke = life_claimant_revoke,
	.error = life_claimant_error,
};

static void life_step(struct pciback_guest *guest)
{
	int err = pciback_steps_next(guest);

	if (!err)
		return;
	if (err != -EAGAIN && pciback_tenant_may_log(&guest->claimant.tenant))
		dev_warn(&guest->xdev->dev, "domain %u: %d, trying again\n",
			 guest->claimant.tenant.domid, err);
	pciback_guest_kick_later(guest, LIFE_AGAIN);
}

static void life_control(struct work_struct *work)
{
	struct pciback_guest *guest = container_of(work, struct pciback_guest,
						   control);

	mutex_lock(&guest->lock);
	if (!READ_ONCE(guest->gone))
		life_step(guest);
	mutex_unlock(&guest->lock);
}

static void life_again(struct work_struct *work)
{
	pciback_guest_kick(container_of(to_delayed_work(work),
					struct pciback_guest, again));
}

/*
 * Takes the connection apart, whatever the guest is doing: in a worker, for an operation
 * under way may be a reset that takes as long as its device does not come back, and who
 * ends a connection serves all watches of the machine. What the guest has is free when
 * that is done, and who asks for it earlier is told when.
 *
 * 1. the control worker has finished, and does nothing if kicked
 * 2. nobody talks with the guest about errors
 * 3. no event, no operation, no page
 * 4. no functions
 */
static void life_take_apart(struct work_struct *work)
{
	struct pciback_guest *guest = container_of(work, struct pciback_guest, end);
	struct xenbus_device *xdev = guest->xdev;

	/* Each may have queued the other; a step that begins now does nothing. */
	cancel_work_sync(&guest->control);
	cancel_delayed_work_sync(&guest->again);
	cancel_work_sync(&guest->control);
	pciback_recover_stop(guest);

	mutex_lock(&guest->lock);
	pciback_steps_disconnect(guest);
	pciback_hotplug_remove_all(guest);
	guest->xdev = NULL;
	mutex_unlock(&guest->lock);

	pciback_debugfs_del_guest(guest->debugfs);
	put_device(&xdev->dev);
	pciback_guest_put(guest);
}

/*
 * Makes the connection for @xdev and offers it. May sleep; xenwatch thread.
 * Returns it or NULL for no memory.
 */
struct pciback_guest *pciback_life_begin(struct xenbus_device *xdev)
{
	struct pciback_guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL);

	if (!guest)
		return NULL;
	guest->front = kstrdup(xdev->otherend, GFP_KERNEL);
	if (!guest->front) {
		kfree(guest);
		return NULL;
	}
	kref_init(&guest->ref);
	mutex_init(&guest->lock);
	INIT_WORK(&guest->control, life_control);
	INIT_DELAYED_WORK(&guest->again, life_again);
	INIT_WORK(&guest->end, life_take_apart);
	xa_init(&guest->functions);
	guest->xdev = xdev;
	guest->topology.is_host = life_host_topology;
	pciback_claimant_init(&guest->claimant, &life_claimant_ops, xdev->otherend_id);
	pciback_ring_init(&guest->ring, pciback_ops_serve);
	pciback_recover_init(guest);
	guest->debugfs = pciback_debugfs_add_guest(guest->claimant.tenant.domid);
	pciback_claimant_add(&guest->claimant);
	return guest;
}

/*
 * Begins the end of @guest: nobody kicks it for a function, and nothing new starts. May
 * sleep, but not for the guest or its functions; cannot fail. The caller has ended the
 * watches.
 */
void pciback_life_end(struct pciback_guest *guest)
{
	pciback_claimant_del(&guest->claimant);

	/* Without the lock: a step may hold it for as long as a device does not come back. */
	WRITE_ONCE(guest->gone, true);
	WRITE_ONCE(guest->claimant.tenant.leaving, true);
	get_device(&guest->xdev->dev);
	pciback_guest_end(guest);
}

int pciback_life_init(bool host_topology)
{
	int err = pciback_ring_module_init();

	if (err)
		return err;
	err = pciback_recover_module_init();
	if (err)
		goto err_ring;
	life_host_topology = host_topology;
	err = pciback_guest_module_init();
	if (!err)
		return 0;
	pciback_recover_module_exit();
err_ring:
	pciback_ring_module_exit();
	return err;
}

void pciback_life_exit(void)
{
	pciback_guest_module_exit();
	pciback_recover_module_exit();
	pciback_ring_module_exit();
}
