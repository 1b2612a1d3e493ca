/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arrive - nodes with Xen's mark that come, and go, while dom0 runs
 */
#ifndef DTDEV_ARRIVE_H
#define DTDEV_ARRIVE_H

int dtdev_arrive_init(void);
void dtdev_arrive_exit(void);

#endif
