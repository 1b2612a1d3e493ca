/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xen - what is asked of the hypervisor
 */
#ifndef XPT_COMMON_XEN_H
#define XPT_COMMON_XEN_H

#include <linux/types.h>
#include <xen/interface/xen.h>

int xpt_xen_init(void);

bool xpt_xen_lives(domid_t domain);
bool xpt_xen_is_hvm(domid_t domain);

int xpt_xen_unmap(u64 first, u64 frames);
int xpt_xen_map(u64 first, u64 frames);
int xpt_xen_unroute(u32 spi);
int xpt_xen_route(u32 spi);
int xpt_xen_find_function(u32 sbdf);
int xpt_xen_assign(u32 sbdf, domid_t domain);
int xpt_xen_deassign(u32 sbdf, domid_t domain);
int xpt_xen_quarantine(u32 sbdf);
int xpt_xen_unquarantine(u32 sbdf);
bool xpt_xen_is_own(domid_t domain);
int xpt_xen_group(u32 sbdf, u32 *others, unsigned int max);
int xpt_xen_find_node(const char *path);
int xpt_xen_assign_node(const char *path);
int xpt_xen_deassign_node(const char *path);

#endif
