// SPDX-License-Identifier: GPL-2.0
/*
 * origin - remembers which driver let go of a function last
 *
 * Toolstacks unbind a function first and tell us afterwards, so we listen to the
 * bus. A physical function that loses its driver concerns its virtual ones, too.
 */
#include <linux/device/bus.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#include "../core/bdf.h"
#include "../fn/function.h"
#include "isolation.h"
#include "origin.h"
#include "recall.h"
#include "registry.h"
#include "stub.h"

/* Names of drivers, by pciback_bdf_key(); its lock covers look-up and copy. */
static DEFINE_XARRAY(origin_names);

static void origin_forget(unsigned long key)
{
	kfree(xa_erase(&origin_names, key));
}

static void origin_remember(unsigned long key, const char *driver)
{
	char *name = kstrdup(driver, GFP_KERNEL);
	void *old = xa_store(&origin_names, key, name, GFP_KERNEL);

	kfree(xa_is_err(old) ? name : old);
}

/* A copy of the name for the caller to free, or NULL. May sleep. */
static char *origin_name(unsigned long key)
{
	char *name;

	xa_lock(&origin_names);
	name = kstrdup(xa_load(&origin_names, key) ?: "", GFP_ATOMIC);
	xa_unlock(&origin_names);
	return name;
}

/* Calls @visit for each of the virtual functions of @physfn that are ours. */
static void origin_each_virtual(struct pci_dev *physfn,
				void (*visit)(struct pciback_fn *fn, unsigned long deadline),
				unsigned long deadline)
{
	struct pciback_fn *fn;
	unsigned long key;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		if (fn->dev->is_virtfn && pci_physfn(fn->dev) == physfn)
			visit(fn, deadline);
		pciback_fn_put(fn);
	}
}

static void origin_ask_early(struct pciback_fn *fn, unsigned long deadline)
{
	pciback_recall_early(fn);
}

/*
 * The driver of @physfn goes, and may take the virtual functions along, or leave
 * them with nobody to answer for them: guests that have one give it back now. All are
 * asked before the first is waited for: they have their time at the same time.
 */
static void origin_recall_virtual(struct pci_dev *physfn)
{
	unsigned long deadline = jiffies + PCIBACK_RECALL_PATIENCE;

	origin_each_virtual(physfn, origin_ask_early, deadline);
	origin_each_virtual(physfn, pciback_recall, deadline);
}

static void origin_unbinding(struct pci_dev *dev)
{
	if (pciback_stub_owns(dev))
		return;
	origin_remember(pciback_bdf_key(pciback_fn_bdf(dev)),
			dev_driver_string(&dev->dev));
	if (pci_num_vf(dev))
		origin_recall_virtual(dev);
}

/* Of all but DEL_DEVICE: device_lock is held. */
static int origin_notify(struct notifier_block *block, unsigned long event,
			 void *data)
{
	struct pci_dev *dev = to_pci_dev(data);

	switch (event) {
	case BUS_NOTIFY_BIND_DRIVER:
		if (!pciback_stub_owns(dev))
			pciback_isolation_make_way(dev);
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		pciback_isolation_close_up(dev);
		break;
	case BUS_NOTIFY_UNBIND_DRIVER:
		origin_unbinding(dev);
		break;
	case BUS_NOTIFY_BOUND_DRIVER:
		if (pciback_stub_owns(dev))
			break;
		fallthrough;
	case BUS_NOTIFY_DEL_DEVICE:
		origin_forget(pciback_bdf_key(pciback_fn_bdf(dev)));
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block origin_block = {
	.notifier_call = origin_notify,
};

/* Binds @dev by way of a driver_override that lasts no longer than that. */
static int origin_attach_to(struct pci_dev *dev, const char *driver)
{
	int err = device_set_driver_override(&dev->dev, driver);

	if (err)
		return err;
	err = device_attach(&dev->dev);
	device_set_driver_override(&dev->dev, "");
	return err;
}

/*
 * Binds @dev, which nobody has, to the driver it came from; where that is not
 * known or is not there any more, to the one for its ids. A driver_override that
 * names us is at its end, any other one decides. May sleep long. Returns 1,
 * 0 for no driver, or -errno.
 */
int pciback_origin_attach(struct pci_dev *dev)
{
	char *name __free(kfree) = NULL;
	bool ours;
	int bound = 0;

	device_lock(&dev->dev);
	ours = pciback_stub_is_override(dev);
	device_unlock(&dev->dev);
	/* Older kernels take the device's lock for it themselves. */
	if (ours)
		device_set_driver_override(&dev->dev, "");

	device_lock(&dev->dev);
	if (!device_has_driver_override(&dev->dev))
		name = origin_name(pciback_bdf_key(pciback_fn_bdf(dev)));
	device_unlock(&dev->dev);

	if (name && *name)
		bound = origin_attach_to(dev, name);
	return bound > 0 ? bound : device_attach(&dev->dev);
}

int pciback_origin_init(void)
{
	return bus_register_notifier(&pci_bus_type, &origin_block);
}

void pciback_origin_exit(void)
{
	unsigned long key;
	void *name;

	bus_unregister_notifier(&pci_bus_type, &origin_block);
	xa_for_each(&origin_names, key, name)
		kfree(name);
	xa_destroy(&origin_names);
}
