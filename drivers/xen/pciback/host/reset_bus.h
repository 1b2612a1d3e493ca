/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reset_bus - a function with all that share its slot or bus
 */
#ifndef PCIBACK_HOST_RESET_BUS_H
#define PCIBACK_HOST_RESET_BUS_H

struct pciback_fn;

int pciback_reset_bus(struct pciback_fn *fn);

#endif
