/* SPDX-License-Identifier: GPL-2.0 */
/*
 * recall - dom0 needs a function that a guest has, or has to tell it something
 */
#ifndef PCIBACK_HOST_RECALL_H
#define PCIBACK_HOST_RECALL_H

#include <linux/jiffies.h>

#include "claimant.h"

struct pciback_fn;

/* How long guests have for letting go of a function, and for hearing of it. */
#define PCIBACK_RECALL_PATIENCE	(10 * HZ)

void pciback_recall_early(struct pciback_fn *fn);
void pciback_recall(struct pciback_fn *fn, unsigned long deadline);
void pciback_recall_for_good(struct pciback_fn *fn);
bool pciback_recall_tell(struct pciback_fn *fn, enum pciback_claimant_event event);

#endif
