// SPDX-License-Identifier: GPL-2.0
/*
 * hotplug - gives functions to a guest and takes them back
 *
 * The toolstack's list is dev-N with state-N: Initialising asks for a function,
 * Closing gives one up. A function is known by its host address; its N changes
 * whenever the toolstack renumbers. One that cannot be given is left out with
 * the reason beside it, and the others are not touched.
 *
 * Caller, everywhere: the guest's lock. All of this may sleep.
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/xarray.h>

#include "../core/bdf.h"
#include "../core/topology.h"
#include "../debugfs.h"
#include "../fn/function.h"
#include "../host/claim.h"
#include "../host/registry.h"
#include "../host/together.h"
#include "guest.h"
#include "hotplug.h"
#include "place.h"
#include "ring.h"
#include "xenstore.h"

static struct pciback_fn *hotplug_find(struct pciback_guest *guest,
				       struct pciback_bdf host,
				       struct pciback_bdf *at)
{
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&guest->functions, key, fn) {
		if (pciback_bdf_key(fn->bdf) != pciback_bdf_key(host))
			continue;
		*at = pciback_bdf_from_key(key);
		return fn;
	}
	return NULL;
}

/* Takes the function at @at out of the guest, which may be using it. */
static void hotplug_drop(struct pciback_guest *guest, struct pciback_fn *fn,
			 struct pciback_bdf at)
{
	/* 1. no operation finds it any more */
	xa_erase(&guest->functions, pciback_bdf_key(at));
	/* 2. none that found it before is still under way */
	pciback_ring_wait(&guest->ring);
	/* 3. nobody looks on, as the guest */
	pciback_debugfs_taken(fn);
	/* 4. nobody else touches it: quiesce, and clean in the background */
	pciback_topology_unplace(&guest->topology, at);
	pciback_claim_release(fn);
	pci_info(fn->dev, "taken from domain %u\n", guest->claimant.tenant.domid);
	pciback_fn_put(fn);
}

static int hotplug_add(struct pciback_guest *guest, unsigned int n,
		       struct pciback_bdf host)
{
	struct pciback_fn *fn = pciback_registry_find(host);
	int err;

	if (!fn)
		return -ENODEV;
	err = pciback_claim_take(fn, &guest->claimant.tenant);
	if (!err) {
		err = pciback_place(guest, fn, n);
		if (err)
			pciback_claim_release(fn);
	}
	if (err)
		pciback_fn_put(fn);
	return err;
}

/* In @text where it is not always the same. */
static const char *hotplug_why(struct pciback_guest *guest, struct pciback_bdf host,
			       int err, char text[PCIBACK_TOGETHER_WHY])
{
	switch (err) {
	case -EXDEV:
		pciback_together_why(host, guest->claimant.tenant.domid, text);
		return text;
	case -EINVAL:
		return "not an address, or no such place in the guest";
	case -ENODEV:
		return "not seized by pciback";
	case -EBUSY:
		return "in use by another domain, or its place in the guest is taken";
	case -EPERM:
		return "not reset (reset_policy), see its reset_result";
	case -EOPNOTSUPP:
		return "a bridge cannot be given to a guest";
	case -ENOSPC:
		return "the guest's buses are full";
	case -ENOENT:
		return "its key, or the guest's device, is gone from xenstore";
	case -ENOMEM:
		return "no memory";
	default:
		return "internal error, see the log";
	}
}

/* Returns 0 or, if the function will be ready later, -EINPROGRESS. */
static int hotplug_sync_add(struct pciback_guest *guest, unsigned int n)
{
	char text[PCIBACK_BDF_STRLEN], room[PCIBACK_TOGETHER_WHY];
	struct pciback_bdf host = { 0 }, at;
	const char *why;
	int err;

	err = pciback_xenstore_dev(guest->xdev, n, &host);
	if (!err && hotplug_find(guest, host, &at))
		err = pciback_xenstore_publish_dev(guest->xdev, n, at);
	else if (!err)
		err = hotplug_add(guest, n, host);
	if (err == -EAGAIN)
		return -EINPROGRESS;
	if (err) {
		why = hotplug_why(guest, host, err, room);
		pciback_xenstore_explain_dev(guest->xdev, n, why);
		pciback_xenstore_close_dev(guest->xdev, n);
		pciback_bdf_format(host, text);
		dev_err(&guest->xdev->dev, "dev-%u (%s) not given: %s (%d)\n",
			n, text, why, err);
	}
	return 0;
}

/*
 * What is no address was never given. What the guest has not, it had: by now it has
 * seen that it is gone (pciback_hotplug_isolate()).
 */
static int hotplug_sync_remove(struct pciback_guest *guest, unsigned int n)
{
	struct pciback_bdf host;
	int err = pciback_xenstore_dev(guest->xdev, n, &host);

	if (!err && !pciback_hotplug_remove(guest, host))
		pciback_xenstore_close_dev(guest->xdev, n);
	return err == -EINVAL || err == -ENOENT ? 0 : err;
}

static int hotplug_sync_one(struct pciback_guest *guest, unsigned int n)
{
	enum xenbus_state state;
	int err = pciback_xenstore_dev_state(guest->xdev, n, &state);

	if (err)
		return err;
	switch (state) {
	case XenbusStateInitialising:
		return hotplug_sync_add(guest, n);
	case XenbusStateClosing:
		return hotplug_sync_remove(guest, n);
	default:
		return 0;
	}
}

