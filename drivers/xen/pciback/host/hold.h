/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hold - keeps a function as it is while its neighbour's bus is reset
 */
#ifndef PCIBACK_HOST_HOLD_H
#define PCIBACK_HOST_HOLD_H

struct pciback_fn;

int pciback_hold(struct pciback_fn *fn);
void pciback_hold_end(struct pciback_fn *fn);
void pciback_hold_wait(struct pciback_fn *fn);

#endif
