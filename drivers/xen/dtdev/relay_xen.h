/* SPDX-License-Identifier: GPL-2.0 */
/*
 * relay_xen - domains, their names, and event channels to them
 */
#ifndef DTDEV_RELAY_XEN_H
#define DTDEV_RELAY_XEN_H

#include <linux/types.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/xen.h>

int dtdev_relay_xen_find(const char *name);
int dtdev_relay_xen_open(domid_t domain, evtchn_port_t *port);
void dtdev_relay_xen_close(evtchn_port_t port);
int dtdev_relay_xen_offer(domid_t domain, unsigned int number, evtchn_port_t port);
void dtdev_relay_xen_withdraw(domid_t domain, unsigned int number);

#endif
