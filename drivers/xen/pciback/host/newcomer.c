// SPDX-License-Identifier: GPL-2.0
/*
 * newcomer - functions that appear while we are loaded, or that nobody is offered
 *
 * Hotplugged functions, and virtual ones made later. A new function is offered
 * to the drivers in the order in which they were loaded, so one that is wished
 * for would go to a native driver that came before us. Therefore its
 * driver_override names us from the moment it is added, when no driver has been
 * offered it, until one has been bound: then nobody sees that it ever did.
 */
#include <linux/device/bus.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "../fn/function.h"
#include "hide.h"
#include "newcomer.h"
#include "stub.h"

/*
 * The functions whose driver_override is our doing, by pciback_bdf_key():
 * NEWCOMER_WAITING for a driver, or NEWCOMER_SETTLED. Has a lock of its own.
 */
static DEFINE_XARRAY(newcomer_overridden);

#define NEWCOMER_WAITING	xa_mk_value(0)
#define NEWCOMER_SETTLED	xa_mk_value(1)

static unsigned long newcomer_key(const struct pci_dev *dev)
{
	return pciback_bdf_key(pciback_fn_bdf(dev));
}

static void newcomer_forget(unsigned long key)
{
	struct pciback_bdf bdf = pciback_bdf_from_key(key);
	struct pci_dev *dev;

	dev = pci_get_domain_bus_and_slot(bdf.domain, bdf.bus, bdf.devfn);
	if (dev)
		device_set_driver_override(&dev->dev, "");
	pci_dev_put(dev);
}

/* In a worker, for older kernels want the device's lock for it. */
static void newcomer_clear(struct work_struct *work)
{
	unsigned long key;
	void *entry;

	xa_for_each(&newcomer_overridden, key, entry)
		if (entry == NEWCOMER_SETTLED &&
		    xa_cmpxchg(&newcomer_overridden, key, entry, NULL,
			       GFP_KERNEL) == entry)
			newcomer_forget(key);
}

static DECLARE_WORK(newcomer_work, newcomer_clear);

static void newcomer_override(struct pci_dev *dev)
{
	if (xa_err(xa_store(&newcomer_overridden, newcomer_key(dev),
			    NEWCOMER_WAITING, GFP_KERNEL)) ||
	    pciback_stub_override(dev))
		pci_warn(dev, "appeared and is wanted, but another driver may be first\n");
}

/* Bridges are for the PCI core's driver: what is behind them may be wanted. */
static void newcomer_added(struct pci_dev *dev)
{
	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL && pciback_hide_wants(dev))
		newcomer_override(dev);
}

/* Also where no driver took it: it stays unbound, as hide_status then says. */
static void newcomer_offered(struct pci_dev *dev)
{
	if (xa_cmpxchg(&newcomer_overridden, newcomer_key(dev), NEWCOMER_WAITING,
		       NEWCOMER_SETTLED, GFP_KERNEL) == NEWCOMER_WAITING)
		schedule_work(&newcomer_work);
}

/*
 * Binds virtual functions that are wanted and free. Where the physical function's
 * sriov_drivers_autoprobe is off, drivers are not offered them, unless their
 * driver_override says so. May sleep long.
 */
void pciback_newcomer_fetch(void)
{
	struct pci_dev *dev = NULL;
	int err;

	for_each_pci_dev(dev) {
		if (!dev->is_virtfn || READ_ONCE(dev->dev.driver) ||
		    device_has_driver_override(&dev->dev) ||
		    !pciback_hide_wants(dev))
			continue;
		newcomer_override(dev);
		err = device_attach(&dev->dev);
		if (err < 0)
			pci_err(dev, "is wanted, but cannot be bound: %d\n", err);
		newcomer_offered(dev);
	}
	pciback_newcomer_settle();
}

static int newcomer_notify(struct notifier_block *nb, unsigned long event,
			   void *data)
{
	struct pci_dev *dev = to_pci_dev(data);

	switch (event) {
	case BUS_NOTIFY_ADD_DEVICE:
		newcomer_added(dev);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		newcomer_offered(dev);
		break;
	case BUS_NOTIFY_DEL_DEVICE:
		xa_erase(&newcomer_overridden, newcomer_key(dev));
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block newcomer_notifier = {
	.notifier_call = newcomer_notify,
};

/* Returns when the driver_override of those that are bound is as found. */
void pciback_newcomer_settle(void)
{
	flush_work(&newcomer_work);
}

int pciback_newcomer_init(void)
{
	return bus_register_notifier(&pci_bus_type, &newcomer_notifier);
}

void pciback_newcomer_exit(void)
{
	unsigned long key;
	void *entry;

	bus_unregister_notifier(&pci_bus_type, &newcomer_notifier);
	cancel_work_sync(&newcomer_work);
	xa_for_each(&newcomer_overridden, key, entry)
		newcomer_forget(key);
	xa_destroy(&newcomer_overridden);
}
