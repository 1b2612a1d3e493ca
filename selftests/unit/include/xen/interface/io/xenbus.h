/* SPDX-License-Identifier: GPL-2.0 */
/* Xen's public header, under the name the kernel has for it. */
#include <xen/io/xenbus.h>
