// SPDX-License-Identifier: GPL-2.0
/*
 * function - seizing one PCI function, and letting go of it
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <xen/interface/xen.h>
#include <xen/interface/physdev.h>
#include <asm/xen/hypercall.h>

#include "claim.h"
#include "clean.h"
#include "found.h"
#include "function.h"
#include "gsi.h"
#include "hwcfg.h"
#include "intx.h"
#include "notice.h"
#include "power.h"
#include "quirks.h"
#include "registry.h"

struct pciback_bdf pciback_fn_bdf(const struct pci_dev *dev)
{
	return (struct pciback_bdf){
		pci_domain_nr(dev->bus), dev->bus->number, dev->devfn,
	};
}

struct pciback_fn *pciback_fn_get(struct pciback_fn *fn)
{
	kref_get(&fn->ref);
	return fn;
}

static void function_free(struct kref *ref)
{
	struct pciback_fn *fn = container_of(ref, struct pciback_fn, ref);

	kvfree(fn->cfg);
	kfree(fn->saved);
	kvfree(fn->found);
	pci_dev_put(fn->dev);
	kfree(fn);
}

void pciback_fn_put(struct pciback_fn *fn)
{
	kref_put(&fn->ref, function_free);
}

/*
 * Tells Xen that the MSI-X table of the function is, or is no more, about to
 * be somebody else's, so that it write-protects it.
 */
static void function_tell_msix(const struct pci_dev *dev, int op)
{
	struct physdev_pci_device arg = {
		.seg = pci_domain_nr(dev->bus),
		.bus = dev->bus->number,
		.devfn = dev->devfn,
	};
	int err;

	if (!dev->msix_cap)
		return;
	err = HYPERVISOR_physdev_op(op, &arg);
	/* -ENOSYS: on Arm, where Xen leaves PCI to dom0. */
	if (err && err != -ENOSYS)
		pci_warn(dev, "Xen: MSI-X %s failed: %d\n",
			 op == PHYSDEVOP_prepare_msix ? "prepare" : "release",
			 err);
}

static void function_let_go(struct pciback_fn *fn)
{
	pciback_gsi_del(fn->dev);
	function_tell_msix(fn->dev, PHYSDEVOP_release_msix);
	pci_disable_device(fn->dev);
	pciback_found_restore(fn->dev, fn->found);
}

/* What only functions with a type 0 header get: those a guest can have. */
static int function_seize_endpoint(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;
	int err;

	fn->found = pciback_found_take(dev);
	if (!fn->found)
		return -ENOMEM;
	/* Determines the interrupt, and turns decoding on for good. */
	err = pci_enable_device(dev);
	if (err)
		return err;
	pciback_gsi_add(dev);
	function_tell_msix(dev, PHYSDEVOP_prepare_msix);

	pciback_intx_gate(dev, false);
	err = pci_save_state(dev);
	if (!err) {
		fn->saved = pci_store_saved_state(dev);
		fn->cfg = fn->saved ? pciback_hwcfg_alloc(dev) : NULL;
		err = fn->cfg ? 0 : -ENOMEM;
	}
	if (err) {
		function_let_go(fn);
		return err;
	}

	pciback_quirks_add_known(fn);
	pciback_clean_here(fn);
	pciback_power_sleep_locked(fn);
	return 0;
}

/* A bridge goes to nobody: it is kept from other drivers and shown, no more. */
static int function_seize_bridge(struct pciback_fn *fn)
{
	fn->cfg = pciback_hwcfg_alloc(fn->dev);
	return fn->cfg ? 0 : -ENOMEM;
}

/*
 * Makes a function ours. Called from the driver's probe: device_lock held, may
 * sleep, as long as a reset takes. Returns the function, registered, or an
 * ERR_PTR and everything is as it was.
 */
struct pciback_fn *pciback_fn_seize(struct pci_dev *dev)
{
	struct pciback_fn *fn = kzalloc(sizeof(*fn), GFP_KERNEL);
	int err = 0;

	if (!fn)
		return ERR_PTR(-ENOMEM);
	kref_init(&fn->ref);
	mutex_init(&fn->lock);
	pciback_clean_init_fn(fn);
	fn->dev = pci_dev_get(dev);
	fn->bdf = pciback_fn_bdf(dev);

	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL)
		err = function_seize_endpoint(fn);
	else
		err = function_seize_bridge(fn);
	if (!err) {
		pciback_intx_init(&fn->intx, dev);
		err = pciback_registry_add(fn);
		if (err && fn->found) {
			pciback_power_wake(fn);
			function_let_go(fn);
		}
	}
	if (err) {
		pciback_fn_put(fn);
		return ERR_PTR(err);
	}
	pciback_notice(fn, PCIBACK_NOTICE_SEIZED);
	return fn;
}

/*
 * Undoes pciback_fn_seize(). Called from the driver's remove: device_lock
 * held, may sleep. Cannot fail.
 *
 * 1. nobody finds the function any more; a claim under way still may
 * 2. no claim succeeds from here on; a guest that has it loses it
 * 3. the worker neither runs nor will
 * 4. nobody else is left: reset, disable, restore and verify
 */
void pciback_fn_unseize(struct pciback_fn *fn)
{
	pciback_registry_del(fn);

	WRITE_ONCE(fn->dying, true);
	pciback_claim_revoke(fn);
	pciback_clean_stop(fn);

	if (!fn->cfg->is_bridge) {
		pciback_clean_here(fn);
		function_let_go(fn);
	}
	pciback_fn_put(fn);
}
