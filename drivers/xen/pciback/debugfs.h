/* SPDX-License-Identifier: GPL-2.0 */
/*
 * debugfs - xen-pciback/, what is too long or too odd for sysfs
 */
#ifndef PCIBACK_DEBUGFS_H
#define PCIBACK_DEBUGFS_H

struct pciback_fn;

void pciback_debugfs_init(void);
void pciback_debugfs_exit(void);

void pciback_debugfs_add(struct pciback_fn *fn);
void pciback_debugfs_del(struct pciback_fn *fn);

#endif
