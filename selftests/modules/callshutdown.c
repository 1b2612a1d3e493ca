// SPDX-License-Identifier: GPL-2.0
/*
 * callshutdown - calls the shutdown callback of a PCI function's driver
 *
 *	modprobe callshutdown device=0000:00:05.0
 *
 * As device_shutdown() does before power-off, reboot and kexec, after which no
 * test could look at the function any more.
 */
#include <linux/device/bus.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/pci.h>

static char *device = "";
module_param(device, charp, 0);
MODULE_PARM_DESC(device, "the function's address");

static int __init callshutdown_init(void)
{
	struct device *dev = bus_find_device_by_name(&pci_bus_type, NULL, device);
	struct pci_driver *driver;
	int err = -ENODEV;

	if (!dev)
		return err;
	device_lock(dev);
	driver = dev->driver ? to_pci_driver(dev->driver) : NULL;
	if (driver && driver->shutdown) {
		driver->shutdown(to_pci_dev(dev));
		err = 0;
	}
	device_unlock(dev);
	put_device(dev);
	return err;
}

static void __exit callshutdown_exit(void)
{
}

module_init(callshutdown_init);
module_exit(callshutdown_exit);

MODULE_DESCRIPTION("Calls the shutdown callback of a PCI function's driver");
MODULE_LICENSE("GPL");
