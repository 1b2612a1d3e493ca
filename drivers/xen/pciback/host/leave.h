/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leave - makes all functions ready for being let go of
 */
#ifndef PCIBACK_HOST_LEAVE_H
#define PCIBACK_HOST_LEAVE_H

void pciback_leave(void);

#endif
