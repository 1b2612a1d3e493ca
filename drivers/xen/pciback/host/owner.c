// SPDX-License-Identifier: GPL-2.0
/*
 * owner - who has a function that we have given to nobody
 */
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/pci.h>
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
 * Who has @fn: the number of a domain, PCIBACK_OWNER_NONE, or PCIBACK_OWNER_UNKNOWN (a
 * domain, and nobody says which). May sleep.
 */
int pciback_owner(struct pciback_fn *fn)
{
	int domid = owner_by_tenant(fn);

	if (domid == PCIBACK_OWNER_NONE &&
	    pciback_xen_owner(fn) == PCIBACK_XEN_GUEST)
		domid = owner_by_record(fn);
	return domid;
}

/*
 * Nobody has told us that a guest has @fn: it is not to be forgotten. Perhaps we are told
 * next, and give it to that guest as it is, if it was as new before.
 */
static void owner_note_lent(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_IDLE) {
		fn->lent = true;
		WRITE_ONCE(fn->touched, true);
	}
	mutex_unlock(&fn->lock);
}

/* No guest has it any more: who had it has used it. */
static void owner_note_back(struct pciback_fn *fn)
{
	mutex_lock(&fn->lock);
	if (fn->lent)
		WRITE_ONCE(fn->used, true);
	mutex_unlock(&fn->lock);
}

/* Has a guest @fn, whoever gave it to it? May sleep. */
bool pciback_owner_is_guest(struct pciback_fn *fn)
{
	if (owner_by_tenant(fn) != PCIBACK_OWNER_NONE)
		return true;
	switch (pciback_xen_owner(fn)) {
	case PCIBACK_XEN_GUEST:
		owner_note_lent(fn);
		return true;
	case PCIBACK_XEN_DOM0:
		owner_note_back(fn);
		break;
	case PCIBACK_XEN_UNKNOWN:
		break;
	}
	return false;
}

/* Its guest has gone, and what a toolstack has said for that one holds no longer. */
static void owner_take_back_locked(struct pciback_fn *fn)
{
	lockdep_assert_held(&fn->lock);
	fn->lent = false;
	WRITE_ONCE(fn->used, true);
	WRITE_ONCE(fn->allow_interrupt_control, false);
	WRITE_ONCE(fn->permissive, false);
	pciback_clean_start_locked(fn);
}

/* No guest has @fn: what one had is cleaned, what none had may sleep. */
static void owner_none(struct pciback_fn *fn)
{
	bool may_sleep = false;

	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_IDLE && !fn->dying) {
		may_sleep = !fn->lent;
		if (fn->lent)
			owner_take_back_locked(fn);
	}
	mutex_unlock(&fn->lock);
	if (may_sleep)
		pciback_power_sleep_maybe(fn);
}

/* One that a guest has by our connection is not IDLE, and left alone by both. */
static void owner_look_at(struct pciback_fn *fn)
{
	switch (pciback_xen_owner(fn)) {
	case PCIBACK_XEN_GUEST:
		owner_note_lent(fn);
		break;
	case PCIBACK_XEN_DOM0:
		owner_none(fn);
		break;
	case PCIBACK_XEN_UNKNOWN:
		break;
	}
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
	if (fn->state == PCIBACK_FN_IDLE && !fn->holds)
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
		if (!fn->cfg->is_bridge)
			owner_look_at(fn);
		again |= pciback_fn_is_awaited(fn);
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

static bool owner_is_watching;

/* xenstore is there, now or at last. */
static int owner_xenstore_ready(struct notifier_block *block, unsigned long event,
				void *data)
{
	if (!owner_is_watching)
		owner_is_watching = !register_xenbus_watch(&owner_watch);
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
	cancel_delayed_work_sync(&owner_work);
}
