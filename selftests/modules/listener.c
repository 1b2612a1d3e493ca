// SPDX-License-Identifier: GPL-2.0
/*
 * listener - takes the interrupt of a device that has no driver
 *
 * Of the first node that is compatible with "compatible"; /proc/interrupts counts. With
 * threaded=1 in a thread, with shared=1 behind another handler, whose it never is. What
 * is virtio,mmio is set up far enough to tell of changes to its configuration, without
 * any queue, and told that they have been seen: it does no DMA.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/string.h>

#define VIRTIO_PENDING	0x60
#define VIRTIO_SEEN	0x64
#define VIRTIO_STATUS	0x70
#define VIRTIO_GOES	7	/* acknowledged, has a driver, goes */

static char *compatible = "selftest,user";
module_param(compatible, charp, 0444);

static bool threaded;
module_param(threaded, bool, 0444);
static bool shared;
module_param(shared, bool, 0444);

static void __iomem *virtio;	/* or NULL: it is something else */
static int listener_irq;

static irqreturn_t listener_handle(int irq, void *data)
{
	if (virtio)
		writel(readl(virtio + VIRTIO_PENDING), virtio + VIRTIO_SEEN);
	return IRQ_HANDLED;
}

static irqreturn_t listener_pass(int irq, void *data)
{
	return IRQ_NONE;
}

static int listener_request(void)
{
	int err = 0;

	if (shared)
		err = request_irq(listener_irq, listener_pass, IRQF_SHARED, "listener", &shared);
	if (err)
		return err;
	if (threaded)
		err = request_threaded_irq(listener_irq, NULL, listener_handle, IRQF_ONESHOT,
					   "listener", &listener_irq);
	else
		err = request_irq(listener_irq, listener_handle, shared ? IRQF_SHARED : 0,
				  "listener", &listener_irq);
	if (err && shared)
		free_irq(listener_irq, &shared);
	return err;
}

static int listener_begin(struct device_node *np)
{
	int err;

	listener_irq = of_irq_get(np, 0);
	if (listener_irq <= 0)
		return listener_irq ?: -ENODEV;
	if (!strcmp(compatible, "virtio,mmio")) {
		virtio = of_iomap(np, 0);
		if (!virtio)
			return -ENOMEM;
	}
	err = listener_request();
	if (!err && virtio)
		writel(VIRTIO_GOES, virtio + VIRTIO_STATUS);
	if (err && virtio)
		iounmap(virtio);
	return err;
}

static int __init listener_init(void)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, compatible);
	int err = np ? listener_begin(np) : -ENODEV;

	of_node_put(np);
	return err;
}

static void __exit listener_exit(void)
{
	if (virtio)
		writel(0, virtio + VIRTIO_STATUS);
	free_irq(listener_irq, &listener_irq);
	if (shared)
		free_irq(listener_irq, &shared);
	if (virtio)
		iounmap(virtio);
}

module_init(listener_init);
module_exit(listener_exit);

MODULE_DESCRIPTION("Test driver that takes an interrupt");
MODULE_LICENSE("GPL");
