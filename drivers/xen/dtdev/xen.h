/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xen - what is asked of the hypervisor
 */
#ifndef DTDEV_XEN_H
#define DTDEV_XEN_H

#include <linux/types.h>

#include "core/pages.h"

int dtdev_xen_init(void);

int dtdev_xen_unmap(struct dtdev_frames frames);
int dtdev_xen_map(struct dtdev_frames frames);
int dtdev_xen_unroute(u32 spi);
int dtdev_xen_stream_find(const char *path);
int dtdev_xen_stream_assign(const char *path);
int dtdev_xen_stream_deassign(const char *path);

#endif
