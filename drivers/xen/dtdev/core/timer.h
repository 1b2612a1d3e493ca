/* SPDX-License-Identifier: GPL-2.0 */
/*
 * timer - what dom0 has its time from
 */
#ifndef DTDEV_CORE_TIMER_H
#define DTDEV_CORE_TIMER_H

const char *dtdev_timer(unsigned int index);

#endif
