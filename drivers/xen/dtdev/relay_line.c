// SPDX-License-Identifier: GPL-2.0
/*
 * relay_line - carries out what core/relay.c decides
 *
 * Both handlers and the timer run as hard interrupts, on PREEMPT_RT too, and do a
 * bounded amount of work. Nothing that a guest sends is more than "an event came".
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/ktime.h>
#include <linux/of_irq.h>
#include <xen/events.h>

#include "../common/xen.h"
#include "node.h"
#include "relay_line.h"
#include "relay_xen.h"
#include "trace.h"

static void line_do_locked(struct relay_line *line, enum dtdev_relay_action action, u64 delay)
{
	lockdep_assert_held(&line->lock);
	trace_dtdev_relay(line->number, action);
	switch (action) {
	case DTDEV_RELAY_TELL:
		disable_irq_nosync(line->irq);
		notify_remote_via_evtchn(line->port);
		break;
	case DTDEV_RELAY_OPEN:
		enable_irq(line->irq);
		break;
	case DTDEV_RELAY_LATER:
		hrtimer_start(&line->timer, ns_to_ktime(delay), HRTIMER_MODE_REL_HARD);
		break;
	case DTDEV_RELAY_MASK:
		disable_irq_nosync(line->irq);
		break;
	case DTDEV_RELAY_NOTHING:
	case DTDEV_RELAY_SPURIOUS:
		break;
	}
}

/* The device's interrupt. */
static irqreturn_t line_fired(int irq, void *data)
{
	struct relay_line *line = data;
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	line_do_locked(line, dtdev_relay_fire(&line->relay, ktime_get_ns()), 0);
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return IRQ_HANDLED;
}

/* The guest's event. Xen's own brake works on those that have no reason. */
static irqreturn_t line_asked(int irq, void *data)
{
	struct relay_line *line = data;
	enum dtdev_relay_action action;
	unsigned long flags;
	u64 delay = 0;

	raw_spin_lock_irqsave(&line->lock, flags);
	action = dtdev_relay_ask(&line->relay, ktime_get_ns(), &delay);
	line_do_locked(line, action, delay);
	raw_spin_unlock_irqrestore(&line->lock, flags);
	xen_irq_lateeoi(irq, action == DTDEV_RELAY_SPURIOUS ? XEN_EOI_FLAG_SPURIOUS : 0);
	return IRQ_HANDLED;
}

static enum hrtimer_restart line_due(struct hrtimer *timer)
{
	struct relay_line *line = container_of(timer, struct relay_line, timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	line_do_locked(line, dtdev_relay_due(&line->relay, ktime_get_ns()), 0);
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return HRTIMER_NORESTART;
}

void relay_line_init(struct relay_line *line, unsigned int number)
{
	raw_spin_lock_init(&line->lock);
	hrtimer_setup(&line->timer, line_due, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	line->number = number;
}

/* Returns dom0's number of the interrupt, or -errno. */
static int line_find_irq(const struct dtdev_node *node, const struct dtdev_irq *irq)
{
	return of_irq_get(node->np, irq->index) ?: -ENXIO;
}

/* That dom0 has it is ours to tell, and once. */
static int line_request(struct relay_line *line, const struct dtdev_node *node, int number)
{
	return request_irq(number, line_fired,
			   IRQF_NO_THREAD | IRQF_NO_AUTOEN | IRQF_PROBE_SHARED,
			   dev_name(node->dev), line);
}

/* Has a driver had it as the parent of its own, and left it without a flow, not to be requested? */
static bool line_is_left_over(int number)
{
	struct irq_data *data = irq_get_irq_data(number);

	return data && !irq_has_action(number) &&
	       irq_data_to_desc(data)->handle_irq == handle_bad_irq;
}

/*
 * Takes the device's interrupt, masked. One that dom0 shares with another handler,
 * or whose controller has to be asked over a slow bus, cannot be relayed: a guest
 * would mask what is not its own, or a handler would have to sleep.
 */
static int line_take_irq(struct relay_line *line, struct dtdev_node *node,
			 const struct dtdev_irq *irq)
{
	int number = line_find_irq(node, irq);
	struct irq_chip *chip;
	int err;

	if (number < 0)
		return number;
	chip = irq_get_chip(number);
	if (!chip || chip->irq_bus_lock)
		return -EOPNOTSUPP;
	err = line_request(line, node, number);
	if (err == -EINVAL && line_is_left_over(number)) {
		/* Of a device that is a controller itself. Mapped anew, it is as others. */
		irq_dispose_mapping(number);
		number = line_find_irq(node, irq);
		err = number < 0 ? number : line_request(line, node, number);
	}
	if (err)
		return err;
	/*
	 * Else, masked in its handler, a level would be taken twice. With the handler
	 * it goes again; one that another has is left as it is.
	 */
	irq_set_status_flags(number, IRQ_DISABLE_UNLAZY);
	line->irq = number;
	return 0;
}

static int line_take_port(struct relay_line *line, domid_t domain)
{
	int err;

	err = dtdev_relay_xen_open(domain, &line->port);
	if (err)
		return err;
	err = bind_evtchn_to_irqhandler_lateeoi(line->port, line_asked, IRQF_NO_THREAD,
						"xen-dtdev", line);
	if (err < 0) {
		dtdev_relay_xen_close(line->port);
		return err;
	}
	line->event = err;
	return 0;
}

static void line_start(struct relay_line *line, u32 interval)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	dtdev_relay_begin(&line->relay, interval);
	raw_spin_unlock_irqrestore(&line->lock, flags);
}

static void line_quiet(struct relay_line *line)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	line_do_locked(line, dtdev_relay_end(&line->relay), 0);
	raw_spin_unlock_irqrestore(&line->lock, flags);
	hrtimer_cancel(&line->timer);
}

/*
 * Ties @irq of @node to a channel to @domain. What the guest can send before it has
 * been told the port would be lost, so that comes last. May sleep. Returns 0 or
 * -errno, and nothing is left.
 */
int relay_line_begin(struct relay_line *line, struct dtdev_node *node,
		     const struct dtdev_irq *irq, domid_t domain, u32 interval)
{
	int err;

	err = line_take_irq(line, node, irq);
	if (err)
		return err;
	line_start(line, interval);
	err = line_take_port(line, domain);
	if (err)
		goto err_irq;
	err = dtdev_relay_xen_offer(domain, line->number, line->port);
	if (err)
		goto err_port;
	line->up = true;
	return 0;

err_port:
	line_quiet(line);
	unbind_from_irqhandler(line->event, line);
err_irq:
	line_quiet(line);
	free_irq(line->irq, line);
	return err;
}

/*
 * 1. The line is masked for good, its timer stopped. Both handlers may still run; they
 *    find that nothing is to be done.
 * 2. The channel is closed: the guest's events go nowhere, no handler of it runs.
 * 3. dom0 has no handler of the interrupt any more: a driver can ask for it.
 * 4. A guest that still lives is told.
 *
 * May sleep; cannot fail.
 */
void relay_line_end(struct relay_line *line, domid_t domain)
{
	line->err = 0;
	if (!line->up)
		return;
	line->up = false;
	line_quiet(line);
	unbind_from_irqhandler(line->event, line);
	free_irq(line->irq, line);
	if (xpt_xen_lives(domain))
		dtdev_relay_xen_withdraw(domain, line->number);
}

/* How it stands, at one moment. */
struct dtdev_relay relay_line_look(struct relay_line *line)
{
	struct dtdev_relay relay;
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	relay = line->relay;
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return relay;
}
