// SPDX-License-Identifier: GPL-2.0
/*
 * ask - puts a question into the page and waits for the answer
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <asm/sync_bitops.h>
#include <xen/events.h>

#include "ask.h"

static unsigned long *ask_flags(const struct pciback_ask *ask)
{
	return (unsigned long *)&ask->page->flags;
}

void pciback_ask_init(struct pciback_ask *ask)
{
	spin_lock_init(&ask->lock);
	init_waitqueue_head(&ask->wait);
}

/* There is a frontend now. Caller: the guest's lock. */
void pciback_ask_connect(struct pciback_ask *ask,
			 struct xen_pci_sharedinfo *page, int irq)
{
	spin_lock(&ask->lock);
	ask->page = page;
	ask->irq = irq;
	spin_unlock(&ask->lock);
}

/* From here on nobody looks at the page; who waits for an answer gives up. */
void pciback_ask_disconnect(struct pciback_ask *ask)
{
	spin_lock(&ask->lock);
	ask->page = NULL;
	WRITE_ONCE(ask->is_open, false);
	spin_unlock(&ask->lock);
	wake_up_all(&ask->wait);
}

/*
 * An event came, and @flags are the page's: is it the answer? Interrupt context;
 * says so once for each question, whatever the frontend does to the flags.
 */
bool pciback_ask_event(struct pciback_ask *ask, unsigned long *flags)
{
	if (!READ_ONCE(ask->is_open) || sync_test_bit(_XEN_PCIB_active, flags))
		return false;
	WRITE_ONCE(ask->is_open, false);
	wake_up_all(&ask->wait);
	return true;
}

static int ask_put_locked(struct pciback_ask *ask, u32 cmd,
			  struct pciback_bdf at, int argument)
{
	struct xen_pcie_aer_op *slot;

	lockdep_assert_held(&ask->lock);
	if (!ask->page)
		return -ENOTCONN;
	if (!sync_test_bit(_XEN_PCIB_AERHANDLER, ask_flags(ask)))
		return -EOPNOTSUPP;
	/* It has not come to the last one yet. */
	if (sync_test_bit(_XEN_PCIB_active, ask_flags(ask)))
		return -ETIMEDOUT;

	slot = &ask->page->aer_op;
	WRITE_ONCE(slot->cmd, cmd);
	WRITE_ONCE(slot->err, argument);
	WRITE_ONCE(slot->domain, at.domain);
	WRITE_ONCE(slot->bus, at.bus);
	WRITE_ONCE(slot->devfn, at.devfn);
	WRITE_ONCE(ask->is_open, true);
	/* The question before the flag that says it is there. */
	wmb();
	sync_set_bit(_XEN_PCIB_active, ask_flags(ask));
	notify_remote_via_irq(ask->irq);
	return 0;
}

static int ask_take_locked(struct pciback_ask *ask)
{
	lockdep_assert_held(&ask->lock);
	WRITE_ONCE(ask->is_open, false);
	if (!ask->page)
		return -ENOTCONN;
	if (sync_test_bit(_XEN_PCIB_active, ask_flags(ask)))
		return -ETIMEDOUT;
	/* What the frontend wrote before it cleared the flag. */
	rmb();
	return max(READ_ONCE(ask->page->aer_op.err), 0);
}

/*
 * Asks the frontend to do @cmd, XEN_PCI_OP_aer_*, with @argument for its function
 * at @at, and waits @timeout jiffies at most. May sleep; one caller at a time, no
 * locks. Returns the answer (not negative, else unchecked), -ENOTCONN (no
 * frontend, or it left meanwhile), -EOPNOTSUPP (it answers no questions) or
 * -ETIMEDOUT.
 */
int pciback_ask(struct pciback_ask *ask, u32 cmd, struct pciback_bdf at,
		int argument, unsigned long timeout)
{
	int err;

	spin_lock(&ask->lock);
	err = ask_put_locked(ask, cmd, at, argument);
	spin_unlock(&ask->lock);
	if (err)
		return err;
	wait_event_timeout(ask->wait, !READ_ONCE(ask->is_open), timeout);
	spin_lock(&ask->lock);
	err = ask_take_locked(ask);
	spin_unlock(&ask->lock);
	return err;
}
