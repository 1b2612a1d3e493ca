/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around linux/sysfs.h */
#ifndef XPT_COMPAT_LINUX_SYSFS_H
#define XPT_COMPAT_LINUX_SYSFS_H

#include_next <linux/sysfs.h>

/*
 * Binary attributes are const to their callbacks and to the groups that list
 * them since "sysfs: remove bin_attribute::read_new/write_new()" (Linux 6.17).
 * Can go, with the word itself, when nothing older is left.
 */
#ifdef XPT_HAS_CONST_BIN_ATTRIBUTE
#define XPT_BIN_CONST const
#else
#define XPT_BIN_CONST
#endif

#endif
