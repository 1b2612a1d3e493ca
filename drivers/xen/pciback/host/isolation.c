// SPDX-License-Identifier: GPL-2.0
/*
 * isolation - into quarantine, and out of it
 */
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>

#include "../fn/function.h"
#include "../fn/xen.h"
#include "home.h"
#include "isolation.h"
#include "owner.h"
#include "registry.h"
#include "together.h"

/* The administrator's choice; a single word, no lock. */
bool pciback_isolation_wanted = true;

/* Into quarantine and out of it one at a time, and not when it is about to be let go. */
static DEFINE_MUTEX(isolation_lock);

/* Xen is asked again now and then, and what it says is told once. */
static void isolation_ask_locked(struct pciback_fn *fn)
{
	int err;

	lockdep_assert_held(&isolation_lock);
	err = pciback_xen_quarantine(fn);
	if (err && fn->isolation != PCIBACK_ISOLATION_REFUSED)
		pci_info(fn->dev, "not in quarantine: Xen says %d\n", err);
	WRITE_ONCE(fn->isolation, err ? PCIBACK_ISOLATION_REFUSED : PCIBACK_ISOLATION_ON);
}

static void isolation_try_locked(struct pciback_fn *fn)
{
	lockdep_assert_held(&isolation_lock);
	if (READ_ONCE(fn->custody.dying) || fn->isolation == PCIBACK_ISOLATION_ON)
		return;
	if (!READ_ONCE(pciback_isolation_wanted))
		WRITE_ONCE(fn->isolation, PCIBACK_ISOLATION_OFF);
	else if (!fn->has_iommu)
		WRITE_ONCE(fn->isolation, PCIBACK_ISOLATION_NO_IOMMU);
	else if (!pciback_together_is_free(fn))
		WRITE_ONCE(fn->isolation, PCIBACK_ISOLATION_SHARED);
	else
		isolation_ask_locked(fn);
}

/* What Xen has refused, for want of memory, or because a guest had it. */
static void isolation_again_locked(struct pciback_fn *fn)
{
	if (fn->isolation == PCIBACK_ISOLATION_REFUSED && !pciback_owner_is_guest(fn))
		isolation_try_locked(fn);
}

static void isolation_again_all_locked(void)
{
	struct pciback_fn *fn;
	unsigned long key;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		isolation_again_locked(fn);
		pciback_fn_put(fn);
	}
}

/* One that was kept from it, by who is in there now. */
static void isolation_join_visit(struct pciback_fn *fn, void *unused)
{
	if (fn->isolation == PCIBACK_ISOLATION_SHARED && !pciback_owner_is_guest(fn))
		isolation_try_locked(fn);
}

/* One after the other of those that were together with @left. */
struct isolation_round {
	struct pci_dev *left;
	struct pciback_fn *in;		/* the last that was put in again, with a count */
};

/* An id that it shared with @round->left is in quarantine again, with another's. */
static bool isolation_is_in(const struct isolation_round *round, struct pciback_fn *fn)
{
	return fn->isolation == PCIBACK_ISOLATION_ON && round->in &&
	       pciback_together_by_bus(fn->dev, round->left) &&
	       pciback_together_by_bus(fn->dev, round->in->dev);
}

/*
 * Once more, too: a neighbour that was let go of took their id along to dom0. Not where all
 * are about to be.
 */
static void isolation_close_up_visit(struct pciback_fn *fn, void *data)
{
	struct isolation_round *round = data;

	if (READ_ONCE(fn->custody.leaving) || isolation_is_in(round, fn))
		return;
	if ((fn->isolation != PCIBACK_ISOLATION_SHARED &&
	     fn->isolation != PCIBACK_ISOLATION_ON) || pciback_owner_is_guest(fn))
		return;
	WRITE_ONCE(fn->isolation, PCIBACK_ISOLATION_SHARED);
	isolation_try_locked(fn);
	if (fn->isolation == PCIBACK_ISOLATION_ON && !round->in)
		round->in = pciback_fn_get(fn);
}

static void isolation_close_up_locked(struct pci_dev *dev)
{
	struct isolation_round round = { dev };

	pciback_together_each_of_ours(dev, isolation_close_up_visit, &round);
	if (round.in)
		pciback_fn_put(round.in);
}

/*
 * Puts @fn, which no guest has, into quarantine, if it may be; and with it those that it
 * kept from that, and those that could not be before. May sleep.
 */
void pciback_isolation_begin(struct pciback_fn *fn)
{
	mutex_lock(&isolation_lock);
	isolation_again_all_locked();
	isolation_try_locked(fn);
	if (fn->isolation == PCIBACK_ISOLATION_ON)
		pciback_together_each_of_ours(fn->dev, isolation_join_visit, NULL);
	else
		isolation_close_up_locked(fn->dev);
	mutex_unlock(&isolation_lock);
}

