// SPDX-License-Identifier: GPL-2.0
/*
 * intx - the stand-in handler
 */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/pci.h>
#include <xen/events.h>

#include "intx.h"

/* How often to ask Xen whether the line is shared at all. */
#define INTX_ASK_EVERY	1000

/* Remembers the line: pci_dev->irq is something else while MSI is on. */
void pciback_intx_init(struct pciback_intx *intx, struct pci_dev *dev)
{
	intx->dev = dev;
	intx->irq = dev->pin ? dev->irq : 0;
	snprintf(intx->name, sizeof(intx->name), "pciback[%s]", pci_name(dev));
}

static irqreturn_t intx_handle(int irq, void *data)
{
	struct pciback_intx *intx = data;

	if (!READ_ONCE(intx->on) || !READ_ONCE(intx->ack))
		return IRQ_NONE;
	/* Not zero: no other domain has the line, so it is not for a guest. */
	if (!(++intx->handled % INTX_ASK_EVERY) && xen_test_irq_shared(irq))
		WRITE_ONCE(intx->ack, false);
	return IRQ_HANDLED;
}

static void intx_switch(struct pciback_intx *intx, bool on)
{
	WRITE_ONCE(intx->on, on);
	WRITE_ONCE(intx->ack, on);
}

/* May sleep. Returns 0, also where there is nothing to do, or -errno. */
int pciback_intx_enable(struct pciback_intx *intx)
{
	int err;

	if (intx->installed || !intx->irq || pci_dev_msi_enabled(intx->dev))
		return 0;
	intx_switch(intx, true);
	err = request_irq(intx->irq, intx_handle, IRQF_SHARED, intx->name, intx);
	if (err) {
		intx_switch(intx, false);
		pci_warn(intx->dev, "no stand-in handler for interrupt %u: %d\n",
			 intx->irq, err);
		return err;
	}
	intx->installed = true;
	return 0;
}

/* May sleep; the handler neither runs nor will when this returns. */
void pciback_intx_disable(struct pciback_intx *intx)
{
	if (!intx->installed)
		return;
	intx_switch(intx, false);
	intx->installed = false;
	free_irq(intx->irq, intx);
}

/* The owner's switch: off silences a handler, on makes it answer again. */
void pciback_intx_toggle(struct pciback_intx *intx)
{
	bool on = !READ_ONCE(intx->on);

	if (on)
		WRITE_ONCE(intx->ack, true);
	WRITE_ONCE(intx->on, on);
}
