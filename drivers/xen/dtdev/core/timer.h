/* SPDX-License-Identifier: GPL-2.0 */
/*
 * timer - what dom0 has its time from
 */
#ifndef DTDEV_CORE_TIMER_H
#define DTDEV_CORE_TIMER_H

extern const char * const dtdev_timers[];	/* compatibles; NULL ends them */

#endif
