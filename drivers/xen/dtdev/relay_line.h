/* SPDX-License-Identifier: GPL-2.0 */
/*
 * relay_line - one interrupt of dom0 and one event channel, tied together
 */
#ifndef DTDEV_RELAY_LINE_H
#define DTDEV_RELAY_LINE_H

#include <linux/hrtimer.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <xen/interface/event_channel.h>

#include "core/relay.h"

struct dtdev_irq;
struct dtdev_node;

struct relay_line {
	raw_spinlock_t lock;	/* inside it, those of the interrupt */
	struct dtdev_relay relay;	/* under it; open is what the interrupt is */
	struct hrtimer timer;	/* runs in LIMITED only */

	unsigned int number;	/* the guest's name for it */
	int err;		/* the last try's, or 0 */
	bool up;		/* what follows is there */
	unsigned int irq;	/* the device's */
	evtchn_port_t port;
	unsigned int event;	/* the interrupt that the port is in dom0 */
};

void relay_line_init(struct relay_line *line, unsigned int number);
int relay_line_begin(struct relay_line *line, struct dtdev_node *node,
		     const struct dtdev_irq *irq, domid_t domain, u32 interval);
void relay_line_end(struct relay_line *line, domid_t domain);
struct dtdev_relay relay_line_look(struct relay_line *line);

#endif
