// SPDX-License-Identifier: GPL-2.0
/*
 * reset_bus - a function with all that share its slot or bus
 *
 * Only when everything there is ours and no guest has any of it. Each of the
 * others is held meanwhile: no guest can claim it, and who unbinds it waits for
 * the end (pciback_hold_wait()), or makes the PCI core's reset find a lock
 * taken. So what was ours when it was looked at is ours when it is reset.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <linux/xarray.h>

#include "../fn/function.h"
#include "../fn/power.h"
#include "../fn/reset.h"
#include "../fn/tenant.h"
#include "../fn/xen.h"
#include "hold.h"
#include "registry.h"
#include "reset_bus.h"

/* How long toolstacks may take to give a guest all functions of a card, one after the other. */
#define RESET_BUS_RECENT	(10 * HZ)

/* What a reset of the slot or bus would take along. */
struct reset_party {
	struct pciback_fn *fn;		/* who wants it */
	struct pci_slot *slot;		/* only what is in there; NULL: the bus */
	struct xarray others;		/* held, by pciback_bdf_key() */
	struct seq_buf blockers;	/* who is in the way */
	bool guests_only;		/* and they are guests' */
	int err;
};

static void party_block(struct reset_party *party, struct pci_dev *dev,
			const char *why)
{
	seq_buf_printf(&party->blockers, "%s%s (%s)", party->err ? ", " : "",
		       pci_name(dev), why);
	party->err = -EBUSY;
}

static void party_block_dom0(struct reset_party *party, struct pci_dev *dev,
			     const char *why)
{
	party->guests_only = false;
	party_block(party, dev, why);
}

static void party_block_claimed(struct reset_party *party, struct pciback_fn *fn)
{
	char why[24] = "a guest that leaves";
	bool gone;

	mutex_lock(&fn->lock);
	gone = fn->custody.state == PCIBACK_FN_GONE;
	if (fn->tenant)
		snprintf(why, sizeof(why), "domain %u", fn->tenant->domid);
	mutex_unlock(&fn->lock);
	if (gone)
		party_block_dom0(party, fn->dev, "going away");
	else
		party_block(party, fn->dev, why);
}

/* A guest may have it without our doing; not so who has had it by us, and let go. */
static void party_ask(struct reset_party *party, struct pciback_fn *fn)
{
	switch (pciback_xen_ask_owner(fn)) {
	case PCIBACK_XEN_DOM0:
		break;
	case PCIBACK_XEN_GUEST:
		if (!READ_ONCE(fn->taken))
			party_block(party, fn->dev, "a domain, says Xen");
		break;
	case PCIBACK_XEN_UNKNOWN:
		party_block_dom0(party, fn->dev, "Xen does not say whose");
		break;
	}
}

/* Holds @fn, whose count goes over to the party. */
static void party_join(struct reset_party *party, struct pciback_fn *fn)
{
	int err;

	if (pciback_hold(fn)) {
		party_block_claimed(party, fn);
		pciback_fn_put(fn);
		return;
	}
	if (pciback_reset_is_forbidden(fn))
		party_block_dom0(party, fn->dev, PCIBACK_RESET_EMPTY);
	if (pci_num_vf(fn->dev))
		party_block_dom0(party, fn->dev, "has virtual functions");
	party_ask(party, fn);
	err = xa_insert(&party->others, pciback_bdf_key(fn->bdf), fn, GFP_KERNEL);
	if (err) {
		pciback_hold_end(fn);
		pciback_fn_put(fn);
		party->err = err;
	}
}

/* Is @dev in the slot that is reset, or behind something in it? */
static bool party_concerns(const struct reset_party *party, struct pci_dev *dev)
{
	while (dev->bus != party->fn->dev->bus)
		dev = dev->bus->self;
	return !party->slot || dev->slot == party->slot;
}

/* Visits each function on the bus and below; a non-zero answer ends the walk. */
static int party_invite(struct pci_dev *dev, void *data)
{
	struct reset_party *party = data;
	struct pciback_fn *fn;

	/* A bridge has nothing of its own: what is behind it is asked. */
	if (dev == party->fn->dev || dev->hdr_type != PCI_HEADER_TYPE_NORMAL ||
	    !party_concerns(party, dev))
		return 0;
	fn = pciback_registry_find(pciback_fn_bdf(dev));
	if (fn)
		party_join(party, fn);
	else
		party_block_dom0(party, dev, READ_ONCE(dev->dev.driver) ?
				 dev_driver_string(&dev->dev) : "not seized");
	return party->err == -ENOMEM;
}

