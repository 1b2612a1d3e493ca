/* SPDX-License-Identifier: GPL-2.0 */
/*
 * relay - interrupts that stay dom0's, passed on to the guest that has the device
 *
 * The administrator names the guest. Whenever a domain of that name lives, each
 * interrupt that Xen cannot give away has an event channel to it, whose port the
 * guest finds in its xenstore as xen-dtdev/irq/NUMBER; core/relay.h has what passes.
 * As long as such a domain lives, the device is in use.
 */
#ifndef DTDEV_RELAY_H
#define DTDEV_RELAY_H

#include <linux/types.h>

#define DTDEV_RELAY_NONE	(-1)	/* for the number of a domain */

struct dtdev_irq;
struct dtdev_node;
struct relay_line;
struct seq_buf;

/* Of a node, under its lock. */
struct dtdev_guest {
	char *name;		/* or NULL: nobody's */
	int domain;		/* that has the lines now */
	bool stopped;		/* for good */
	struct relay_line *lines;	/* as many as the node has interrupts; or NULL */
};

int dtdev_relay_init(void);
void dtdev_relay_exit(void);

void dtdev_relay_plan(struct dtdev_node *node);
int dtdev_relay_name_locked(struct dtdev_node *node, const char *name);
int dtdev_relay_idle_locked(struct dtdev_node *node);
void dtdev_relay_inherit(struct dtdev_node *node, const struct dtdev_node *was);
bool dtdev_relay_has_locked(const struct dtdev_node *node, const struct dtdev_irq *irq);
void dtdev_relay_print_locked(struct seq_buf *s, const struct dtdev_node *node);
void dtdev_relay_stop(struct dtdev_node *node);
void dtdev_relay_free(struct dtdev_node *node);

#endif
