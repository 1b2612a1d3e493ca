/* SPDX-License-Identifier: GPL-2.0 */
/*
 * claim - who has a function
 */
#ifndef PCIBACK_HOST_CLAIM_H
#define PCIBACK_HOST_CLAIM_H

#include <linux/list.h>
#include <linux/ratelimit_types.h>

#include "../core/bdf.h"
#include "aer.h"

struct pciback_claim;
struct pciback_fn;

/* How host/ talks to whoever holds a function, without knowing about guests. */
struct pciback_claim_ops {
	void (*get)(struct pciback_claim *claim);
	void (*put)(struct pciback_claim *claim);
	/* A function may have become free. Must not block. */
	void (*retry)(struct pciback_claim *claim);
	/*
	 * Dom0 needs the function: tell whoever uses it. Returns 0, -EAGAIN (not
	 * now) or that there is nobody to tell. May sleep, device_lock held.
	 */
	int (*ask)(struct pciback_claim *claim, struct pciback_bdf host);
	/* Let go of it at once, if that has not happened. As above. */
	void (*revoke)(struct pciback_claim *claim, struct pciback_bdf host);
	/*
	 * Something is wrong with a function. May sleep for a second, device_lock and
	 * pci_bus_sem held: must not wait for the guest.
	 */
	void (*error)(struct pciback_claim *claim, struct pciback_fn *fn,
		      enum pciback_aer_event event);
};

struct pciback_claim {
	const struct pciback_claim_ops *ops;
	struct list_head node;	/* registry, guarded there */
	u16 domid;
	struct ratelimit_state log;	/* pciback_claim_may_log() */
};

void pciback_claim_init(struct pciback_claim *claim,
			const struct pciback_claim_ops *ops, u16 domid);
bool pciback_claim_may_log(struct pciback_claim *claim);

int pciback_claim_take(struct pciback_fn *fn, struct pciback_claim *claim);
void pciback_claim_placed(struct pciback_fn *fn, struct pciback_bdf guest_bdf);
void pciback_claim_quiesce(struct pciback_fn *fn);
void pciback_claim_release(struct pciback_fn *fn);
void pciback_claim_take_back(struct pciback_fn *fn);
void pciback_claim_revoke(struct pciback_fn *fn);
void pciback_claim_error(struct pciback_fn *fn, enum pciback_aer_event event);

int pciback_claim_hold(struct pciback_fn *fn);
void pciback_claim_unhold(struct pciback_fn *fn);

#endif
