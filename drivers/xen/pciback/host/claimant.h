/* SPDX-License-Identifier: GPL-2.0 */
/*
 * claimant - whoever has functions, or waits for one
 */
#ifndef PCIBACK_HOST_CLAIMANT_H
#define PCIBACK_HOST_CLAIMANT_H

#include <linux/list.h>

#include "../core/bdf.h"
#include "../fn/tenant.h"

struct pciback_claimant;
struct pciback_fn;

/* What a guest has to know. */
enum pciback_claimant_event {
	PCIBACK_CLAIMANT_NORMAL,	/* an error; the link works */
	PCIBACK_CLAIMANT_FROZEN,	/* an error; the link is being reset */
	PCIBACK_CLAIMANT_HOST_DONE,	/* dom0 has done its part */
	PCIBACK_CLAIMANT_LOST,		/* dom0 could not recover it */
};

/* How host/ talks to whoever holds a function, without knowing about guests. */
struct pciback_claimant_ops {
	void (*get)(struct pciback_claimant *claimant);
	void (*put)(struct pciback_claimant *claimant);
	/* A function may have become free. Must not block. */
	void (*retry)(struct pciback_claimant *claimant);
	/*
	 * Dom0 needs the function: tell whoever uses it. Returns 0, -EAGAIN (not
	 * now) or that there is nobody to tell. May sleep, device_lock held.
	 */
	int (*ask)(struct pciback_claimant *claimant, struct pciback_bdf host);
	/* Let go of it at once, if that has not happened. As above. */
	void (*revoke)(struct pciback_claimant *claimant, struct pciback_bdf host);
	/*
	 * Something is wrong with a function. May sleep for a second, device_lock and
	 * pci_bus_sem held: must not wait for the guest.
	 */
	void (*error)(struct pciback_claimant *claimant, struct pciback_fn *fn,
		      enum pciback_claimant_event event);
};

struct pciback_claimant {
	const struct pciback_claimant_ops *ops;
	struct list_head node;		/* guarded here */
	struct pciback_tenant tenant;
	bool is_mute;			/* did not answer the last time; a hint, no lock */
};

void pciback_claimant_init(struct pciback_claimant *claimant,
			   const struct pciback_claimant_ops *ops, u16 domid);
void pciback_claimant_add(struct pciback_claimant *claimant);
void pciback_claimant_del(struct pciback_claimant *claimant);
void pciback_claimant_retry_all(void);
struct pciback_claimant *pciback_claimant_of(struct pciback_fn *fn);

#endif
