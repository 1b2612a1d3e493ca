// SPDX-License-Identifier: GPL-2.0
/*
 * irqhog - has the interrupt line of a PCI function, and shares it with nobody
 *
 *	modprobe irqhog device=0000:00:05.0
 *
 * A driver has seized the function by then, so that its line is known, and has not asked
 * for it. Nothing interrupts there.
 */
#include <linux/device/bus.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/pci.h>

static char *device = "";
module_param(device, charp, 0);
MODULE_PARM_DESC(device, "the function's address");

static unsigned int irqhog_irq;

static irqreturn_t irqhog_handle(int irq, void *data)
{
	return IRQ_NONE;
}

static int __init irqhog_init(void)
{
	struct device *dev = bus_find_device_by_name(&pci_bus_type, NULL, device);

	if (!dev)
		return -ENODEV;
	irqhog_irq = to_pci_dev(dev)->irq;
	put_device(dev);
	return request_irq(irqhog_irq, irqhog_handle, 0, "irqhog", &irqhog_irq);
}

static void __exit irqhog_exit(void)
{
	free_irq(irqhog_irq, &irqhog_irq);
}

module_init(irqhog_init);
module_exit(irqhog_exit);

MODULE_DESCRIPTION("Keeps an interrupt line for itself");
MODULE_LICENSE("GPL");
