// SPDX-License-Identifier: GPL-2.0
/*
 * line - an event is an interrupt, and an event back asks for the next
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <xen/events.h>
#include <xen/interface/xen.h>
#include <asm/xen/hypercall.h>

#include "line.h"

#define LINE_DOM0	0	/* whose interrupts they are */

static void line_ask_locked(struct dtdev_irq_line *line)
{
	lockdep_assert_held(&line->lock);
	if (!line->up || line->masked || line->asked)
		return;
	line->asked = true;
	notify_remote_via_evtchn(line->port);
}

/*
 * The first event is Xen's own: it sends one to whoever binds to a channel, since an
 * earlier one may have been lost. From then on there is somebody to be asked.
 */
static irqreturn_t line_event(int irq, void *data)
{
	struct dtdev_irq_line *line = data;
	unsigned long flags;
	bool first;

	raw_spin_lock_irqsave(&line->lock, flags);
	first = !line->up;
	line->up = true;
	if (first)
		line_ask_locked(line);
	else
		line->asked = false;
	raw_spin_unlock_irqrestore(&line->lock, flags);
	if (!first)
		generic_handle_domain_irq(line->domain, line->number);
	return IRQ_HANDLED;
}

void dtdev_irq_line_init(struct dtdev_irq_line *line, struct irq_domain *domain,
			 unsigned int number)
{
	raw_spin_lock_init(&line->lock);
	INIT_LIST_HEAD(&line->list);
	line->domain = domain;
	line->number = number;
	line->cpu = nr_cpu_ids;
	line->masked = true;
}

/* A driver's handler wants it, or does not. Any context. */
void dtdev_irq_line_mask(struct dtdev_irq_line *line, bool masked)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	line->masked = masked;
	line_ask_locked(line);
	raw_spin_unlock_irqrestore(&line->lock, flags);
}

static void line_disconnect(struct dtdev_irq_line *line)
{
	unsigned long flags;

	if (!line->remote)
		return;
	unbind_from_irqhandler(line->event, line);
	line->remote = 0;
	raw_spin_lock_irqsave(&line->lock, flags);
	line->up = false;
	line->asked = false;
	raw_spin_unlock_irqrestore(&line->lock, flags);
}

static void line_close(evtchn_port_t port)
{
	struct evtchn_close close = { .port = port };

	HYPERVISOR_event_channel_op(EVTCHNOP_close, &close);
}

/*
 * Has dom0 shut its end? The port that it offers next may have the same number, and what was
 * there between need not have been seen.
 */
static bool line_is_cut(const struct dtdev_irq_line *line)
{
	struct evtchn_status status = { .dom = DOMID_SELF, .port = line->port };

	return !HYPERVISOR_event_channel_op(EVTCHNOP_status, &status) &&
	       status.status == EVTCHNSTAT_unbound;
}

/*
 * Has the event come to the CPU that the interrupt is wanted on. One that goes off-line meanwhile
 * is chosen anew by whoever takes it off. Caller: the controller's lock. May sleep.
 */
void dtdev_irq_line_move(struct dtdev_irq_line *line)
{
	unsigned int cpu = READ_ONCE(line->cpu);

	if (line->remote && cpu < nr_cpu_ids)
		irq_set_affinity(line->event, cpumask_of(cpu));
}

/*
 * Has the line hang on dom0's port @remote; 0: on none. Caller: the controller's lock.
 * May sleep. Returns 0 or -errno, and it hangs on none.
 */
int dtdev_irq_line_connect(struct dtdev_irq_line *line, evtchn_port_t remote)
{
	struct evtchn_bind_interdomain bind = {
		.remote_dom = LINE_DOM0,
		.remote_port = remote,
	};
	int err;

	if (line->remote == remote && !(remote && line_is_cut(line)))
		return 0;
	line_disconnect(line);
	if (!remote)
		return 0;
	err = HYPERVISOR_event_channel_op(EVTCHNOP_bind_interdomain, &bind);
	if (err)
		return err;
	/* No event of it is taken before it has a handler. */
	line->port = bind.local_port;
	err = bind_evtchn_to_irqhandler(bind.local_port, line_event,
					IRQF_NO_THREAD | IRQF_NOBALANCING,
					"xen-dtdev-irq", line);
	if (err < 0) {
		line_close(bind.local_port);
		return err;
	}
	line->event = err;
	line->remote = remote;
	dtdev_irq_line_move(line);
	return 0;
}
