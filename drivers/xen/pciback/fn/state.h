/* SPDX-License-Identifier: GPL-2.0 */
/*
 * state - a function awake, and as the host wants it
 *
 * What a function should hold is what it was seized with, and what its guest has set of
 * that since, as far as the tables let it. It is never asked of the function itself: that
 * may have forgotten it, be away for a moment, or be made to lie. So whoever wakes, resets
 * or quietens a function has it put back from here, by one way.
 */
#ifndef PCIBACK_FN_STATE_H
#define PCIBACK_FN_STATE_H

#include <linux/types.h>

struct pciback_fn;

int pciback_state_save(struct pciback_fn *fn);
int pciback_state_restore(struct pciback_fn *fn);
bool pciback_state_is_lost(struct pciback_fn *fn);
int pciback_state_awake(struct pciback_fn *fn);
int pciback_state_wake(struct pciback_fn *fn);
void pciback_state_master(struct pciback_fn *fn, bool on);

#endif
