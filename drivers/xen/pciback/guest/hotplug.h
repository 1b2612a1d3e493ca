/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hotplug - brings the functions a guest has in line with the toolstack's list
 */
#ifndef PCIBACK_GUEST_HOTPLUG_H
#define PCIBACK_GUEST_HOTPLUG_H

#include <linux/types.h>

#include "../core/bdf.h"

struct pciback_guest;

int pciback_hotplug_sync(struct pciback_guest *guest);
int pciback_hotplug_sweep(struct pciback_guest *guest);
int pciback_hotplug_ask(struct pciback_guest *guest, struct pciback_bdf host);
bool pciback_hotplug_remove(struct pciback_guest *guest,
			    struct pciback_bdf host);
void pciback_hotplug_isolate(struct pciback_guest *guest,
			     struct pciback_bdf host, const char *why);
void pciback_hotplug_explain(struct pciback_guest *guest,
			     struct pciback_bdf host, const char *why);
void pciback_hotplug_remove_all(struct pciback_guest *guest);
void pciback_hotplug_quiesce_all(struct pciback_guest *guest);

#endif
