/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gsi - the interrupt line of a function where dom0 is a PVH domain
 *
 * There, Xen hears of a line's trigger and polarity when a driver of dom0 enables
 * it in the virtual IO-APIC, which ours never does: without a word from us the line
 * could not be given to a guest. Toolstack and device model have to name the line
 * to Xen and ask dom0's kernel for it (IOCTL_PRIVCMD_PCIDEV_GET_GSI), and that us.
 *
 * Linux has what this takes from 6.13 on, and in stable 6.12.
 */
#ifndef PCIBACK_FN_GSI_H
#define PCIBACK_FN_GSI_H

struct pci_dev;

#ifdef XPT_HAS_GSI

void pciback_gsi_add(struct pci_dev *dev);
void pciback_gsi_del(struct pci_dev *dev);

void pciback_gsi_init(void);
void pciback_gsi_exit(void);

#else

static inline void pciback_gsi_add(struct pci_dev *dev) { }
static inline void pciback_gsi_del(struct pci_dev *dev) { }

static inline void pciback_gsi_init(void) { }
static inline void pciback_gsi_exit(void) { }

#endif

#endif
