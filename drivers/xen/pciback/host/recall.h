/* SPDX-License-Identifier: GPL-2.0 */
/*
 * recall - dom0 needs a function that a guest has, or has to tell it something
 */
#ifndef PCIBACK_HOST_RECALL_H
#define PCIBACK_HOST_RECALL_H

#include "claimant.h"

struct pciback_fn;

void pciback_recall(struct pciback_fn *fn);
void pciback_recall_for_good(struct pciback_fn *fn);
void pciback_recall_tell(struct pciback_fn *fn, enum pciback_claimant_event event);

#endif
