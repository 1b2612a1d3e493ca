/* SPDX-License-Identifier: GPL-2.0 */
/*
 * isolation - keeps what is seized from dom0's memory, too
 *
 * A function that no guest has is Xen's DOMID_IO's: whatever it was told to do, its DMA
 * goes nowhere. Xen sends it there by itself when a guest ends. Where dom0's own driver
 * has one that shares its requester id, it stays in dom0: the driver's DMA would go
 * nowhere, too.
 */
#ifndef PCIBACK_HOST_ISOLATION_H
#define PCIBACK_HOST_ISOLATION_H

#include <linux/types.h>

struct pci_dev;
struct pciback_fn;
struct seq_buf;

extern bool pciback_isolation_wanted;

void pciback_isolation_begin(struct pciback_fn *fn);
void pciback_isolation_pause(struct pciback_fn *fn);
void pciback_isolation_make_way(struct pci_dev *dev);
void pciback_isolation_close_up(struct pci_dev *dev);
void pciback_isolation_restore(struct pciback_fn *fn, u16 domid);
void pciback_isolation_end(struct pciback_fn *fn);
void pciback_isolation_show(struct pciback_fn *fn, struct seq_buf *s);

#endif
