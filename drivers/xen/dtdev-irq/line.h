/* SPDX-License-Identifier: GPL-2.0 */
/*
 * line - one interrupt that dom0 passes on, as an event channel
 *
 * dom0 masks the interrupt when it fires, and opens it again when it is asked to. It
 * is asked once for each: when a driver's handler is through, and when the first
 * handler comes.
 */
#ifndef DTDEV_IRQ_LINE_H
#define DTDEV_IRQ_LINE_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <xen/interface/event_channel.h>

struct irq_domain;

struct dtdev_irq_line {
	struct list_head list;		/* under the controller's lock, as are */
	struct irq_domain *domain;
	unsigned int number;
	evtchn_port_t remote;		/* dom0's port; 0: none */
	unsigned int event;		/* the interrupt that ours is here */
	int err;			/* the last try's, or 0 */

	unsigned int cpu;		/* that it is wanted on, under its interrupt's lock */

	raw_spinlock_t lock;		/* for what follows */
	evtchn_port_t port;
	bool up;			/* an event has come: the channel works */
	bool masked;
	bool asked;			/* dom0 owes an interrupt */
};

void dtdev_irq_line_init(struct dtdev_irq_line *line, struct irq_domain *domain,
			 unsigned int number);
void dtdev_irq_line_mask(struct dtdev_irq_line *line, bool masked);
int dtdev_irq_line_connect(struct dtdev_irq_line *line, evtchn_port_t remote);
void dtdev_irq_line_move(struct dtdev_irq_line *line);

#endif
