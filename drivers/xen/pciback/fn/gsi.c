// SPDX-License-Identifier: GPL-2.0
/*
 * gsi - announces lines, and says which function has which
 */
#include <linux/pci.h>
#include <linux/xarray.h>
#include <xen/acpi.h>
#include <xen/xen.h>

#include "../core/bdf.h"
#include "function.h"
#include "gsi.h"

/* Lines of seized functions as values, by pciback_bdf_key(). */
static DEFINE_XARRAY(gsi_lines);

/*
 * Announces the line of @dev, which has been enabled, if dom0 is PVH and @dev has
 * one. Caller: device_lock. May sleep. Where that fails the log says so, and the
 * function can be given away all the same: most drivers do without a line.
 */
void pciback_gsi_add(struct pci_dev *dev)
{
	unsigned long key = pciback_bdf_key(pciback_fn_bdf(dev));
	int err, gsi, trigger, polarity;

	if (!xen_pvh_domain() || !dev->pin)
		return;
	err = xen_acpi_get_gsi_info(dev, &gsi, &trigger, &polarity);
	if (!err)
		err = xen_pvh_setup_gsi(gsi, trigger, polarity);
	if (!err)
		err = xa_err(xa_store(&gsi_lines, key, xa_mk_value(gsi), GFP_KERNEL));
	if (err)
		pci_warn(dev, "its interrupt line cannot be given to a guest: %d\n", err);
}

/* Forgets the line of @dev. Caller: device_lock. */
void pciback_gsi_del(struct pci_dev *dev)
{
	xa_erase(&gsi_lines, pciback_bdf_key(pciback_fn_bdf(dev)));
}

/*
 * The line of the function at @sbdf (segment << 16 | bus << 8 | devfn), which the
 * kernel asks for with a lock held. Returns it, or -EINVAL.
 */
static int gsi_of_sbdf(u32 sbdf)
{
	struct pciback_bdf bdf = { sbdf >> 16, PCI_BUS_NUM(sbdf), sbdf & 0xff };
	void *line = xa_load(&gsi_lines, pciback_bdf_key(bdf));

	return line ? xa_to_value(line) : -EINVAL;
}

void pciback_gsi_init(void)
{
	if (xen_pvh_domain())
		xen_acpi_register_get_gsi_func(gsi_of_sbdf);
}

void pciback_gsi_exit(void)
{
	if (xen_pvh_domain())
		xen_acpi_register_get_gsi_func(NULL);
}
