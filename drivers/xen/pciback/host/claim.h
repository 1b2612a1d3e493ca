/* SPDX-License-Identifier: GPL-2.0 */
/*
 * claim - giving a function to a guest, and taking it back
 */
#ifndef PCIBACK_HOST_CLAIM_H
#define PCIBACK_HOST_CLAIM_H

#include "../core/bdf.h"

struct pciback_fn;
struct pciback_tenant;

int pciback_claim_take(struct pciback_fn *fn, struct pciback_tenant *tenant);
void pciback_claim_placed(struct pciback_fn *fn, struct pciback_bdf guest_bdf);
void pciback_claim_quiesce(struct pciback_fn *fn);
void pciback_claim_release(struct pciback_fn *fn);

#endif
