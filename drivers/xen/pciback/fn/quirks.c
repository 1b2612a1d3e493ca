// SPDX-License-Identifier: GPL-2.0
/*
 * quirks - adds, removes and tells of quirks
 *
 * They stay with the function from guest to guest, until it is unbound.
 */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>

#include "../core/bdf.h"
#include "../core/learn.h"
#include "../core/quirk.h"
#include "function.h"
#include "quirks.h"

static int quirks_find_locked(const struct pciback_fn *fn, u16 reg, u8 size)
{
	int i;

	for (i = 0; i < fn->nquirks; i++)
		if (fn->quirks[i].reg == reg && fn->quirks[i].size == size)
			return i;
	return -ENOENT;
}

static void quirks_apply_locked(struct pciback_fn *fn)
{
	unsigned int i;

	lockdep_assert_held(&fn->lock);
	pciback_quirk_close_all(fn->cfg);
	for (i = 0; i < fn->nquirks; i++)
		pciback_quirk_open(fn->cfg, &fn->quirks[i]);
}

/*
 * A second line for the same field takes the place of the first. May sleep. Returns 0,
 * -EINVAL (beyond the function's space), -EPERM (must stay the host's) or -ENOSPC (too
 * many).
 */
int pciback_quirks_add(struct pciback_fn *fn, const struct pciback_quirk *quirk)
{
	int err = pciback_quirk_check(fn->cfg, quirk), i;

	if (err)
		return err;
	mutex_lock(&fn->lock);
	i = quirks_find_locked(fn, quirk->reg, quirk->size);
	if (i < 0 && fn->nquirks < PCIBACK_QUIRKS_MAX)
		i = fn->nquirks++;
	if (i >= 0) {
		fn->quirks[i] = *quirk;
		quirks_apply_locked(fn);
	}
	mutex_unlock(&fn->lock);
	return i < 0 ? -ENOSPC : 0;
}

/* May sleep. Returns 0 or -ENOENT. */
int pciback_quirks_remove(struct pciback_fn *fn,
			  const struct pciback_quirk *quirk)
{
	int i;

	mutex_lock(&fn->lock);
	i = quirks_find_locked(fn, quirk->reg, quirk->size);
	if (i >= 0) {
		fn->quirks[i] = fn->quirks[--fn->nquirks];
		quirks_apply_locked(fn);
	}
	mutex_unlock(&fn->lock);
	return i < 0 ? i : 0;
}

/* What is known to be needed. Before anybody else knows of @fn. */
void pciback_quirks_add_known(struct pciback_fn *fn)
{
	const struct pciback_quirk_known *known = NULL;
	struct pci_dev *dev = fn->dev;

	while ((known = pciback_quirk_known_next(known, dev->vendor, dev->device,
						 dev->class)))
		if (!pciback_quirks_add(fn, &known->quirk))
			pci_info(dev, "quirk at %#x: %s\n", known->quirk.reg,
				 known->source);
}

/* The classic listing. */
void pciback_quirks_show(struct pciback_fn *fn, struct seq_buf *s)
{
	struct pci_dev *dev = fn->dev;
	unsigned int i;

	seq_buf_printf(s, "%02x:%02x.%01x\n\t%04x:%04x:%04x:%04x\n",
		       fn->bdf.bus, pciback_bdf_slot(fn->bdf),
		       pciback_bdf_func(fn->bdf), dev->vendor, dev->device,
		       dev->subsystem_vendor, dev->subsystem_device);
	mutex_lock(&fn->lock);
	for (i = 0; i < fn->nquirks; i++)
		seq_buf_printf(s, "\t\t%08x:%01x:%08x\n", fn->quirks[i].reg,
			       fn->quirks[i].size, fn->quirks[i].mask);
	mutex_unlock(&fn->lock);
}

/* Lines for quirks that would let through what was refused, where they may. */
void pciback_quirks_suggest(struct pciback_fn *fn, struct seq_buf *s)
{
	char line[PCIBACK_QUIRK_STRLEN];
	unsigned int i;

	for (i = 0; i < READ_ONCE(fn->learn.used); i++) {
		const struct pciback_learned *entry = &fn->learn.entries[i];
		struct pciback_quirk quirk = {
			entry->offset, entry->size, READ_ONCE(entry->bits),
		};

		if (pciback_quirk_check(fn->cfg, &quirk))
			continue;
		pciback_quirk_format(fn->bdf, &quirk, line);
		seq_buf_printf(s, "%s\n", line);
	}
}
