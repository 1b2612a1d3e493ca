/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lines - which interrupts a node has in the guest, and by whom
 */
#ifndef XL_DTDEV_LINES_H
#define XL_DTDEV_LINES_H

#include "guest.h"

void lines_write(struct guest *guest, const struct guest_node *node);

#endif
