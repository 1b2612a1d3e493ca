// SPDX-License-Identifier: GPL-2.0
/*
 * intx - the gate and the stand-in handler
 */
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/pci.h>
#include <linux/workqueue.h>
#include <xen/events.h>

#include "function.h"
#include "intx.h"
#include "serving.h"
#include "tenant.h"

/* How often to ask Xen whether the line is shared at all. */
#define INTX_ASK_EVERY	1000

/* How soon to look whether a guest takes what is held back. */
#define INTX_LOOK	(HZ / 10)

/* Some functions take the bit for more than it is, or do not have it. */
static bool intx_has_gate(const struct pci_dev *dev)
{
	return dev->pin && !dev->broken_intx_masking &&
	       !(dev->dev_flags & PCI_DEV_FLAGS_MSI_INTX_DISABLE_BUG);
}

/*
 * Whether @dev may raise its line. Closed whenever no handler stands in: nobody
 * would care, and the line would be lost to dom0's own devices. May sleep.
 */
void pciback_intx_gate(struct pci_dev *dev, bool open)
{
	if (intx_has_gate(dev))
		pci_intx(dev, open);
}

/*
 * The gate as it should be: open while a handler stands in for the guest, if the guest
 * has not closed it, and what was held back would be taken. May sleep.
 */
void pciback_intx_reapply(struct pciback_intx *intx)
{
	pciback_intx_gate(intx->dev, intx->used && !intx->masked && !READ_ONCE(intx->held));
}

/* Returns when no handler is at COMMAND that has read it before. May sleep. */
void pciback_intx_settle(struct pciback_intx *intx)
{
	if (READ_ONCE(intx->installed))
		synchronize_irq(intx->irq);
}

/* The guest has disabled its line, or enabled it again. May sleep. */
void pciback_intx_mask(struct pciback_intx *intx, bool masked)
{
	intx->masked = masked;
	pciback_intx_reapply(intx);
}

static bool intx_is_taken(const struct pciback_intx *intx)
{
	/* Zero: Xen has another domain on the line. */
	return !xen_test_irq_shared(intx->irq);
}

/* Looks until a guest takes the line, then lets it have what was held back. */
static void intx_look(struct work_struct *work)
{
	struct pciback_intx *intx = container_of(to_delayed_work(work),
						 struct pciback_intx, look);
	struct pciback_fn *fn = container_of(intx, struct pciback_fn, intx);

	if (intx_is_taken(intx) && pciback_serving_try_begin(fn)) {
		if (intx->used) {
			WRITE_ONCE(intx->ack, true);
			WRITE_ONCE(intx->held, false);
			pciback_intx_reapply(intx);
		}
		pciback_serving_end(fn);
	} else {
		queue_delayed_work(system_freezable_wq, &intx->look,
				   INTX_LOOK);
	}
}

/* Remembers the line: pci_dev->irq is something else while MSI is on. */
void pciback_intx_init(struct pciback_intx *intx, struct pci_dev *dev)
{
	intx->dev = dev;
	intx->irq = dev->pin ? dev->irq : 0;
	snprintf(intx->name, sizeof(intx->name), "pciback[%s]", pci_name(dev));
	INIT_DELAYED_WORK(&intx->look, intx_look);
}

/* In the handler. The interrupt is not another's because this function is slow to say so. */
static void intx_close(struct pciback_intx *intx)
{
	u16 command;

	if (!intx_has_gate(intx->dev))
		return;
	pci_read_config_word(intx->dev, PCI_COMMAND, &command);
	if (!PCI_POSSIBLE_ERROR(command) && !(command & PCI_COMMAND_INTX_DISABLE))
		pci_write_config_word(intx->dev, PCI_COMMAND,
				      command | PCI_COMMAND_INTX_DISABLE);
}

/* In the handler, of one that is closed: it may have forgotten, or been opened meanwhile. */
static void intx_close_again(struct pciback_intx *intx)
{
	if (!(intx->handled % INTX_ASK_EVERY))
		intx_close(intx);
}

/*
 * No guest takes an interrupt that may be this function's: it has none any more, until one
 * does. Once it is so the function is not touched for what dom0's own devices on the line
 * have to say.
 */
