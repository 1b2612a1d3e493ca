/* SPDX-License-Identifier: GPL-2.0 */
/*
 * poll - core/burst with this host's clock, what all guests do, and the administrator's say
 */
#ifndef PCIBACK_GUEST_POLL_H
#define PCIBACK_GUEST_POLL_H

#include <linux/types.h>

#include "../core/burst.h"

extern unsigned int pciback_poll_us;

u64 pciback_poll_window(void);
void pciback_poll_came(struct pciback_burst *burst);
void pciback_poll_answered(struct pciback_burst *burst);
bool pciback_poll_begin(struct pciback_burst *burst);

#endif
