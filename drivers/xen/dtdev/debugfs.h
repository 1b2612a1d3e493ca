/* SPDX-License-Identifier: GPL-2.0 */
/*
 * debugfs - xen-dtdev/report: what could be taken, and why the rest not
 */
#ifndef DTDEV_DEBUGFS_H
#define DTDEV_DEBUGFS_H

void dtdev_debugfs_init(void);
void dtdev_debugfs_exit(void);

#endif
