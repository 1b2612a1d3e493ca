// SPDX-License-Identifier: GPL-2.0
/*
 * irqhog - has the interrupt line of a device, and shares it with nobody
 *
 *	modprobe irqhog device=0000:00:05.0
 *	modprobe irqhog node=/pl031@9010000
 *
 * A PCI function has been seized by a driver by then, so that its line is known, and which has
 * not asked for it. Nothing interrupts there.
 */
#include <linux/device/bus.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/pci.h>

static char *device = "";
module_param(device, charp, 0);
MODULE_PARM_DESC(device, "the function's address");

static char *node = "";
module_param(node, charp, 0);
MODULE_PARM_DESC(node, "the device's path in the device tree");

static unsigned int irqhog_irq;

static irqreturn_t irqhog_handle(int irq, void *data)
{
	return IRQ_NONE;
}

static unsigned int irqhog_of_function(void)
{
	struct device *dev = bus_find_device_by_name(&pci_bus_type, NULL, device);
	unsigned int irq;

	if (!dev)
		return 0;
	irq = to_pci_dev(dev)->irq;
	put_device(dev);
	return irq;
}

static unsigned int irqhog_of_node(void)
{
	struct device_node *np = of_find_node_by_path(node);
	unsigned int irq = irq_of_parse_and_map(np, 0);

	of_node_put(np);
	return irq;
}

static int __init irqhog_init(void)
{
	irqhog_irq = *node ? irqhog_of_node() : irqhog_of_function();
	if (!irqhog_irq)
		return -ENODEV;
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
