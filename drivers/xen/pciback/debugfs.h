/* SPDX-License-Identifier: GPL-2.0 */
/*
 * debugfs - xen-pciback/, what is too long or too odd for sysfs
 */
#ifndef PCIBACK_DEBUGFS_H
#define PCIBACK_DEBUGFS_H

#include <xen/interface/xen.h>

#include "core/bdf.h"

struct dentry;
struct pciback_fn;

void pciback_debugfs_init(void);
void pciback_debugfs_exit(void);

void pciback_debugfs_add(struct pciback_fn *fn);
void pciback_debugfs_del(struct pciback_fn *fn);

struct dentry *pciback_debugfs_add_guest(domid_t domid);
void pciback_debugfs_del_guest(struct dentry *guest);
void pciback_debugfs_given(struct dentry *guest, struct pciback_fn *fn,
			   struct pciback_bdf at);
void pciback_debugfs_taken(struct pciback_fn *fn);

#endif
