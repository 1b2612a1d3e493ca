// SPDX-License-Identifier: GPL-2.0
/*
 * irq - dom0's handlers and Xen's routes of a device's interrupts
 */
#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/of.h>
#include <linux/of_irq.h>

#include "../common/xen.h"
#include "irq.h"
#include "node.h"
#include "tree.h"

/*
 * Taken from dom0 and not given back, by number: also of a device that is not taken any more
 * because it went unasked.
 */
static DECLARE_BITMAP(irqs_taken, DTDEV_SPI_LAST + 1);

/* dom0's number of the interrupt, if it ever had one; 0: it has not. */
static unsigned int irq_in_dom0(struct device_node *controller, u32 number)
{
	struct irq_domain *domain = irq_find_host(controller);

	return domain ? irq_find_mapping(domain, number) : 0;
}

/* Has dom0 no handler left for any of them? Returns 0 or -EBUSY. */
int dtdev_irq_idle(struct dtdev_node *node)
{
	struct device_node *controller = NULL;
	struct dtdev_spi spi;
	unsigned int i, irq;
	int err;

	for (i = 0; (err = dtdev_tree_spi(node->np, i, &spi, &controller)) >= 0; i++) {
		if (err)
			continue;
		irq = irq_in_dom0(controller, spi.number);
		of_node_put(controller);
		if (irq && irq_has_action(irq)) {
			dev_err(node->dev, "not taken: interrupt %u still has a handler in dom0\n",
				spi.number);
			return -EBUSY;
		}
	}
	return 0;
}

/* How another controller's interrupt is triggered, as dom0 has it; 0: it does not say. */
static u32 irq_trigger(const struct dtdev_node *node, const struct dtdev_irq *irq)
{
	int number = of_irq_get(node->np, irq->index);

	return number > 0 ? irq_get_trigger_type(number) : 0;
}

/*
 * Finds out which interrupts a guest can be given. Where Xen can take them from
 * dom0, they are taken: so this is only for devices that are being given away.
 */
void dtdev_irq_ask_xen(struct dtdev_node *node)
{
	struct dtdev_irq *irq;
	unsigned int i;

	for (i = 0; i < node->irq_count; i++) {
		irq = &node->irqs[i];
		if (irq->state == DTDEV_SPI_OTHER) {
			irq->spi.trigger = irq_trigger(node, irq);
			continue;
		}
		irq->answer = xpt_xen_unroute(irq->spi.number);
		irq->state = dtdev_spi_answer(irq->answer, test_bit(irq->spi.number, irqs_taken));
		assign_bit(irq->spi.number, irqs_taken, irq->state == DTDEV_SPI_RELEASED);
		if (irq->state == DTDEV_SPI_DOM0)
			dev_warn(node->dev, "interrupt %u is routed to dom0 and this Xen cannot move it: dom0 can pass it on (xl-dtdev config --guest); natively a guest has it only if the node is marked at boot (fdt set %s xen,passthrough)\n",
				 irq->spi.number, node->path);
	}
}

static int irq_give_back(struct dtdev_node *node)
{
	struct dtdev_irq *irq;
	unsigned int i;
	int err;

	for (i = 0; i < node->irq_count; i++) {
		irq = &node->irqs[i];
		if (irq->state != DTDEV_SPI_RELEASED)
			continue;
		/* One that it has twice, or another had, too, is back already. */
		err = test_bit(irq->spi.number, irqs_taken) ? xpt_xen_route(irq->spi.number) : 0;
		if (err) {
			dev_err(node->dev, "Xen does not give interrupt %u back to dom0: %d\n",
				irq->spi.number, err);
			return err;
		}
		irq->state = DTDEV_SPI_DOM0;
		clear_bit(irq->spi.number, irqs_taken);
	}
	return 0;
}

/*
 * Gives dom0 the interrupts back that were taken from it. Returns 0, or -errno, and
 * they are as they were.
 */
int dtdev_irq_return(struct dtdev_node *node)
{
	int err = irq_give_back(node);

	if (err)
		dtdev_irq_ask_xen(node);
	return err;
}

static bool irq_any(const struct dtdev_node *node, enum dtdev_spi_state state)
{
	unsigned int i;

	for (i = 0; i < node->irq_count; i++)
		if (node->irqs[i].state == state)
			return true;
	return false;
}

bool dtdev_irq_any_in_dom0(const struct dtdev_node *node)
{
	return irq_any(node, DTDEV_SPI_DOM0);
}

bool dtdev_irq_any_released(const struct dtdev_node *node)
{
	return irq_any(node, DTDEV_SPI_RELEASED);
}
