/* SPDX-License-Identifier: GPL-2.0 */
/*
 * function - a seized PCI function
 *
 * Life: seized by the PCI driver's probe (stub), CLEANING until it has been reset and
 * holds again what it held when seized; IDLE; claimed by one guest, ASSIGNED; given
 * back, CLEANING as before; IDLE. The driver's remove ends it from any state, GONE.
 *
 * The struct is counted. The registry holds one count while the function is
 * bound to us, a guest one while it has the function.
 *
 * Lock order: device_lock, then a guest's lock, then the PCI core's pci_bus_sem, then
 * fn->lock: we are told of errors with pci_bus_sem held. Nothing waits for a guest
 * with any of them held.
 */
#ifndef PCIBACK_FN_FUNCTION_H
#define PCIBACK_FN_FUNCTION_H

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/ratelimit_types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../core/bdf.h"
#include "../core/cfg_map.h"
#include "../core/custody.h"
#include "../core/learn.h"
#include "../core/quirk.h"
#include "errors.h"

struct dentry;
struct pciback_found;
struct pciback_tenant;

/* Is its DMA kept from dom0's memory while no guest has it, and if not, why not? */
enum pciback_isolation {
	PCIBACK_ISOLATION_OFF,		/* not asked for */
	PCIBACK_ISOLATION_ON,
	PCIBACK_ISOLATION_PAUSED,	/* dom0 is its guest */
	PCIBACK_ISOLATION_SHARED,	/* dom0 or a guest has one with the same id */
	PCIBACK_ISOLATION_NO_IOMMU,
	PCIBACK_ISOLATION_REFUSED,
};

#define PCIBACK_QUIRKS_MAX	64
/* Of those that Xen cannot tell apart; conventional buses have no more slots. */
#define PCIBACK_GROUP_MAX	32
/* Room for why a reset did not happen. */
#define PCIBACK_RESET_NOTE	160

/* The line of a function, and who stands in on it: fn/intx. */
struct pciback_intx {
	struct pci_dev *dev;
	unsigned int irq;	/* 0: the function has no line */
	bool installed;		/* the handler is */
	bool used;		/* the guest uses the line */
	bool masked;		/* but has disabled it: the gate is closed */
	/* Both must be, for it to answer; an interface, see irq_handlers. */
	bool on;		/* a guest uses the line, or the owner says so */
	bool ack;		/* somebody shares the line, so it is needed */
	bool held;		/* nobody does: the gate is closed until somebody will */
	unsigned long handled;
	struct delayed_work look;	/* while something is held back */
	char name[32];
};

struct pciback_fn {
	struct kref ref;
	struct pci_dev *dev;
	struct pciback_bdf bdf;

	struct mutex lock;		/* guards down to quirks */
	struct pciback_custody custody;
	struct pciback_tenant *tenant;	/* who has it, when ASSIGNED */
	struct pciback_bdf guest_bdf;	/* where the guest sees it, likewise */
	bool taken;			/* back from a guest, which may reach it until Xen knows */
	unsigned long awaited;		/* jiffies; until then a guest may get it; 0: none */
	bool resettable;		/* the kernel found a way at first */
	const char *reset_method;	/* of the last reset, NULL: none yet */
	char reset_note[PCIBACK_RESET_NOTE];	/* what stood in the way */
	bool reset_waits;		/* those are guests', and nobody else */
	unsigned long reset_at;		/* jiffies; along with a neighbour; 0: not so */
	u8 nquirks;
	struct pciback_quirk quirks[PCIBACK_QUIRKS_MAX];

	/* As found at seize: what reset and return go back to. Constant once IDLE. */
	struct pci_saved_state *saved;
	struct pciback_found *found;	/* NULL: a bridge */
	bool has_iommu;			/* Xen's, or perhaps */
	u8 ngroup;
	u32 group[PCIBACK_GROUP_MAX];	/* together with it, says Xen: by pciback_bdf_key() */

	enum pciback_isolation isolation;	/* host/isolation guards it */

	struct dentry *debugfs;		/* the driver's probe and remove */
	struct dentry *guest_debugfs;	/* the guest's lock */
	unsigned int number;		/* the toolstack's, when it was given; likewise */

	struct delayed_work clean;
	wait_queue_head_t changed;	/* custody or tenant */
	bool no_master;			/* the machine is shutting down */
	bool sleeps;			/* a bridge that need not: fn/power */

	/* Bit 0 is a lock: an operation that may sleep, or a reset in use. */
	unsigned long serving;

	/* Settings of the administrator; single words, read without a lock. */
	bool permissive;		/* both until the guest leaves */
	bool allow_interrupt_control;

	/*
	 * What follows belongs to whoever serves the guest's operations: one
	 * at a time (guest/ring.h), and nobody while the state is not ASSIGNED.
	 */
	struct pciback_cfg *cfg;	/* of a bridge too, which nobody gets */
	struct pciback_intx intx;

	struct pciback_learn learn;
	unsigned long failed;		/* when last tried; fn/attempt */
	unsigned long attempted;	/* jiffies */
	bool reset_is_over;		/* one failed: no more for this guest */
	u16 vpd_size;			/* bytes; 0: not known */

	atomic_long_t ops;

	struct pciback_errors errors;
};

struct pciback_fn *pciback_fn_create(struct pci_dev *dev);
struct pciback_fn *pciback_fn_get(struct pciback_fn *fn);
void pciback_fn_put(struct pciback_fn *fn);

struct pciback_bdf pciback_fn_bdf(const struct pci_dev *dev);

/*
 * How long a function that a toolstack had reset is expected to be given to a guest,
 * perhaps by somebody who does not tell us.
 */
#define PCIBACK_FN_AWAITED	(60 * HZ)

static inline void pciback_fn_expect_locked(struct pciback_fn *fn)
{
	WRITE_ONCE(fn->awaited, (jiffies + PCIBACK_FN_AWAITED) ?: 1);
}

static inline bool pciback_fn_is_awaited(const struct pciback_fn *fn)
{
	unsigned long until = READ_ONCE(fn->awaited);

	return until && time_before(jiffies, until);
}

#endif
