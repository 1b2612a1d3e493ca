/* SPDX-License-Identifier: GPL-2.0 */
/*
 * newcomer - functions that appear while we are loaded
 */
#ifndef PCIBACK_HOST_NEWCOMER_H
#define PCIBACK_HOST_NEWCOMER_H

#include <linux/types.h>

struct pci_dev;

int pciback_newcomer_init(void);
void pciback_newcomer_exit(void);

bool pciback_newcomer_is(struct pci_dev *dev);
void pciback_newcomer_settle(void);

#endif
