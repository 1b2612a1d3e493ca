// SPDX-License-Identifier: GPL-2.0
/*
 * hide_status - tells of the wishes, and what became of each
 */
#define pr_fmt(fmt) "pciback: " fmt

#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <linux/string.h>

#include "../core/bdf.h"
#include "../core/selector.h"
#include "../fn/bars.h"
#include "../fn/function.h"
#include "facts.h"
#include "hide_list.h"
#include "hide_status.h"
#include "keep.h"
#include "registry.h"
#include "stub.h"

/* @fresh: is it still being reset for the first time? */
static bool hide_is_seized(struct pci_dev *dev, bool *fresh)
{
	struct pciback_fn *fn = pciback_registry_find(pciback_fn_bdf(dev));

	if (!fn)
		return false;
	*fresh = READ_ONCE(fn->custody.fresh);
	pciback_fn_put(fn);
	return true;
}

static int hide_collect(struct pciback_bdf bdf, void *data)
{
	if (xa_load(&pciback_hide_exceptions, pciback_bdf_key(bdf)))
		return 0;
	return xa_err(xa_store(data, pciback_bdf_key(bdf), xa_mk_value(1),
			       GFP_KERNEL));
}

/* Addresses of what we hold because of a wish that is not an address. */
static int hide_collect_seized_locked(struct xarray *slots)
{
	struct pci_dev *dev = NULL;
	int err = 0;

	for_each_pci_dev(dev) {
		if (err || !pciback_registry_has(pciback_fn_bdf(dev)) ||
		    !pciback_hide_find_locked(dev))
			continue;
		err = hide_collect(pciback_fn_bdf(dev), slots);
	}
	return err;
}

/*
 * Writes the addresses wished for, a line each, in order. May sleep. Returns 0
 * or -ENOMEM.
 */
int pciback_hide_show_slots(struct seq_buf *s)
{
	char text[PCIBACK_BDF_STRLEN];
	struct hide_wish *wish;
	struct xarray slots;
	unsigned long key;
	void *entry;
	int err;

	xa_init(&slots);
	mutex_lock(&pciback_hide_lock);
	err = hide_collect_seized_locked(&slots);
	list_for_each_entry(wish, &pciback_hide_wishes, node)
		if (!err && wish->selector.kind == PCIBACK_SELECT_BDF)
			err = pciback_hide_each_address(&wish->selector,
							hide_collect, &slots);
	mutex_unlock(&pciback_hide_lock);

	xa_for_each(&slots, key, entry) {
		pciback_bdf_format(pciback_bdf_from_key(key), text);
		seq_buf_printf(s, "%s\n", text);
	}
	xa_destroy(&slots);
	return err;
}

struct hide_tally {
	struct seq_buf *s;
	const char *separator;		/* before what comes next */
	unsigned int seized, fresh, unbound;
	char bridge[24];		/* the driver of one, which it is left to */
};

static void hide_begin(struct hide_tally *tally)
{
	seq_buf_printf(tally->s, "%s", tally->separator);
	tally->separator = ", ";
}

/* Only what would be taken has to be kept; while another driver has it, it is busy. */
static bool hide_says_kept_locked(struct hide_tally *tally, struct pci_dev *dev,
				  bool bound)
{
	struct pciback_keep keep;

	if (bound && !READ_ONCE(pciback_stub_takeover_allowed))
		return false;
	pciback_keep_look(dev, pciback_hide_force_locked(dev), &keep);
	if (!keep.reasons)
		return false;
	hide_begin(tally);
	seq_buf_printf(tally->s, "kept: %s", keep.text);
	return true;
}

static void hide_count_locked(struct hide_tally *tally, struct pci_dev *dev)
{
	bool bound = READ_ONCE(dev->dev.driver), fresh;

	if (hide_is_seized(dev, &fresh)) {
		tally->seized++;
		tally->fresh += fresh;
	} else if (hide_says_kept_locked(tally, dev, bound)) {
		/* said */
	} else if (bound && dev->hdr_type == PCI_HEADER_TYPE_BRIDGE) {
		/* As it should be: what is behind it is meant. */
		strscpy(tally->bridge, dev_driver_string(&dev->dev), sizeof(tally->bridge));
	} else if (bound) {
		hide_begin(tally);
		seq_buf_printf(tally->s, "busy %s", dev_driver_string(&dev->dev));
	} else {
		tally->unbound++;
	}
}

