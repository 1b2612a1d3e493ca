/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ring - the shared page and the event channel of one frontend
 *
 * "Ring" out of habit: the page has one slot for requests. The frontend fills
 * it, sets _XEN_PCIF_active and notifies; the answer goes into the same slot,
 * the flag is cleared, and the frontend is notified.
 *
 * One at a time: the event channel is bound with late EOI. From its handler's
 * start until the EOI no further event comes, so the handler, or the worker or the
 * lookout it handed over to, is alone with the request and the guest's functions.
 *
 * Ring and lookout know each other: a ring joins it and is handed back by it, at the
 * cost of a nanosecond or two, which an ops table between them would double.
 */
#ifndef PCIBACK_GUEST_RING_H
#define PCIBACK_GUEST_RING_H

#include <linux/types.h>
#include <linux/workqueue.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/grant_table.h>
#include <xen/interface/io/pciif.h>

#include "../core/burst.h"
#include "ask.h"
#include "lookout.h"

struct pciback_ring;
struct xenbus_device;

struct pciback_reply {
	s32 err;		/* XEN_PCI_ERR_* */
	u32 value;
	unsigned int nvec;	/* vectors filled into the request */
};

/*
 * Serves ring->request. Returns false, with nothing done, if that may sleep and
 * @may_sleep does not say so; it holds the RCU read lock then.
 */
typedef bool (*pciback_ring_serve_t)(struct pciback_ring *ring, bool may_sleep,
				     struct pciback_reply *reply);

struct pciback_ring {
	pciback_ring_serve_t serve;		/* constant */

	/* Guarded by the guest's lock; the page and irq live as one. */
	struct xen_pci_sharedinfo *page;	/* NULL: not connected */
	int irq;
	grant_ref_t ref;			/* what was offered */
	evtchn_port_t port;

	/* Of whoever is alone with the request. */
	struct xen_pci_op request;		/* the copy */
	u64 paid;				/* ns; when the handler's time will be */
	unsigned int ahead;			/* answered before their event */
	struct pciback_burst burst;
	struct pciback_lookout lookout;

	struct work_struct work;		/* serves the request */

	struct pciback_ask ask;
};

void pciback_ring_init(struct pciback_ring *ring, pciback_ring_serve_t serve);
int pciback_ring_connect(struct pciback_ring *ring, struct xenbus_device *xdev,
			 unsigned int ref, evtchn_port_t port);
bool pciback_ring_is_connected_to(const struct pciback_ring *ring,
				  unsigned int ref, evtchn_port_t port);
bool pciback_ring_is_left(const struct pciback_ring *ring);
void pciback_ring_disconnect(struct pciback_ring *ring,
			     struct xenbus_device *xdev);
void pciback_ring_wait(struct pciback_ring *ring);

/* What a look at the page, instead of an event, came to. */
enum pciback_ring_look {
	PCIBACK_RING_QUIET,		/* no request */
	PCIBACK_RING_ANSWERED,
	PCIBACK_RING_MAY_SLEEP,		/* a request that is the worker's */
};

enum pciback_ring_look pciback_ring_look(struct pciback_ring *ring);
void pciback_ring_hand_over(struct pciback_ring *ring);
void pciback_ring_let_events(struct pciback_ring *ring);

int pciback_ring_module_init(void);
void pciback_ring_module_exit(void);

#endif
