/* SPDX-License-Identifier: GPL-2.0 */
/*
 * guest - one frontend connection
 *
 * Born with the xenbus device that the toolstack makes for a domain, dies with
 * it; in between, frontends may come and go.
 *
 * Three workers serve it. The control worker walks the handshake: xenbus
 * callbacks only kick it, so that no watch is ever held up. The ring's worker
 * answers operations that may sleep. Operations that need not are answered in
 * the event handler, or by the lookout, which all guests share. The recovery
 * worker talks with the guest about PCI errors.
 *
 * Whoever serves an operation is alone (ring.h says how). Whoever takes a
 * function away from the guest first makes it unfindable, then waits for the
 * operation under way.
 *
 * Lock order: guest->lock, then fn->lock, then the registry's.
 */
#ifndef PCIBACK_GUEST_GUEST_H
#define PCIBACK_GUEST_GUEST_H

#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <xen/xenbus.h>

#include "../core/handshake.h"
#include "../core/topology.h"
#include "../host/claimant.h"
#include "ring.h"

struct dentry;

#define PCIBACK_GUEST_ROOTS	32

/* The talk with the guest about errors: recover. */
struct pciback_recover {
	struct work_struct work;
	spinlock_t lock;		/* guards stop and the functions' talk */
	wait_queue_head_t wait;		/* dom0's part is done, or stop */
	bool stop;
};

struct pciback_guest {
	struct kref ref;
	struct pciback_claimant claimant;
	struct xenbus_device *xdev;	/* valid until taken apart, then NULL */
	char *front;			/* its directory: the bus forgets it before us; constant */
	struct xenbus_watch watch;	/* of our own directory */
	bool is_watching;
	bool is_written;		/* something there; single word, no lock */
	struct work_struct control;
	struct delayed_work again;	/* kicks control, later */
	struct work_struct end;		/* takes it all apart */

	struct mutex lock;		/* guards all below, but see functions */
	bool gone;			/* torn down: nothing starts any more; set without */
	enum xenbus_state own;		/* our state, as the step began */
	enum pciback_handshake step;	/* the last one */
	unsigned long due;		/* jiffies; 0: it need not wait, or has not yet */
	bool is_revived;		/* no frontend was Connected since */
	bool is_refused;		/* the last connection was */
	int trouble;			/* the step has to be made again: why */
	struct pciback_topology topology;
	u32 roots[PCIBACK_GUEST_ROOTS];	/* domain << 8 | bus, published */
	unsigned int nroots;

	/*
	 * By the address the guest uses. Changed with the lock held; read by
	 * whoever serves an operation, under RCU.
	 */
	struct xarray functions;

	struct dentry *debugfs;		/* constant */
	struct pciback_ring ring;
	struct pciback_recover recover;
};

void pciback_guest_get(struct pciback_guest *guest);
void pciback_guest_put(struct pciback_guest *guest);
void pciback_guest_kick(struct pciback_guest *guest);
void pciback_guest_kick_later(struct pciback_guest *guest, unsigned long delay);
void pciback_guest_end(struct pciback_guest *guest);
void pciback_guest_flush(void);

int pciback_guest_module_init(void);
void pciback_guest_module_exit(void);

#endif
