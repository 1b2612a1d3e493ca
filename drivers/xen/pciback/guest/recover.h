/* SPDX-License-Identifier: GPL-2.0 */
/*
 * recover - a guest's part in recovering from PCI errors
 *
 * Its worker tells the frontend what dom0 has seen and done, and asks what the
 * guest's driver makes of it. A function whose driver does not run it again
 * within seconds is taken away from the guest and reset.
 */
#ifndef PCIBACK_GUEST_RECOVER_H
#define PCIBACK_GUEST_RECOVER_H

#include "../host/claimant.h"

struct pciback_fn;
struct pciback_guest;

void pciback_recover_init(struct pciback_guest *guest);
void pciback_recover_stop(struct pciback_guest *guest);
void pciback_recover_note(struct pciback_guest *guest, struct pciback_fn *fn,
			  enum pciback_claimant_event event);

int pciback_recover_module_init(void);
void pciback_recover_module_exit(void);

#endif
