/* SPDX-License-Identifier: GPL-2.0 */
/*
 * irq - whose a device's interrupts are
 */
#ifndef DTDEV_IRQ_H
#define DTDEV_IRQ_H

#include <linux/types.h>

struct dtdev_node;

int dtdev_irq_idle(struct dtdev_node *node);
void dtdev_irq_ask_xen(struct dtdev_node *node);
int dtdev_irq_return(struct dtdev_node *node);
bool dtdev_irq_any_in_dom0(const struct dtdev_node *node);
bool dtdev_irq_any_released(const struct dtdev_node *node);

#endif
