/* SPDX-License-Identifier: GPL-2.0 */
/*
 * owner - who has a function that we have given to nobody
 *
 * QEMU, a stub domain or another toolstack may serve a guest without a word to us. Xen
 * knows whose a function is: it is asked before anything is done to a function that would
 * hurt who has it, and whenever a domain has ended, for what came back by that is cleaned
 * like any other.
 */
#ifndef PCIBACK_HOST_OWNER_H
#define PCIBACK_HOST_OWNER_H

#include <linux/types.h>

struct pciback_fn;

#define PCIBACK_OWNER_NONE	-1
#define PCIBACK_OWNER_UNKNOWN	-2

int pciback_owner(struct pciback_fn *fn);
bool pciback_owner_is_guest(struct pciback_fn *fn);
void pciback_owner_begin(struct pciback_fn *fn);
void pciback_owner_await(void);
void pciback_owner_expect(struct pciback_fn *fn);

void pciback_owner_init(void);
void pciback_owner_exit(void);

#endif
