/* SPDX-License-Identifier: GPL-2.0 */
/*
 * together - the functions that share a requester id with another, and who has them
 */
#ifndef PCIBACK_HOST_TOGETHER_H
#define PCIBACK_HOST_TOGETHER_H

#include <linux/types.h>

#include "../core/bdf.h"

struct pci_dev;
struct pciback_member;
struct pciback_fn;
struct seq_buf;

/* Room for who is in the way. */
#define PCIBACK_TOGETHER_WHY	96

bool pciback_together_by_bus(const struct pci_dev *a, const struct pci_dev *b);
int pciback_together_for_guest(struct pciback_fn *fn, u16 domid);
int pciback_together_for_dom0(struct pciback_fn *fn);
bool pciback_together_is_free(struct pciback_fn *fn);
bool pciback_together_is_dom0s(struct pciback_fn *fn);
u16 pciback_together_principal(u16 domid);
void pciback_together_ask(struct pci_dev *dev, struct pciback_member *member);
void pciback_together_say_holder(const struct pciback_member *member, struct seq_buf *s);
void pciback_together_each_of_ours(struct pci_dev *dev,
				   void (*visit)(struct pciback_fn *fn, void *data),
				   void *data);
void pciback_together_why(struct pciback_bdf bdf, u16 domid,
			  char why[PCIBACK_TOGETHER_WHY]);
void pciback_together_show(struct pciback_fn *fn, struct seq_buf *s);

#endif