/* @dev has lost its driver, ours or dom0's. Caller: its device_lock. May sleep. */
void pciback_isolation_close_up(struct pci_dev *dev)
{
	mutex_lock(&isolation_lock);
	isolation_close_up_locked(dev);
	mutex_unlock(&isolation_lock);
}

/* Xen may have put it there by itself, when a guest ended. */
static void isolation_lift_locked(struct pciback_fn *fn, enum pciback_isolation why)
{
	lockdep_assert_held(&isolation_lock);
	if (!pciback_xen_unquarantine(fn->bdf) || fn->isolation == PCIBACK_ISOLATION_ON)
		WRITE_ONCE(fn->isolation, why);
}

/* Gives @fn to dom0, for as long as dom0 is its own guest. May sleep. */
void pciback_isolation_pause(struct pciback_fn *fn)
{
	mutex_lock(&isolation_lock);
	isolation_lift_locked(fn, PCIBACK_ISOLATION_PAUSED);
	mutex_unlock(&isolation_lock);
}

static void isolation_make_way_visit(struct pciback_fn *fn, void *unused)
{
	isolation_lift_locked(fn, PCIBACK_ISOLATION_SHARED);
}

/*
 * A driver of dom0 is about to get @dev, which is not ours: what shares its requester id
 * is dom0's, too, or its DMA would not arrive. Caller: @dev's device_lock. May sleep.
 */
void pciback_isolation_make_way(struct pci_dev *dev)
{
	mutex_lock(&isolation_lock);
	pciback_together_each_of_ours(dev, isolation_make_way_visit, NULL);
	mutex_unlock(&isolation_lock);
}

static void isolation_renew_visit(struct pciback_fn *fn, void *unused)
{
	int domid = pciback_owner(fn), err;

	if (fn->isolation != PCIBACK_ISOLATION_ON || domid < 0)
		return;
	err = pciback_xen_renew(fn, pciback_together_principal(domid));
	if (err)
		pci_err(fn->dev, "domain %d has lost its DMA: Xen says %d\n", domid, err);
}

/*
 * A toolstack has told Xen that @domid has @fn before it told us, and we refuse it. The
 * id that it shares with others is in that domain's IOMMU context by now: it comes back to
 * who has them. May sleep.
 */
void pciback_isolation_restore(struct pciback_fn *fn, u16 domid)
{
	mutex_lock(&isolation_lock);
	if (!pciback_xen_take_back(fn, pciback_together_principal(domid))) {
		pci_info(fn->dev, "taken from domain %u in Xen, for it was refused\n", domid);
		if (pciback_together_is_dom0s(fn))
			isolation_lift_locked(fn, PCIBACK_ISOLATION_SHARED);
		else
			pciback_together_each_of_ours(fn->dev, isolation_renew_visit, NULL);
	}
	mutex_unlock(&isolation_lock);
}

/* @fn is let go of: it is dom0's, whoever had it last. Caller: fn is dying. */
void pciback_isolation_end(struct pciback_fn *fn)
{
	mutex_lock(&isolation_lock);
	if (pciback_xen_to_dom0(fn))
		pciback_home_later(fn);
	WRITE_ONCE(fn->isolation, PCIBACK_ISOLATION_OFF);
	mutex_unlock(&isolation_lock);
}

/* Whose memory its DMA reaches: "quarantined", "guest", "dom0", or why. May sleep. */
void pciback_isolation_show(struct pciback_fn *fn, struct seq_buf *s)
{
	static const char *const words[] = {
		[PCIBACK_ISOLATION_OFF] = "left to Xen (quarantine=N)",
		[PCIBACK_ISOLATION_ON] = "quarantined",
		[PCIBACK_ISOLATION_PAUSED] = "dom0 (its own guest)",
		[PCIBACK_ISOLATION_SHARED] = "dom0 (see together)",
		[PCIBACK_ISOLATION_NO_IOMMU] = "dom0 (no IOMMU)",
		[PCIBACK_ISOLATION_REFUSED] = "dom0 (Xen refuses)",
	};
	enum pciback_isolation isolation;

	mutex_lock(&isolation_lock);
	isolation_again_locked(fn);
	isolation = fn->isolation;
	mutex_unlock(&isolation_lock);
	if (fn->cfg->is_bridge)
		seq_buf_printf(s, "dom0 (a bridge)\n");
	else if (isolation != PCIBACK_ISOLATION_PAUSED && pciback_owner_is_guest(fn))
		seq_buf_printf(s, "guest\n");
	else
		seq_buf_printf(s, "%s\n", words[isolation]);
}
