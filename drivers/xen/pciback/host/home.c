// SPDX-License-Identifier: GPL-2.0
/*
 * home - what was let go of while a guest could reach it becomes dom0's later
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "../core/bdf.h"
#include "../fn/function.h"
#include "../fn/requester.h"
#include "../fn/reset.h"
#include "../fn/xen.h"
#include "home.h"
#include "registry.h"

/* By pciback_bdf_key(). */
static DEFINE_XARRAY(home_awaited);

/* How soon Xen is asked again. */
#define HOME_LOOK	HZ

static void home_look(struct work_struct *work);
static DECLARE_DELAYED_WORK(home_work, home_look);

/* What it holds is what it held when it was seized; but for that nobody knows. */
static int home_reset_locked(struct pci_dev *dev)
{
	int err;

	pci_set_power_state(dev, PCI_D0);
	err = pci_save_state(dev);
	if (err)
		return err;
	pci_write_config_word(dev, PCI_COMMAND, PCI_COMMAND_INTX_DISABLE);
	err = __pci_reset_function_locked(dev);
	pci_restore_state(dev);
	pci_clear_master(dev);
	return pciback_reset_policy_now() == PCIBACK_RESET_WARN ? 0 : err;
}

/* Returns NULL, or why it stays in quarantine. */
static const char *home_come_locked(struct pci_dev *dev, struct pciback_bdf bdf)
{
	if (pciback_registry_has(bdf))
		return NULL;
	if (dev->dev.driver)
		return "a driver has it already";
	if (home_reset_locked(dev))
		return "it could not be reset";
	pciback_xen_unquarantine(bdf);
	return NULL;
}

/* Returns false if that has to be tried again. */
static bool home_try(struct pciback_bdf bdf)
{
	struct pci_dev *dev;
	const char *why;

	/* Seized again, it is looked after by that. */
	if (pciback_registry_has(bdf))
		return true;
	if (pciback_xen_is_guests(bdf))
		return false;
	dev = pci_get_domain_bus_and_slot(bdf.domain, bdf.bus, bdf.devfn);
	if (!dev)
		return true;
	if (!pci_dev_trylock(dev)) {
		pci_dev_put(dev);
		return false;
	}
	why = home_come_locked(dev, bdf);
	pci_dev_unlock(dev);
	if (why)
		pci_warn(dev, "stays in quarantine, for a guest could reach it: %s\n", why);
	pci_dev_put(dev);
	return true;
}

static void home_look(struct work_struct *work)
{
	unsigned long key;
	void *entry;

	xa_for_each(&home_awaited, key, entry)
		if (home_try(pciback_bdf_from_key(key)))
			xa_erase(&home_awaited, key);
	if (!xa_empty(&home_awaited))
		queue_delayed_work(system_freezable_wq, &home_work, HOME_LOOK);
}

/*
 * @fn is let go of, and a guest has it, says Xen: it becomes dom0's when that is over. Not one
 * that shares its requester id: who has the others would lose theirs. Caller: device_lock.
 */
void pciback_home_later(struct pciback_fn *fn)
{
	pci_warn(fn->dev, "a domain has it, says Xen: dom0's driver will not work with it before that has ended\n");
	if (fn->ngroup || pciback_requester_has_alias(fn->dev))
		return;
	/* Without memory it stays in quarantine, too. */
	xa_store(&home_awaited, pciback_bdf_key(fn->bdf), xa_mk_value(1), GFP_KERNEL);
	queue_delayed_work(system_freezable_wq, &home_work, HOME_LOOK);
}

/* Caller: nothing is let go of any more. */
void pciback_home_exit(void)
{
	cancel_delayed_work_sync(&home_work);
	xa_destroy(&home_awaited);
}
