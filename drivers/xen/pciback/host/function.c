// SPDX-License-Identifier: GPL-2.0
/*
 * function - seizing, claiming, cleaning and letting go of one PCI function
 */
#include <linux/errno.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/interface/xen.h>
#include <xen/interface/physdev.h>
#include <xen/pci.h>
#include <asm/xen/hypercall.h>

#include "function.h"
#include "hwcfg.h"
#include "intx.h"
#include "msi.h"
#include "registry.h"
#include "reset.h"

/* How soon to look again when somebody else holds the device's lock. */
#define CLEAN_RETRY	msecs_to_jiffies(20)

static struct workqueue_struct *function_wq;

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
	if (err)
		pci_warn(dev, "Xen: MSI-X %s failed: %d\n",
			 op == PHYSDEVOP_prepare_msix ? "prepare" : "release",
			 err);
}

/* Resets the function and puts back what it held. Caller: pci_dev_lock. */
static void function_clean_locked(struct pciback_fn *fn)
{
	fn->reset_result = pciback_reset_locked(fn->dev, fn->saved);
	if (fn->reset_result)
		pci_warn(fn->dev, "reset failed: %d\n", fn->reset_result);
	pci_clear_master(fn->dev);
}

static void function_clean(struct work_struct *work)
{
	struct pciback_fn *fn = container_of(to_delayed_work(work),
					     struct pciback_fn, clean);

	/*
	 * Trying, not waiting: the driver's remove holds this lock while it
	 * waits for us, and then cleans by itself.
	 */
	if (!pci_dev_trylock(fn->dev)) {
		if (!READ_ONCE(fn->dying))
			mod_delayed_work(function_wq, &fn->clean, CLEAN_RETRY);
		return;
	}
	function_clean_locked(fn);
	pci_dev_unlock(fn->dev);

	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_CLEANING)
		fn->state = PCIBACK_FN_IDLE;
	mutex_unlock(&fn->lock);
	pciback_registry_retry_all();
}

/* What only functions with a type 0 header get: those a guest can have. */
static int function_seize_endpoint(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;
	int err;

	/* Determines the interrupt, and turns decoding on for good. */
	err = pci_enable_device(dev);
	if (err)
		return err;
	function_tell_msix(dev, PHYSDEVOP_prepare_msix);

	err = pci_save_state(dev);
	if (!err) {
		fn->saved = pci_store_saved_state(dev);
		fn->cfg = fn->saved ? pciback_hwcfg_alloc(dev) : NULL;
		err = fn->cfg ? 0 : -ENOMEM;
	}
	if (err) {
		function_tell_msix(dev, PHYSDEVOP_release_msix);
		pci_disable_device(dev);
		return err;
	}

	pci_cfg_access_lock(dev);
	function_clean_locked(fn);
	pci_cfg_access_unlock(dev);
	return 0;
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
	INIT_DELAYED_WORK(&fn->clean, function_clean);
	fn->dev = pci_dev_get(dev);
	fn->bdf = pciback_fn_bdf(dev);

	if (dev->hdr_type == PCI_HEADER_TYPE_NORMAL)
		err = function_seize_endpoint(fn);
	if (!err) {
		pciback_intx_init(&fn->intx, dev);
		err = pciback_registry_add(fn);
		if (err && fn->cfg) {
			function_tell_msix(dev, PHYSDEVOP_release_msix);
			pci_disable_device(dev);
		}
	}
	if (err) {
		pciback_fn_put(fn);
		return ERR_PTR(err);
	}
	return fn;
}

/* Takes the function from the guest that has it, if one has. */
static void function_revoke(struct pciback_fn *fn)
{
	struct pciback_claim *claim;

	mutex_lock(&fn->lock);
	claim = fn->claim;
	if (claim)
		claim->ops->get(claim);
	mutex_unlock(&fn->lock);
	if (!claim)
		return;

	pci_warn(fn->dev, "unbound while domain %u has it: taken away from it\n",
		 claim->domid);
	claim->ops->revoke(claim, fn->bdf);
	claim->ops->put(claim);
}