/* What has been reset along with the one it was done for is as good as new. */
static void party_credit(struct pciback_fn *fn, const char *method)
{
	mutex_lock(&fn->lock);
	if (pciback_custody_reset_along(&fn->custody)) {
		fn->reset_method = method;
		fn->reset_note[0] = '\0';
		fn->reset_at = jiffies ?: 1;
	}
	mutex_unlock(&fn->lock);
	pciback_power_sleep_maybe(fn);
}

/* Xen is told of each, which has forgotten all. Returns 0 or -errno. */
static int party_tell_xen(struct reset_party *party)
{
	int err = pciback_xen_was_reset(party->fn->dev), one;
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&party->others, key, fn) {
		one = pciback_xen_was_reset(fn->dev);
		err = err ?: one;
	}
	return err;
}

static void party_dismiss(struct reset_party *party)
{
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&party->others, key, fn) {
		if (!party->err)
			party_credit(fn, party->slot ? "slot" : "bus");
		pciback_hold_end(fn);
		pciback_fn_put(fn);
	}
	xa_destroy(&party->others);
}

static void party_reset(struct reset_party *party)
{
	struct pciback_fn *fn = party->fn;
	char note[PCIBACK_RESET_NOTE] = "";

	seq_buf_init(&party->blockers, note, sizeof(note));
	seq_buf_printf(&party->blockers, "in the way: ");
	party_ask(party, fn);
	pci_walk_bus(fn->dev->bus, party_invite, party);
	if (party->err) {
		note[sizeof(note) - 1] = '\0';
		pciback_reset_note(fn, NULL, note);
		mutex_lock(&fn->lock);
		fn->reset_waits = party->err == -EBUSY && party->guests_only;
		mutex_unlock(&fn->lock);
		return;
	}
	pciback_reset_note(fn, party->slot ? "slot" : "bus", "");
	/* Saves and restores what each of them holds. */
	party->err = pci_reset_bus(fn->dev);
	if (!party->err)
		party->err = party_tell_xen(party);
}

/*
 * Toolstacks ask for each function of a card, also when the guest has the first one already:
 * that one's reset was for all of them.
 */
static bool party_was_for_all(const struct reset_party *party)
{
	struct pciback_fn *fn = party->fn;
	bool was;

	mutex_lock(&fn->lock);
	was = fn->reset_waits && pciback_custody_is_as_new(&fn->custody) && fn->reset_at &&
	      time_before(jiffies, fn->reset_at + RESET_BUS_RECENT);
	/* Who asks once more may have had it meanwhile, and have told nobody. */
	fn->reset_at = 0;
	mutex_unlock(&fn->lock);
	return was;
}

/*
 * Resets the slot or bus that @fn is on, if everything there is ours and idle.
 * Caller: no lock of any device, @fn is CLEANING and has been restored. May
 * sleep. Returns 0, also where that was done just before and a guest has some of it since,
 * -ENOTTY (cannot be done here), -EBUSY (fn->reset_note names who is in the way), -EAGAIN
 * (somebody holds a lock: later) or -errno.
 */
int pciback_reset_bus(struct pciback_fn *fn)
{
	struct reset_party party = { .fn = fn, .guests_only = true };
	struct pci_dev *dev = fn->dev;

	if (dev->slot && !pci_probe_reset_slot(dev->slot))
		party.slot = dev->slot;
	if (pci_is_root_bus(dev->bus) ||
	    (!party.slot && pci_probe_reset_bus(dev->bus))) {
		pciback_reset_note(fn, NULL, "no method fits");
		return -ENOTTY;
	}
	xa_init(&party.others);
	party_reset(&party);
	party_dismiss(&party);
	if (!party_was_for_all(&party))
		return party.err;
	pciback_reset_note(fn, party.slot ? "slot" : "bus", "");
	return 0;
}
