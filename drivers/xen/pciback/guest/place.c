// SPDX-License-Identifier: GPL-2.0
/*
 * place - where a guest sees its functions
 *
 * The toolstack may wish for a slot. The answer is in vdev-N, and the bus in root-N.
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
#include "../host/pages.h"
#include "guest.h"
#include "place.h"
#include "ring.h"
#include "xenstore.h"

/* Makes sure that the frontend knows of the bus @at is on. */
static int place_publish_root(struct pciback_guest *guest,
			      struct pciback_bdf at)
{
	u32 root = pciback_bdf_key(at) >> 8;
	unsigned int i;
	int err;

	for (i = 0; i < guest->nroots; i++)
		if (guest->roots[i] == root)
			return 0;
	if (guest->nroots == PCIBACK_GUEST_ROOTS)
		return -ENOSPC;
	err = pciback_xenstore_publish_root(guest->xdev, guest->nroots, at);
	if (!err)
		guest->roots[guest->nroots++] = root;
	return err;
}

static bool place_same_device(struct pciback_bdf one, struct pciback_bdf two)
{
	return (pciback_bdf_key(one) ^ pciback_bdf_key(two)) < 8;
}

/* Is dev-@n another function of @placement's device, wished for the same devfn? */
static bool place_is_sibling(struct pciback_guest *guest, unsigned int n,
			     const struct pciback_placement *placement)
{
	struct pciback_bdf host;
	int wish;

	return !pciback_xenstore_wish(guest->xdev, n, &wish) &&
	       wish == placement->wish &&
	       !pciback_xenstore_dev(guest->xdev, n, &host) &&
	       place_same_device(host, placement->host) &&
	       host.devfn != placement->host.devfn;
}

/* Who is to be function 0 anyway is not asked for. */
static int place_find_siblings(struct pciback_guest *guest,
			       struct pciback_placement *placement)
{
	unsigned int n, count;
	int err;

	if (placement->wish == PCIBACK_ANY_DEVFN || placement->wish & 7 ||
	    !pciback_bdf_func(placement->host))
		return 0;
	err = pciback_xenstore_num_devs(guest->xdev, &count);
	for (n = 0; !placement->has_siblings && n < count; n++)
		placement->has_siblings = place_is_sibling(guest, n, placement);
	return err;
}

/* @fn is at @to from now on. Nobody has looked yet. Returns 0 or -errno: it is at @from. */
static int place_move(struct pciback_guest *guest, struct pciback_fn *fn,
		      struct pciback_bdf from, struct pciback_bdf to)
{
	int err = xa_err(xa_store(&guest->functions, pciback_bdf_key(to), fn,
				  GFP_KERNEL));

	if (err)
		return err;
	err = pciback_xenstore_publish_dev(guest->xdev, fn->number, to);
	if (err) {
		xa_erase(&guest->functions, pciback_bdf_key(to));
		return err;
	}
	xa_erase(&guest->functions, pciback_bdf_key(from));
	pciback_debugfs_taken(fn);
	pciback_debugfs_given(guest->debugfs, fn, to);
	mutex_lock(&fn->lock);
	WRITE_ONCE(fn->guest_bdf, to);
	mutex_unlock(&fn->lock);
	pci_info(fn->dev, "is %04x:%02x:%02x.%u there: others of its device have come\n",
		 to.domain, to.bus, pciback_bdf_slot(to), pciback_bdf_func(to));
	return 0;
}

/* Is @fn still dev-N of the number it was given as, and nothing else asked of it? */
static bool place_is_settled(struct pciback_guest *guest, const struct pciback_fn *fn)
{
	enum xenbus_state state;
	struct pciback_bdf host;

	return !pciback_xenstore_dev(guest->xdev, fn->number, &host) &&
	       pciback_bdf_key(host) == pciback_bdf_key(fn->bdf) &&
	       !pciback_xenstore_dev_state(guest->xdev, fn->number, &state) &&
	       state == XenbusStateInitialised;
}

/*
 * Toolstacks list functions one by one. Who came first to the slot that @placement is
 * wished for is function 0 there, until another of its device comes: then it gets its own
 * number, if no frontend has looked yet. Returns 0 or -errno.
 */
static int place_make_room(struct pciback_guest *guest,
			   const struct pciback_placement *placement)
{
	struct pciback_bdf from = { .devfn = placement->wish }, to;
	struct pciback_placement again = {
		.has_siblings = true, .wish = placement->wish,
	};
	struct pciback_fn *fn;
	int err;

	if (guest->topology.is_host || guest->ring.page ||
	    placement->wish == PCIBACK_ANY_DEVFN || placement->wish & 7)
		return 0;
	fn = xa_load(&guest->functions, pciback_bdf_key(from));
	if (!fn || !pciback_bdf_func(fn->bdf) ||
	    !place_same_device(fn->bdf, placement->host) ||
	    !place_is_settled(guest, fn))
		return 0;
	again.host = fn->bdf;
	again.is_virtfn = fn->dev->is_virtfn;
	if (pciback_topology_place(&guest->topology, &again, &to))
		return 0;
	err = place_move(guest, fn, from, to);
	pciback_topology_unplace(&guest->topology, err ? to : from);
	return err;
}

/*
 * Finds a place in the guest for @fn, which is the toolstack's number @n, and tells of it.
 * Returns 0, as pciback_topology_place(), or xenstore's error.
 */
int pciback_place(struct pciback_guest *guest, struct pciback_fn *fn, unsigned int n)
{
	struct pciback_placement placement = {
		.host = fn->bdf,
		.is_virtfn = fn->dev->is_virtfn,
	};
	struct pciback_bdf at;
	int err;

	err = pciback_xenstore_wish(guest->xdev, n, &placement.wish);
	if (!err)
		err = place_find_siblings(guest, &placement);
	if (!err)
		err = place_make_room(guest, &placement);
	if (!err)
		err = pciback_topology_place(&guest->topology, &placement, &at);
	if (err)
		return err;
	err = place_publish_root(guest, at);
	if (!err)
		err = xa_err(xa_store(&guest->functions, pciback_bdf_key(at),
				      fn, GFP_KERNEL));
	if (err) {
		pciback_topology_unplace(&guest->topology, at);
		return err;
	}
	err = pciback_xenstore_publish_dev(guest->xdev, n, at);
	if (err) {
		xa_erase(&guest->functions, pciback_bdf_key(at));
		pciback_ring_wait(&guest->ring);
		pciback_topology_unplace(&guest->topology, at);
		return err;
	}
	fn->number = n;
	pciback_claim_placed(fn, at);
	pciback_debugfs_given(guest->debugfs, fn, at);
	pci_info(fn->dev, "given to domain %u as %04x:%02x:%02x.%u\n",
		 guest->claimant.tenant.domid, at.domain, at.bus, pciback_bdf_slot(at),
		 pciback_bdf_func(at));
	pciback_pages_warn(fn);
	return 0;
}
