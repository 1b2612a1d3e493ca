/* SPDX-License-Identifier: GPL-2.0 */
/*
 * found - the configuration space as we found it, for the day we leave
 */
#ifndef PCIBACK_FN_FOUND_H
#define PCIBACK_FN_FOUND_H

struct pci_dev;
struct pciback_cfg_reader;
struct pciback_found;

struct pciback_found *pciback_found_take(struct pci_dev *dev);
void pciback_found_complete(struct pciback_found *found);
const struct pciback_cfg_reader *pciback_found_reader(struct pciback_found *found);
void pciback_found_restore(const struct pciback_found *found);

#endif
