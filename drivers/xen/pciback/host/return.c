// SPDX-License-Identifier: GPL-2.0
/*
 * return - gives a function back to dom0
 */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/pci.h>

#include "../fn/function.h"
#include "hide.h"
#include "newcomer.h"
#include "origin.h"
#include "registry.h"
#include "return.h"

/*
 * Gives the function at @bdf back to dom0: to the driver it came from, or that
 * its driver_override asks for. May sleep long. Returns 0, -ENODEV (not ours),
 * -EBUSY (a guest has it) or -errno.
 */
int pciback_return(struct pciback_bdf bdf)
{
	struct pciback_fn *fn = pciback_registry_find(bdf);
	struct pci_dev *dev;
	int err;

	if (!fn)
		return -ENODEV;
	dev = pci_dev_get(fn->dev);
	err = READ_ONCE(fn->state) == PCIBACK_FN_ASSIGNED ? -EBUSY : 0;
	pciback_fn_put(fn);
	if (!err)
		err = pciback_hide_except(bdf);
	if (!err) {
		pciback_newcomer_settle();
		device_release_driver(&dev->dev);
		err = pciback_origin_attach(dev);
		pci_info(dev, "returned to %s\n",
			 err > 0 ? dev_driver_string(&dev->dev) : "no driver");
		err = min(err, 0);
	}
	pci_dev_put(dev);
	return err;
}
