/* SPDX-License-Identifier: GPL-2.0 */
/*
 * xenstore - the keys of a guest's directories, read and written by name
 *
 * Ours is <backend>, written by the toolstack and by us; the frontend's is the
 * guest's, and says whatever the guest wants.
 */
#ifndef PCIBACK_GUEST_XENSTORE_H
#define PCIBACK_GUEST_XENSTORE_H

#include <linux/types.h>
#include <xen/interface/event_channel.h>
#include <xen/xenbus.h>

#include "../core/bdf.h"

/* No toolstack lists more, and no guest's buses hold more. */
#define PCIBACK_MAX_DEVS	2048

/* What a frontend offers to connect to. */
struct pciback_offer {
	unsigned int ref;
	evtchn_port_t port;
};

int pciback_xenstore_state(struct xenbus_device *xdev, const char *dir,
			   enum xenbus_state *state);
int pciback_xenstore_is_online(struct xenbus_device *xdev, bool *is_online);
int pciback_xenstore_num_devs(struct xenbus_device *xdev, unsigned int *num);
int pciback_xenstore_dev(struct xenbus_device *xdev, unsigned int n,
			 struct pciback_bdf *host);
int pciback_xenstore_lists(struct xenbus_device *xdev, struct pciback_bdf host,
			   bool *lists);
int pciback_xenstore_wish(struct xenbus_device *xdev, unsigned int n, int *devfn);
int pciback_xenstore_dev_state(struct xenbus_device *xdev, unsigned int n,
			       enum xenbus_state *state);

int pciback_xenstore_switch(struct xenbus_device *xdev, enum xenbus_state from,
			    enum xenbus_state to);
int pciback_xenstore_start_over(struct xenbus_device *xdev, const char *front,
				enum xenbus_state from);
int pciback_xenstore_publish_dev(struct xenbus_device *xdev, unsigned int n,
				 struct pciback_bdf guest);
int pciback_xenstore_publish_root(struct xenbus_device *xdev, unsigned int n,
				  struct pciback_bdf guest);
int pciback_xenstore_ask_dev(struct xenbus_device *xdev, unsigned int n);
void pciback_xenstore_explain_dev(struct xenbus_device *xdev, unsigned int n,
				  const char *why);
void pciback_xenstore_close_dev(struct xenbus_device *xdev, unsigned int n);
void pciback_xenstore_explain(struct xenbus_device *xdev, int err);

int pciback_xenstore_offer(const char *front, struct pciback_offer *offer);

#endif
