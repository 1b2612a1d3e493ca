/* SPDX-License-Identifier: GPL-2.0 */
/*
 * policy - core/'s tables, laid over a real function
 */
#ifndef PCIBACK_FN_POLICY_H
#define PCIBACK_FN_POLICY_H

struct pci_dev;
struct pciback_cfg;
struct pciback_cfg_reader;

struct pciback_cfg *pciback_policy_alloc(struct pci_dev *dev,
					 const struct pciback_cfg_reader *reader);

#endif