/*
 * Goes through the list once. Returns 0, -EINPROGRESS if some function is still
 * being cleaned after another guest (the claimant's retry comes when it is ready), or
 * xenstore's error: the list could not be read.
 */
int pciback_hotplug_sync(struct pciback_guest *guest)
{
	unsigned int n, count;
	int one, err = pciback_xenstore_num_devs(guest->xdev, &count);

	for (n = 0; n < count; n++) {
		one = hotplug_sync_one(guest, n);
		if (!err || err == -EINPROGRESS)
			err = one ?: err;
	}
	return err;
}

static bool hotplug_is_number(struct pciback_guest *guest, struct pciback_bdf host,
			      unsigned int n)
{
	struct pciback_bdf at;

	return !pciback_xenstore_dev(guest->xdev, n, &at) &&
	       pciback_bdf_key(at) == pciback_bdf_key(host);
}

/*
 * The toolstack's number for the function at @host: most times still what it was when it
 * was given. Returns 0, -ENOENT or xenstore's error.
 */
static int hotplug_number(struct pciback_guest *guest, struct pciback_bdf host,
			  unsigned int *number)
{
	struct pciback_bdf at;
	struct pciback_fn *fn = hotplug_find(guest, host, &at);
	unsigned int count;
	int err;

	if (fn) {
		*number = fn->number;
		if (hotplug_is_number(guest, host, *number))
			return 0;
	}
	err = pciback_xenstore_num_devs(guest->xdev, &count);
	if (err)
		return err;
	for (*number = 0; *number < count; (*number)++)
		if (hotplug_is_number(guest, host, *number))
			return 0;
	return -ENOENT;
}

/*
 * Takes back what the toolstack does not list any more: it need not have said so before
 * by state-N, or not for as long as it takes us to look. Returns 0 or xenstore's error.
 */
int pciback_hotplug_sweep(struct pciback_guest *guest)
{
	struct pciback_fn *fn;
	unsigned int number;
	unsigned long key;
	bool lists;
	int err;

	xa_for_each(&guest->functions, key, fn) {
		if (hotplug_number(guest, fn->bdf, &number) != -ENOENT)
			continue;
		err = pciback_xenstore_lists(guest->xdev, fn->bdf, &lists);
		if (err)
			return err;
		if (!lists)
			hotplug_drop(guest, fn, pciback_bdf_from_key(key));
	}
	return 0;
}

/*
 * Asks the frontend to let go of the function at @host, as toolstacks do: its
 * answer is a reconfiguration like any other. Returns 0, -EAGAIN (there is one
 * under way), -ENOENT (not in the toolstack's list) or xenstore's error.
 */
int pciback_hotplug_ask(struct pciback_guest *guest, struct pciback_bdf host)
{
	unsigned int n;
	int err;

	err = hotplug_number(guest, host, &n);
	if (!err)
		err = pciback_xenstore_ask_dev(guest->xdev, n);
	if (!err)
		err = pciback_xenstore_switch(guest->xdev, XenbusStateConnected,
					      XenbusStateReconfiguring);
	return err == -ECANCELED ? -EAGAIN : err;
}

/* Takes the function at @host back. Returns false if the guest has no such. */
bool pciback_hotplug_remove(struct pciback_guest *guest,
			    struct pciback_bdf host)
{
	struct pciback_bdf at;
	struct pciback_fn *fn = hotplug_find(guest, host, &at);

	if (fn)
		hotplug_drop(guest, fn, at);
	return fn;
}

/* Is the frontend still to see that it is asked to let go of dev-@n? */
static bool hotplug_is_asked(struct pciback_guest *guest, unsigned int n)
{
	struct xenbus_device *xdev = guest->xdev;
	enum xenbus_state own, state;

	return !pciback_xenstore_state(xdev, xdev->nodename, &own) &&
	       own == XenbusStateReconfiguring &&
	       !pciback_xenstore_dev_state(xdev, n, &state) &&
	       state == XenbusStateClosing;
}

/*
 * The same, for a reason that the toolstack does not know yet. A frontend that was
 * asked and has not answered will look for state-N when it does.
 */
void pciback_hotplug_isolate(struct pciback_guest *guest,
			     struct pciback_bdf host, const char *why)
{
	unsigned int n;

	if (!hotplug_number(guest, host, &n)) {
		pciback_xenstore_explain_dev(guest->xdev, n, why);
		if (!hotplug_is_asked(guest, n))
			pciback_xenstore_close_dev(guest->xdev, n);
	}
	pciback_hotplug_remove(guest, host);
}

/* Says @why beside the function at @host, which the guest keeps. */
void pciback_hotplug_explain(struct pciback_guest *guest,
			     struct pciback_bdf host, const char *why)
{
	unsigned int n;

	if (!hotplug_number(guest, host, &n))
		pciback_xenstore_explain_dev(guest->xdev, n, why);
}

void pciback_hotplug_remove_all(struct pciback_guest *guest)
{
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&guest->functions, key, fn)
		hotplug_drop(guest, fn, pciback_bdf_from_key(key));
}

/* Stops what a frontend that left has started. Caller also: disconnected. */
void pciback_hotplug_quiesce_all(struct pciback_guest *guest)
{
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&guest->functions, key, fn)
		pciback_claim_quiesce(fn);
}
