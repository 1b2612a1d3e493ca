/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xen - what Xen is told of a function, and asked
 */
#ifndef PCIBACK_FN_XEN_H
#define PCIBACK_FN_XEN_H

#include <linux/types.h>

#include "../core/bdf.h"
#include "../core/custody.h"

struct pci_dev;
struct pciback_fn;

void pciback_xen_prepare_msix(const struct pci_dev *dev);
void pciback_xen_release_msix(const struct pci_dev *dev);
int pciback_xen_was_reset(struct pci_dev *dev);
enum pciback_xen_owner pciback_xen_ask_owner(struct pciback_fn *fn);
void pciback_xen_learn(struct pciback_fn *fn);
int pciback_xen_quarantine(struct pciback_fn *fn);
int pciback_xen_unquarantine(struct pciback_bdf bdf);
int pciback_xen_take_back(struct pciback_fn *fn, u16 domid);
int pciback_xen_renew(struct pciback_fn *fn, u16 domid);
int pciback_xen_to_dom0(struct pciback_fn *fn);
bool pciback_xen_is_guests(struct pciback_bdf bdf);
bool pciback_xen_is_dom0(u16 domid);
bool pciback_xen_is_hvm(u16 domid);

#endif