/*
 * Undoes pciback_fn_seize(). Called from the driver's remove: device_lock
 * held, may sleep. Cannot fail.
 *
 * 1. nobody finds the function any more; a claim under way still may
 * 2. no claim succeeds from here on; a guest that has it loses it
 * 3. the worker neither runs nor will
 * 4. nobody else is left: reset, restore, disable
 */
void pciback_fn_unseize(struct pciback_fn *fn)
{
	pciback_registry_del(fn);

	WRITE_ONCE(fn->dying, true);
	mutex_lock(&fn->lock);
	if (fn->state != PCIBACK_FN_ASSIGNED)
		fn->state = PCIBACK_FN_GONE;
	mutex_unlock(&fn->lock);
	function_revoke(fn);

	cancel_delayed_work_sync(&fn->clean);

	if (fn->cfg) {
		pci_cfg_access_lock(fn->dev);
		function_clean_locked(fn);
		pci_cfg_access_unlock(fn->dev);
		function_tell_msix(fn->dev, PHYSDEVOP_release_msix);
		pci_disable_device(fn->dev);
	}
	pciback_fn_put(fn);
}

/* What a guest gets is as new, and its interrupts go to it: Xen asks for that. */
static int function_assign_locked(struct pciback_fn *fn,
				  struct pciback_claim *claim)
{
	int err;

	lockdep_assert_held(&fn->lock);
	err = xen_register_device_domain_owner(fn->dev, claim->domid);
	if (err)
		return err;
	fn->state = PCIBACK_FN_ASSIGNED;
	fn->claim = claim;
	pciback_cfg_reset(fn->cfg);
	atomic_long_set(&fn->ops, 0);
	atomic_long_set(&fn->refused_writes, 0);
	pci_set_dev_assigned(fn->dev);
	return 0;
}

/*
 * Gives an idle function to @claim. May sleep. Returns 0, -EBUSY (another
 * guest has it), -EAGAIN (it is being cleaned; ->retry will be called),
 * -EOPNOTSUPP (a bridge), -ENODEV (going away), or what Xen's bookkeeping of
 * owners says.
 */
int pciback_fn_claim(struct pciback_fn *fn, struct pciback_claim *claim)
{
	static const int refusal[] = {
		[PCIBACK_FN_ASSIGNED] = -EBUSY,
		[PCIBACK_FN_CLEANING] = -EAGAIN,
		[PCIBACK_FN_GONE] = -ENODEV,
	};
	int err;

	if (!fn->cfg)
		return -EOPNOTSUPP;

	mutex_lock(&fn->lock);
	if (fn->state == PCIBACK_FN_IDLE)
		err = function_assign_locked(fn, claim);
	else
		err = refusal[fn->state];
	mutex_unlock(&fn->lock);
	return err;
}

/*
 * Stops what a guest started: interrupts and bus mastering. The caller has made
 * sure that nobody serves operations on the function. May sleep.
 */
void pciback_fn_quiesce(struct pciback_fn *fn)
{
	pci_clear_master(fn->dev);
	pciback_msi_disable(fn);
	pciback_intx_disable(&fn->intx);
	pciback_cfg_reset(fn->cfg);
}

/*
 * Takes the function back from its guest; it will be cleaned in the background.
 * As pciback_fn_quiesce() for the caller.
 */
void pciback_fn_release(struct pciback_fn *fn)
{
	bool dying;

	pciback_fn_quiesce(fn);
	xen_unregister_device_domain_owner(fn->dev);
	pci_clear_dev_assigned(fn->dev);

	mutex_lock(&fn->lock);
	dying = READ_ONCE(fn->dying);
	fn->state = dying ? PCIBACK_FN_GONE : PCIBACK_FN_CLEANING;
	fn->claim = NULL;
	mutex_unlock(&fn->lock);

	if (!dying)
		queue_delayed_work(function_wq, &fn->clean, 0);
}

int pciback_fn_init(void)
{
	/* Resets sleep for seconds and must not wait for one another. */
	function_wq = alloc_workqueue("pciback-clean", WQ_UNBOUND, 0);
	return function_wq ? 0 : -ENOMEM;
}

void pciback_fn_exit(void)
{
	destroy_workqueue(function_wq);
}
