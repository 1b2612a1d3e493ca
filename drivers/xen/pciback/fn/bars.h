/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bars - the regions of a function, as the host has placed them
 */
#ifndef PCIBACK_FN_BARS_H
#define PCIBACK_FN_BARS_H

#include <linux/types.h>

struct pci_dev;

/* Room for "BAR", and the numbers of six. */
#define PCIBACK_BARS_STRLEN	24

bool pciback_bars_is_placed(const struct pci_dev *dev, int bar);
bool pciback_bars_unplaced(const struct pci_dev *dev, unsigned long kind,
			   char names[PCIBACK_BARS_STRLEN]);

#endif
