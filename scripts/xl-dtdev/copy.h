/* SPDX-License-Identifier: GPL-2.0 */
/*
 * copy - what a node has in the guest by what it has in the host
 */
#ifndef XL_DTDEV_COPY_H
#define XL_DTDEV_COPY_H

#include "guest.h"

void copy_properties(struct guest *guest, const struct guest_node *node);

#endif