static bool intx_hold_back(struct pciback_intx *intx)
{
	struct pciback_fn *fn = container_of(intx, struct pciback_fn, intx);

	if (!intx_has_gate(intx->dev))
		return false;
	if (READ_ONCE(intx->held)) {
		intx_close_again(intx);
		return false;
	}
	WRITE_ONCE(intx->held, true);
	intx_close(intx);
	if (pciback_tenant_may_log(fn->tenant))
		pci_warn(intx->dev, "no guest takes its interrupts: held back\n");
	queue_delayed_work(system_freezable_wq, &intx->look, INTX_LOOK);
	return true;
}

static irqreturn_t intx_handle(int irq, void *data)
{
	struct pciback_intx *intx = data;

	WRITE_ONCE(intx->handled, intx->handled + 1);
	if (!READ_ONCE(intx->on)) {
		if (!READ_ONCE(intx->used))
			intx_close_again(intx);
		return IRQ_NONE;
	}
	if (!(intx->handled % INTX_ASK_EVERY))
		WRITE_ONCE(intx->ack, intx_is_taken(intx));
	if (READ_ONCE(intx->ack) || intx_hold_back(intx))
		return IRQ_HANDLED;
	return IRQ_NONE;
}

static void intx_switch(struct pciback_intx *intx, bool on)
{
	WRITE_ONCE(intx->on, on);
	WRITE_ONCE(intx->ack, on);
}

static int intx_install(struct pciback_intx *intx)
{
	int err;

	/* A guest may ask for it often: that somebody will not share it is ours to say. */
	err = request_irq(intx->irq, intx_handle, IRQF_SHARED | IRQF_PROBE_SHARED,
			  intx->name, intx);
	if (err)
		pci_warn(intx->dev, "no stand-in handler for interrupt %u: %d\n",
			 intx->irq, err);
	else
		intx->installed = true;
	return err;
}

/* May sleep. Returns 0, also where there is nothing to do, or -errno. */
int pciback_intx_enable(struct pciback_intx *intx)
{
	int err = 0;

	if (intx->used || !intx->irq || pci_dev_msi_enabled(intx->dev))
		return 0;
	intx_switch(intx, true);
	if (!intx->installed)
		err = intx_install(intx);
	if (err) {
		intx_switch(intx, false);
		return err;
	}
	WRITE_ONCE(intx->used, true);
	pciback_intx_reapply(intx);
	return 0;
}

/* Closes the gate; the handler answers no more. Caller: as pciback_intx_disable(). */
static void intx_rest(struct pciback_intx *intx)
{
	if (!intx->installed)
		return;
	if (intx->used)
		pciback_intx_gate(intx->dev, false);
	intx_switch(intx, false);
	WRITE_ONCE(intx->used, false);
	/* One that still runs may ask for a look, also where only the owner switched it on. */
	synchronize_irq(intx->irq);
	cancel_delayed_work_sync(&intx->look);
	WRITE_ONCE(intx->held, false);
}

/*
 * The guest has message interrupts now, or does not decode, and may come back to the
 * line. To install a handler takes longer than all else there is to do then, so it
 * stays, unless there is no gate: then it would have to deny what the function may
 * still raise. Caller, context: as pciback_intx_disable().
 */
void pciback_intx_suspend(struct pciback_intx *intx)
{
	if (intx_has_gate(intx->dev))
		intx_rest(intx);
	else
		pciback_intx_disable(intx);
}

/*
 * May sleep; the handler neither runs nor will when this returns. Caller: between
 * pciback_serving_begin() and _end(), so the gate stays closed.
 */
void pciback_intx_disable(struct pciback_intx *intx)
{
	intx_rest(intx);
	intx->masked = false;
	if (!intx->installed)
		return;
	WRITE_ONCE(intx->installed, false);
	free_irq(intx->irq, intx);
	/* The owner may have switched it on in between. */
	cancel_delayed_work_sync(&intx->look);
	WRITE_ONCE(intx->held, false);
}

/* The owner's switch: off silences a handler, on makes it answer again. */
void pciback_intx_toggle(struct pciback_intx *intx)
{
	bool on = !READ_ONCE(intx->on);

	if (on)
		WRITE_ONCE(intx->ack, true);
	WRITE_ONCE(intx->on, on);
}
