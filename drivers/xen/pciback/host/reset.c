// SPDX-License-Identifier: GPL-2.0
/*
 * reset - function-level resets, by the PCI core's choice of method
 */
#include <linux/pci.h>
#include <xen/pci.h>
#include <xen/xen.h>

#include "reset.h"

/*
 * Resets @dev and restores @saved. Caller: pci_dev_lock, nobody else uses the
 * function. May sleep, up to the seconds a device may take to come back.
 * Returns 0, or -errno if the function could not be reset; the saved state is
 * restored all the same.
 */
int pciback_reset_locked(struct pci_dev *dev, struct pci_saved_state *saved)
{
	int err, told = 0;

	/* The PCI core resets functions that are awake. */
	pci_set_power_state(dev, PCI_D0);
	err = __pci_reset_function_locked(dev);
	if (!xen_pv_domain())
		told = xen_reset_device(dev);

	/* A guest may have left anything in there: go by the first copy. */
	pci_load_saved_state(dev, saved);
	pci_restore_state(dev);
	return err ?: told;
}
