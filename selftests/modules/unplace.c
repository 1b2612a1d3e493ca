// SPDX-License-Identifier: GPL-2.0
/*
 * unplace - has the kernel find no address for BARs of a function, as long as it is loaded
 *
 *	modprobe unplace device=0000:00:05.0 bars=0x4
 *
 * As behind a bridge that has no addresses left. Nobody may drive the function.
 */
#include <linux/bitops.h>
#include <linux/device/bus.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/pci.h>

static char *device = "";
module_param(device, charp, 0);
MODULE_PARM_DESC(device, "the function's address");

static ulong bars;
module_param(bars, ulong, 0);
MODULE_PARM_DESC(bars, "which, a bit each");

static struct pci_dev *unplace_dev;

static int __init unplace_init(void)
{
	struct device *dev = bus_find_device_by_name(&pci_bus_type, NULL, device);
	unsigned int bar;

	if (!dev)
		return -ENODEV;
	if (READ_ONCE(dev->driver)) {
		put_device(dev);
		return -EBUSY;
	}
	unplace_dev = to_pci_dev(dev);
	for_each_set_bit(bar, &bars, PCI_STD_NUM_BARS)
		pci_release_resource(unplace_dev, bar);
	return 0;
}

static void __exit unplace_exit(void)
{
	unsigned int bar;

	for_each_set_bit(bar, &bars, PCI_STD_NUM_BARS)
		if (pci_assign_resource(unplace_dev, bar))
			pci_err(unplace_dev, "BAR %u has no address any more\n", bar);
	pci_dev_put(unplace_dev);
}

module_init(unplace_init);
module_exit(unplace_exit);

MODULE_DESCRIPTION("Takes the addresses of BARs away");
MODULE_LICENSE("GPL");
