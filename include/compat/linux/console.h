/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/console.h */
#ifndef XPT_COMPAT_LINUX_CONSOLE_H
#define XPT_COMPAT_LINUX_CONSOLE_H

#include_next <linux/console.h>

/*
 * The list of consoles has a lock of its own since "printk: introduce
 * console_list_lock" (Linux 6.2). Can go when 6.1 goes.
 */
#ifndef XPT_HAS_CONSOLE_LIST_LOCK
#define console_list_lock()	console_lock()
#define console_list_unlock()	console_unlock()
#endif

#endif
