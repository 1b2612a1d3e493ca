/* SPDX-License-Identifier: GPL-2.0 */
/*
 * home - what was let go of while a guest could reach it becomes dom0's later
 *
 * Xen counts a function as a guest's until the toolstack has detached it, or the guest has
 * ended; so long that guest may write to its registers. After that it is in quarantine: there
 * it is reset once more, and only then dom0's, whose driver would turn on bus mastering with
 * whatever was set up in it.
 */
#ifndef PCIBACK_HOST_HOME_H
#define PCIBACK_HOST_HOME_H

struct pciback_fn;

void pciback_home_later(struct pciback_fn *fn);
void pciback_home_exit(void);

#endif
