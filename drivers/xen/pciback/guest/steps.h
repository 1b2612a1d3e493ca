/* SPDX-License-Identifier: GPL-2.0 */
/*
 * steps - walks the handshake of one frontend
 */
#ifndef PCIBACK_GUEST_STEPS_H
#define PCIBACK_GUEST_STEPS_H

struct pciback_guest;

int pciback_steps_next(struct pciback_guest *guest);
void pciback_steps_disconnect(struct pciback_guest *guest);

#endif
