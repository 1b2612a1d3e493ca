/* SPDX-License-Identifier: GPL-2.0 */
/* Stands in for the kernel header of the same name: what core/ uses of it. */
#ifndef UNIT_LINUX_TIME64_H
#define UNIT_LINUX_TIME64_H

#define NSEC_PER_USEC	1000L
#define NSEC_PER_MSEC	1000000L
#define NSEC_PER_SEC	1000000000L

#endif
