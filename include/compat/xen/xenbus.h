/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel drift around xen/xenbus.h */
#ifndef XPT_COMPAT_XEN_XENBUS_H
#define XPT_COMPAT_XEN_XENBUS_H

#include_next <xen/xenbus.h>

/*
 * The device came in with "xenbus: add xenbus_device parameter to
 * xenbus_read_driver_state()" (Linux 7.1). Can go when 6.12 goes.
 */
#ifndef XPT_HAS_READ_DRIVER_STATE_DEV
#define xenbus_read_driver_state(xdev, path) \
	((void)(xdev), xenbus_read_driver_state(path))
#endif

#endif
