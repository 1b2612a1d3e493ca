/* SPDX-License-Identifier: GPL-2.0 */
/*
 * place - where a guest sees its functions
 */
#ifndef PCIBACK_GUEST_PLACE_H
#define PCIBACK_GUEST_PLACE_H

struct pciback_fn;
struct pciback_guest;

int pciback_place(struct pciback_guest *guest, struct pciback_fn *fn, unsigned int n);

#endif
