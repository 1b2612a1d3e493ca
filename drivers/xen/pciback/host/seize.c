// SPDX-License-Identifier: GPL-2.0
/*
 * seize - makes one PCI function ours, and lets go of it
 */
#include <linux/err.h>
#include <linux/pci.h>

#include "../fn/bars.h"
#include "../fn/found.h"
#include "../fn/function.h"
#include "../fn/gsi.h"
#include "../fn/intx.h"
#include "../fn/notice.h"
#include "../fn/policy.h"
#include "../fn/power.h"
#include "../fn/quirks.h"
#include "../fn/reset.h"
#include "../fn/state.h"
#include "../fn/xen.h"
#include "clean.h"
#include "isolation.h"
#include "owner.h"
#include "recall.h"
#include "registry.h"
#include "seize.h"

static void seize_let_go(struct pciback_fn *fn)
{
	pciback_gsi_del(fn->dev);
	pciback_xen_release_msix(fn->dev);
	pci_disable_device(fn->dev);
	pciback_found_restore(fn->found);
}

static int seize_policy(struct pciback_fn *fn)
{
	const struct pciback_cfg_reader *reader = NULL;
	struct pciback_cfg *cfg;

	if (fn->found)
		reader = pciback_found_reader(fn->found);
	cfg = pciback_policy_alloc(fn->dev, reader);

	if (IS_ERR(cfg))
		return PTR_ERR(cfg);
	fn->cfg = cfg;
	return 0;
}

/*
 * Determines the interrupt, and turns decoding on for good. I/O is done without where a BAR
 * has no address there, as drivers of dom0 do that need none. Returns 0 or -errno.
 */
static int seize_enable(struct pci_dev *dev)
{
	char bars[PCIBACK_BARS_STRLEN];
	u16 command;
	int err;

	if (!pciback_bars_unplaced(dev, IORESOURCE_IO, bars))
		return pci_enable_device(dev);
	err = pci_enable_device_mem(dev);
	if (err)
		return err;
	pci_info(dev, "the kernel has no I/O address for %s: used without\n", bars);
	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND, command & ~PCI_COMMAND_IO);
	return 0;
}

/* What only functions with a type 0 header get: those a guest can have. */
static int seize_endpoint(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;
	int err;

	fn->found = pciback_found_take(dev);
	if (!fn->found)
		return -ENOMEM;
	err = seize_enable(dev);
	if (err)
		return err;
	pciback_gsi_add(dev);
	pciback_xen_learn(fn);
	pciback_xen_prepare_msix(dev);

	pciback_intx_init(&fn->intx, dev);
	pciback_intx_gate(dev, false);
	fn->resettable = pciback_reset_is_known(dev);
	pci_clear_master(dev);
	err = pciback_state_save(fn);
	if (!err)
		err = seize_policy(fn);
	if (err) {
		seize_let_go(fn);
		return err;
	}

	pciback_quirks_add_known(fn);
	pciback_clean_fresh(fn);
	return 0;
}

/*
 * A bridge goes to nobody: it is kept from other drivers and shown, no more; and its
 * numbers and windows are put back when the link above has been reset.
 */
static int seize_bridge(struct pciback_fn *fn)
{
	pciback_intx_init(&fn->intx, fn->dev);
	return seize_policy(fn) ?: pciback_state_save(fn);
}

/*
 * Makes a function ours. Called from the driver's probe: device_lock held, may
 * sleep. It is reset, and put to sleep, when probe has returned; nobody is given it
 * before. Returns the function, registered, or an ERR_PTR and everything is as it was.
 */
struct pciback_fn *pciback_seize(struct pci_dev *dev)
{
	struct pciback_fn *fn = pciback_fn_create(dev);
	int err = 0;

	if (!fn)
		return ERR_PTR(-ENOMEM);
	pciback_clean_init_fn(fn);

	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL)
		err = seize_endpoint(fn);
	else
		err = seize_bridge(fn);
	if (!err) {
		err = pciback_registry_add(fn);
		if (err && fn->found)
			seize_let_go(fn);
	}
	if (err) {
		pciback_fn_put(fn);
		return ERR_PTR(err);
	}
	pciback_owner_begin(fn);
	if (fn->found)
		pciback_isolation_begin(fn);
	pciback_notice(fn, PCIBACK_NOTICE_SEIZED);
	if (fn->found)
		pciback_clean_fresh_start(fn);
	return fn;
}

/*
 * Undoes pciback_seize(). Called from the driver's remove: device_lock
 * held, may sleep. Cannot fail.
 *
 * 1. nobody finds the function any more; a claim under way still may
 * 2. no claim succeeds from here on; a guest that has it loses it
 * 3. the worker neither runs nor will
 * 4. nobody else is left: reset, if anybody but us may have touched it, disable, restore
 *    and verify
 * 5. its DMA is dom0's again
 */
void pciback_unseize(struct pciback_fn *fn)
{
	pciback_registry_del(fn);

	WRITE_ONCE(fn->custody.dying, true);
	pciback_recall_for_good(fn);
	pciback_clean_stop(fn);

	if (!fn->cfg->is_bridge) {
		pciback_clean_for_good(fn);
		if (fn->custody.used)
			pci_warn(fn->dev, "let go of as a guest left it: it could not be reset by itself\n");
		seize_let_go(fn);
		pciback_isolation_end(fn);
	}
	pciback_power_force_end(fn);
	pciback_fn_put(fn);
}