/* Why the function that @wish names could not be seized. */
static void hide_say_error(const struct hide_wish *wish, struct seq_buf *s)
{
	struct pciback_bdf bdf = pciback_bdf_from_key(wish->failed);
	char bars[PCIBACK_BARS_STRLEN];
	struct pci_dev *dev;

	seq_buf_printf(s, "error %d", wish->error);
	dev = pci_get_domain_bus_and_slot(bdf.domain, bdf.bus, bdf.devfn);
	if (dev && pciback_bars_unplaced(dev, IORESOURCE_MEM, bars))
		seq_buf_printf(s, ": the kernel has no address for %s", bars);
	pci_dev_put(dev);
}

/* What became of one wish, in words. */
static void hide_describe_locked(const struct hide_wish *wish,
				 struct seq_buf *s)
{
	struct hide_tally tally = { s, "" };
	struct pciback_facts facts;
	struct pci_dev *dev = NULL;

	if (wish->bad >= 0) {
		seq_buf_printf(s, "malformed at %d: \"%s\"", wish->bad,
			       wish->text + wish->bad);
		return;
	}
	for_each_pci_dev(dev) {
		pciback_facts_of(dev, &facts);
		if (pciback_facts_match(&wish->selector, dev, &facts))
			hide_count_locked(&tally, dev);
	}
	if (tally.seized) {
		hide_begin(&tally);
		seq_buf_printf(s, "seized %u", tally.seized);
		if (tally.fresh)
			seq_buf_printf(s, " (%u being reset)", tally.fresh);
	}
	if (tally.unbound) {
		hide_begin(&tally);
		if (wish->error)
			hide_say_error(wish, s);
		else
			seq_buf_printf(s, "unbound %u", tally.unbound);
	}
	if (*tally.bridge) {
		hide_begin(&tally);
		seq_buf_printf(s, "bridge left to %s", tally.bridge);
	}
	if (!*tally.separator)
		seq_buf_printf(s, "absent");
}

/* A line for each token of hide=. May sleep. Returns 0. */
int pciback_hide_show_status(struct seq_buf *s)
{
	struct hide_wish *wish;

	mutex_lock(&pciback_hide_lock);
	list_for_each_entry(wish, &pciback_hide_wishes, node) {
		if (!wish->from_list)
			continue;
		seq_buf_printf(s, "%s ", wish->text);
		hide_describe_locked(wish, s);
		seq_buf_printf(s, "\n");
	}
	mutex_unlock(&pciback_hide_lock);
	return 0;
}

/* Of hide=, all that was not seized is news; of new_slot, only what is busy or kept. */
static bool hide_is_news(const struct hide_wish *wish, const char *what)
{
	if (wish->from_list)
		return !str_has_prefix(what, "seized");
	return str_has_prefix(what, "busy") || str_has_prefix(what, "kept");
}

/* Says in the log what wishes did not get, of each wish once. May sleep. */
void pciback_hide_report(void)
{
	struct hide_wish *wish;
	struct seq_buf s;
	char line[160];

	mutex_lock(&pciback_hide_lock);
	list_for_each_entry(wish, &pciback_hide_wishes, node) {
		if (wish->reported || wish->bad >= 0)
			continue;
		wish->reported = true;
		seq_buf_init(&s, line, sizeof(line));
		hide_describe_locked(wish, &s);
		if (hide_is_news(wish, line))
			pr_warn("%s%s: %.*s\n",
				wish->from_list ? "hide=" : "new_slot ",
				wish->text, (int)seq_buf_used(&s), line);
	}
	mutex_unlock(&pciback_hide_lock);
}
