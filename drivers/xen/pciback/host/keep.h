/* SPDX-License-Identifier: GPL-2.0 */
/*
 * keep - what had better stay with dom0, whoever asks for it
 */
#ifndef PCIBACK_HOST_KEEP_H
#define PCIBACK_HOST_KEEP_H

#include <linux/types.h>

struct pci_dev;

#define PCIBACK_KEEP_TEXT	128

struct pciback_keep {
	u32 reasons;			/* PCIBACK_REASON_BIT()s */
	char text[PCIBACK_KEEP_TEXT];	/* "REASON[ NAME][; ...]", as far as it goes */
};

void pciback_keep_look(struct pci_dev *dev, u32 force, struct pciback_keep *keep);
bool pciback_keep_patiently(struct pci_dev *dev, u32 force);

#endif
