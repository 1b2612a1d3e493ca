/* SPDX-License-Identifier: GPL-2.0 */
/*
 * function - a seized PCI function
 *
 * Life: seized by the PCI driver's probe (stub), IDLE; claimed by one guest,
 * ASSIGNED; given back, CLEANING until it has been reset and holds again what
 * it held when seized; IDLE. The driver's remove ends it from any state, GONE.
 *
 * The struct is counted. The registry holds one count while the function is
 * bound to us, a guest one while it has the function.
 *
 * Lock order: device_lock, then a guest's lock, then the PCI core's pci_bus_sem, then
 * fn->lock: we are told of errors with pci_bus_sem held. Nothing waits for a guest
 * with any of them held.
 */
#ifndef PCIBACK_HOST_FUNCTION_H
#define PCIBACK_HOST_FUNCTION_H

#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../core/bdf.h"
#include "../core/cfg_map.h"
#include "../core/learn.h"
#include "../core/quirk.h"
#include "aer.h"
#include "intx.h"

struct dentry;
struct pciback_claim;
struct pciback_found;

enum pciback_fn_state {
	PCIBACK_FN_IDLE,
	PCIBACK_FN_ASSIGNED,
	PCIBACK_FN_CLEANING,
	PCIBACK_FN_GONE,
};

#define PCIBACK_QUIRKS_MAX	64
/* Room for why a reset did not happen. */
#define PCIBACK_RESET_NOTE	160

struct pciback_fn {
	struct kref ref;
	struct pci_dev *dev;
	struct pciback_bdf bdf;

	struct mutex lock;		/* guards down to quirks */
	enum pciback_fn_state state;
	struct pciback_claim *claim;	/* who has it, when ASSIGNED */
	struct pciback_bdf guest_bdf;	/* where the guest sees it, likewise */
	unsigned int holds;		/* bus resets of neighbours under way */
	bool used;			/* by a guest since the last good reset */
	bool tried;			/* to reset it for who asked for it last */
	const char *reset_method;	/* of the last reset, NULL: none yet */
	int reset_result;		/* of the last reset: 0 or -errno */
	char reset_note[PCIBACK_RESET_NOTE];	/* what stood in the way */
	u8 nquirks;
	struct pciback_quirk quirks[PCIBACK_QUIRKS_MAX];

	/* As found at seize: what reset and return go back to. Constant. */
	struct pci_saved_state *saved;
	struct pciback_found *found;	/* NULL: a bridge */

	struct dentry *debugfs;		/* the driver's probe and remove */
	struct dentry *guest_debugfs;	/* the guest's lock */

	struct delayed_work clean;
	wait_queue_head_t changed;	/* state, claim, or holds */
	bool dying;			/* the driver's remove has begun */
	bool no_master;			/* the machine is shutting down */

	/* Bit 0 is a lock: an operation that may sleep, or a reset in use. */
	unsigned long serving;

	/* Settings of the administrator; single words, read without a lock. */
	bool permissive;
	bool allow_interrupt_control;	/* until the guest leaves */

	/*
	 * What follows belongs to whoever serves the guest's operations: one
	 * at a time (guest/ring.h), and nobody while the state is not ASSIGNED.
	 */
	struct pciback_cfg *cfg;	/* of a bridge too, which nobody gets */
	struct pciback_intx intx;

	struct pciback_learn learn;

	atomic_long_t ops;

	struct pciback_aer aer;
};

struct pciback_fn *pciback_fn_seize(struct pci_dev *dev);
void pciback_fn_unseize(struct pciback_fn *fn);

struct pciback_fn *pciback_fn_get(struct pciback_fn *fn);
void pciback_fn_put(struct pciback_fn *fn);

struct pciback_bdf pciback_fn_bdf(const struct pci_dev *dev);

#endif
