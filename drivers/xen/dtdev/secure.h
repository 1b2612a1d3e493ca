/* SPDX-License-Identifier: GPL-2.0 */
/*
 * secure - puts a device at rest and out of dom0's reach, and within it again
 *
 * In between, dom0 touches no register of it, and its DMA does not reach dom0's
 * memory, as far as Xen makes that possible.
 */
#ifndef DTDEV_SECURE_H
#define DTDEV_SECURE_H

struct dtdev_node;

int dtdev_secure_start(struct dtdev_node *node);
int dtdev_secure_end(struct dtdev_node *node);
void dtdev_secure_abandon(struct dtdev_node *node);

#endif
