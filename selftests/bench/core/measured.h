/* SPDX-License-Identifier: GPL-2.0 */
/*
 * measured - what callgrind counts, and knows by its name
 */
#ifndef BENCH_MEASURED_H
#define BENCH_MEASURED_H

#include <linux/types.h>
#include <xen/interface/io/pciif.h>

struct pciback_cfg;

/* Decides @op @count times. Returns what came of it, for somebody to look at. */
u32 measured(struct pciback_cfg *cfg, const struct xen_pci_op *op,
	     unsigned long count);

#endif
