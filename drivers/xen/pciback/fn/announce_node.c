// SPDX-License-Identifier: GPL-2.0
/*
 * announce_node - the NUMA node of a function, as firmware counts them
 */
#include <linux/acpi.h>
#include <linux/pci.h>
#include <linux/pci-acpi.h>

#include "announce.h"

/* Of @dev itself, else of the bus that it is on, or of one above. */
static acpi_handle announce_handle(struct pci_dev *dev)
{
	acpi_handle handle = ACPI_HANDLE(&dev->dev);
	struct pci_bus *bus;

	if (!handle && dev->is_virtfn)
		handle = ACPI_HANDLE(pci_physfn(dev)->bus->bridge);
	for (bus = dev->bus; bus && !handle; bus = bus->parent)
		handle = acpi_pci_get_bridge_handle(bus);
	return handle;
}

/* Returns true, and in @pxm the node's number, or false: firmware does not say. May sleep. */
bool pciback_announce_node(struct pci_dev *dev, u32 *pxm)
{
	acpi_handle handle = announce_handle(dev);
	unsigned long long value;

	while (handle) {
		if (ACPI_SUCCESS(acpi_evaluate_integer(handle, "_PXM", NULL, &value))) {
			*pxm = value;
			return true;
		}
		if (ACPI_FAILURE(acpi_get_parent(handle, &handle)))
			break;
	}
	return false;
}
