/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/hrtimer.h */
#ifndef XPT_COMPAT_LINUX_HRTIMER_H
#define XPT_COMPAT_LINUX_HRTIMER_H

#include_next <linux/hrtimer.h>

/*
 * Timers are set up together with their function since "hrtimers: Introduce
 * hrtimer_setup() to replace hrtimer_init()" (Linux 6.13). Can go when 6.12 goes.
 */
#ifndef XPT_HAS_HRTIMER_SETUP
static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*function)(struct hrtimer *),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = function;
}
#endif

#endif
