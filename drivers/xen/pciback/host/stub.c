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

#include "function.h"
#include "hide.h"
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

static int stub_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	bool wanted = pciback_hide_wants(dev);
	struct pciback_fn *fn;

	if (!wanted && id->driver_data != STUB_BY_OVERRIDE)
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
	fn = pciback_fn_seize(dev);
	if (IS_ERR(fn)) {
		pci_err(dev, "not seized: %ld\n", PTR_ERR(fn));
		pciback_hide_failed(dev, PTR_ERR(fn));
		return PTR_ERR(fn);
	}
	pci_set_drvdata(dev, fn);
	if (!wanted)
		pciback_hide_add_bdf(fn->bdf);
	return 0;
}

static void stub_remove(struct pci_dev *dev)
{
	pciback_fn_unseize(pci_get_drvdata(dev));
	pci_set_drvdata(dev, NULL);
}

static struct pci_driver stub_driver = {
	.name = STUB_NAME,
	.id_table = stub_ids,
	.probe = stub_probe,
	.remove = stub_remove,
	/* DMA is for the guest to set up, through Xen. */
	.driver_managed_dma = true,
};

/* Registers the driver, which seizes what is wanted and free. May sleep long. */
int pciback_stub_init(const struct attribute_group **groups)
{
	stub_driver.groups = groups;
	return pci_register_driver(&stub_driver);
}

void pciback_stub_exit(void)
{
	pci_unregister_driver(&stub_driver);
}
