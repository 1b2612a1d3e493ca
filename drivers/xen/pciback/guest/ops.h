/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ops - what each operation of a frontend does
 */
#ifndef PCIBACK_GUEST_OPS_H
#define PCIBACK_GUEST_OPS_H

#include <linux/types.h>

struct pciback_reply;
struct pciback_ring;

bool pciback_ops_serve(struct pciback_ring *ring, bool may_sleep,
		       struct pciback_reply *reply);

#endif
