// SPDX-License-Identifier: GPL-2.0
/*
 * stub - seizes functions as a PCI driver does: by being bound to them
 *
 * The name of the driver is an interface: toolstacks look for
 * /sys/bus/pci/drivers/pciback.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/pci.h>

#include "../fn/function.h"
#include "../fn/power.h"
#include "../trace.h"
#include "aer.h"
#include "hide.h"
#include "keep.h"
#include "seize.h"
#include "stub.h"

#define STUB_NAME	"pciback"

/*
 * Everything is offered to us; probe takes what was asked for. The first line
 * counts only where a function's driver_override names us.
 */
#define STUB_BY_OVERRIDE	1

static const struct pci_device_id stub_ids[] = {
	{
		PCI_DEVICE(PCI_ANY_ID, PCI_ANY_ID),
		.override_only = PCI_ID_F_VFIO_DRIVER_OVERRIDE,
		.driver_data = STUB_BY_OVERRIDE,
	},
	{ PCI_DEVICE(PCI_ANY_ID, PCI_ANY_ID) },
	{ }
};

/* Who looks on; constant once the driver is registered. */
static const struct pciback_stub_watch *stub_watch;

/* The administrator's choice; a single word, no lock. */
bool pciback_stub_takeover_allowed;

/* A bridge answers for what dom0 has behind it. */
static bool stub_keeps(struct pci_dev *dev)
{
	struct pciback_keep keep;

	pciback_keep_look(dev, pciback_hide_force(dev), &keep);
	if (keep.reasons)
		pci_warn(dev, "kept in dom0: %s\n", keep.text);
	return keep.reasons;
}

static int stub_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	bool wanted = pciback_hide_wants(dev);
	struct pciback_fn *fn;
	int err;

	if (!wanted && id->driver_data != STUB_BY_OVERRIDE)
		return -ENODEV;
	if (wanted && stub_keeps(dev))
		return -ENODEV;
	if (dev->hdr_type != PCI_HEADER_TYPE_NORMAL &&
	    dev->hdr_type != PCI_HEADER_TYPE_BRIDGE) {
		pci_err(dev, "not seized: header type %#x is neither a function nor a bridge\n",
			dev->hdr_type);
		return -ENODEV;
	}
	if (pci_domain_nr(dev->bus) > 0xffff) {
		pci_err(dev, "not seized: Xen cannot name its segment\n");
		return -ENODEV;
	}

	pci_info(dev, "seizing device\n");
	fn = pciback_seize(dev);
	trace_seize(pciback_fn_bdf(dev), PTR_ERR_OR_ZERO(fn));
	pciback_hide_outcome(dev, PTR_ERR_OR_ZERO(fn));
	if (IS_ERR(fn)) {
		pci_err(dev, "not seized: %ld\n", PTR_ERR(fn));
		return PTR_ERR(fn);
	}
	pci_set_drvdata(dev, fn);
	stub_watch->seized(fn);
	if (!wanted) {
		err = pciback_hide_add_override(fn->bdf);
		if (err)
			pci_warn(dev, "not in the list of what is wanted: %d\n", err);
	}
	return 0;
}

static void stub_remove(struct pci_dev *dev)
{
	/* What is torn out comes back to us: a guest may have done that, and prepared it. */
	if (pci_device_is_present(dev))
		pciback_hide_end_override(pciback_fn_bdf(dev));
	stub_watch->leaving(pci_get_drvdata(dev));
	pciback_unseize(pci_get_drvdata(dev));
	pci_set_drvdata(dev, NULL);
}

static struct pci_driver stub_driver = {
	.name = STUB_NAME,
	.id_table = stub_ids,
	.probe = stub_probe,
	.remove = stub_remove,
	.shutdown = pciback_power_shutdown,
	.driver.pm = &pciback_power_ops,
	.err_handler = &pciback_aer_handlers,
	/* DMA is for the guest to set up, through Xen. */
	.driver_managed_dma = true,
};

bool pciback_stub_owns(struct pci_dev *dev)
{
	return READ_ONCE(dev->dev.driver) == &stub_driver.driver;
}

/* Has @dev's driver_override name us. Returns 0 or -errno. */
int pciback_stub_override(struct pci_dev *dev)
{
	return device_set_driver_override(&dev->dev, STUB_NAME);
}

/* Does @dev's driver_override name us? Caller: device_lock. */
bool pciback_stub_is_override(struct pci_dev *dev)
{
	return device_match_driver_override(&dev->dev, &stub_driver.driver) > 0;
}

/* Takes @dev from its driver, or leaves it with it. */
static void stub_take(struct pci_dev *dev)
{
	int err;

	pci_info(dev, "taken over from driver %s\n",
		 dev_driver_string(&dev->dev));
	device_release_driver(&dev->dev);
	err = device_driver_attach(&stub_driver.driver, &dev->dev);
	if (!err)
		return;
	pci_err(dev, "not seized: %d, back to its driver\n", err);
	if (device_attach(&dev->dev) <= 0)
		pci_err(dev, "its driver does not take it any more\n");
}

/*
 * Takes what is wanted from other drivers, if takeover= allows it. A bridge is
 * left alone: its driver serves all that is behind it. So is what dom0 lives on, and a
 * function whose driver_override names another driver. May sleep long.
 */
void pciback_stub_takeover(void)
{
	struct pci_dev *dev = NULL;

	if (!READ_ONCE(pciback_stub_takeover_allowed))
		return;
	for_each_pci_dev(dev)
		if (READ_ONCE(dev->dev.driver) && !pciback_stub_owns(dev) &&
		    dev->hdr_type == PCI_HEADER_TYPE_NORMAL &&
		    pci_bus_type.match(&dev->dev, &stub_driver.driver) &&
		    pciback_hide_wants(dev) &&
		    !pciback_keep_patiently(dev, pciback_hide_force(dev)))
			stub_take(dev);
}

/* Offers itself to all that nobody drives. May sleep long. Returns 0 or -errno. */
int pciback_stub_take_free(void)
{
	return driver_attach(&stub_driver.driver);
}

/*
 * The PCI core's new_id would refuse each id, for our table has all of them: @new_id
 * stands in its place, and goes with it.
 */
static int stub_replace_new_id(const struct driver_attribute *new_id)
{
	driver_remove_file(&stub_driver.driver, new_id);
	return driver_create_file(&stub_driver.driver, new_id);
}

/* Registers the driver, which seizes what is wanted and free. May sleep long. */
int pciback_stub_init(const struct attribute_group **driver_groups,
		      const struct attribute_group **device_groups,
		      const struct driver_attribute *new_id,
		      const struct pciback_stub_watch *watch)
{
	int err;

	stub_watch = watch;
	stub_driver.groups = driver_groups;
	stub_driver.dev_groups = device_groups;
	err = pci_register_driver(&stub_driver);
	if (err)
		return err;
	err = stub_replace_new_id(new_id);
	if (err)
		pci_unregister_driver(&stub_driver);
	return err;
}

void pciback_stub_exit(void)
{
	pci_unregister_driver(&stub_driver);
}
