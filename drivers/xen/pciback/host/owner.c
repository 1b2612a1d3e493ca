// SPDX-License-Identifier: GPL-2.0
/*
 * owner - who has a function that we have given to nobody
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/xenbus.h>

#include "../fn/function.h"
#include "../fn/power.h"
#include "../fn/tenant.h"
#include "../fn/xen.h"
#include "clean.h"
#include "owner.h"
#include "registry.h"

/* The domain that libxl keeps in xenstore for the function; it may be out of date. */
static int owner_by_record(const struct pciback_fn *fn)
{
	unsigned int domid;
	char path[40];

	snprintf(path, sizeof(path), "/libxl/pci/%04x-%02x-%02x-%u", fn->bdf.domain,
		 fn->bdf.bus, pciback_bdf_slot(fn->bdf), pciback_bdf_func(fn->bdf));
	if (xenbus_scanf(XBT_NIL, path, "domid", "%u", &domid) != 1 || !domid ||
	    domid >= DOMID_FIRST_RESERVED)
		return PCIBACK_OWNER_UNKNOWN;
	return domid;
}

/* The guest that has @fn by our connection, or PCIBACK_OWNER_NONE. */
static int owner_by_tenant(struct pciback_fn *fn)
{
	int domid;

	mutex_lock(&fn->lock);
	domid = fn->tenant ? fn->tenant->domid : PCIBACK_OWNER_NONE;
	mutex_unlock(&fn->lock);
	return domid;
}

/*
 * Who has @fn, or may still reach what we have taken from it: the number of a domain,
 * PCIBACK_OWNER_NONE, or PCIBACK_OWNER_UNKNOWN (a domain, and nobody says which). May sleep.
 */
int pciback_owner(struct pciback_fn *fn)
{
	int domid = owner_by_tenant(fn);

	if (domid == PCIBACK_OWNER_NONE &&
	    pciback_xen_ask_owner(fn) == PCIBACK_XEN_GUEST)
		domid = owner_by_record(fn);
	return domid;
}

/* Has a guest @fn, whoever gave it to it? May sleep. */
bool pciback_owner_is_guest(struct pciback_fn *fn)
{
	enum pciback_xen_owner owner;

	if (owner_by_tenant(fn) != PCIBACK_OWNER_NONE)
		return true;
	pciback_clean_look(fn, &owner);
	return owner == PCIBACK_XEN_GUEST;
}

static void owner_look(struct work_struct *work);
static DECLARE_DELAYED_WORK(owner_work, owner_look);

/* Somebody may be about to give a function to a guest, or may not. Any context. */
void pciback_owner_await(void)
{
	queue_delayed_work(system_freezable_wq, &owner_work, PCIBACK_FN_AWAITED);
}

/*
 * Somebody has reset @fn, perhaps because a guest gets it next, of which we may not hear: it
 * is kept awake for that. Not one that was reset along with another. May sleep.
 */
void pciback_owner_expect(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->custody.state == PCIBACK_FN_IDLE && !fn->custody.holds)
		pciback_fn_expect_locked(fn);
	mutex_unlock(&fn->lock);
	pciback_owner_await();
}

static void owner_look(struct work_struct *work)
{
	struct pciback_fn *fn;
	unsigned long key;
	bool again = false;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		if (!fn->cfg->is_bridge &&
		    pciback_clean_look(fn, NULL) == PCIBACK_CUSTODY_SLEEP)
			pciback_power_sleep_maybe(fn);
		again |= pciback_fn_is_awaited(fn) || READ_ONCE(fn->custody.lent);
		pciback_fn_put(fn);
	}
	if (again)
		pciback_owner_await();
}

static void owner_domain_ended(struct xenbus_watch *watch, const char *path,
			       const char *token)
{
	mod_delayed_work(system_freezable_wq, &owner_work, 0);
}

static struct xenbus_watch owner_watch = {
	.node = "@releaseDomain",
	.callback = owner_domain_ended,
};

/*
 * Has there been any domain besides our own? A toolstack may give it a function, and take it
 * again, without our ever hearing of it. Never false again.
 */
static bool owner_has_guests;

static void owner_note_guests(void)
{
	struct pciback_fn *fn;
	unsigned long key;

	WRITE_ONCE(owner_has_guests, true);
	/* Pairs with the barrier in pciback_owner_begin(). */
	smp_mb();
	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		pciback_custody_touch(&fn->custody);
		pciback_fn_put(fn);
	}
}

/* Any answer but that we are alone counts. */
static void owner_domain_began(struct xenbus_watch *watch, const char *path,
			       const char *token)
{
	unsigned int count = 0;
	char **domains;

	if (READ_ONCE(owner_has_guests))
		return;
	domains = xenbus_directory(XBT_NIL, "/local/domain", "", &count);
	if (IS_ERR(domains) || count != 1)
		owner_note_guests();
	if (!IS_ERR(domains))
		kfree(domains);
}

static struct xenbus_watch owner_begin_watch = {
	.node = "@introduceDomain",
	.callback = owner_domain_began,
};

/* @fn can be found now: what has been before it was, is made up for. Any context. */
void pciback_owner_begin(struct pciback_fn *fn)
{
	/* Pairs with the barrier in owner_note_guests(). */
	smp_mb();
	if (READ_ONCE(owner_has_guests))
		pciback_custody_touch(&fn->custody);
}

static bool owner_is_watching, owner_is_watching_begin;

/* xenstore is there, now or at last. */
static int owner_xenstore_ready(struct notifier_block *block, unsigned long event,
				void *data)
{
	if (!owner_is_watching)
		owner_is_watching = !register_xenbus_watch(&owner_watch);
	if (!owner_is_watching_begin)
		owner_is_watching_begin = !register_xenbus_watch(&owner_begin_watch);
	if (!owner_is_watching_begin)
		owner_note_guests();
	return NOTIFY_DONE;
}

static struct notifier_block owner_block = {
	.notifier_call = owner_xenstore_ready,
};

void pciback_owner_init(void)
{
	register_xenstore_notifier(&owner_block);
}

void pciback_owner_exit(void)
{
	unregister_xenstore_notifier(&owner_block);
	if (owner_is_watching)
		unregister_xenbus_watch(&owner_watch);
	if (owner_is_watching_begin)
		unregister_xenbus_watch(&owner_begin_watch);
	cancel_delayed_work_sync(&owner_work);
}
