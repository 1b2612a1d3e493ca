// SPDX-License-Identifier: GPL-2.0
/*
 * xen - what Xen is told of a function, and asked: all of this may sleep
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/pci.h>
#include <xen/interface/xen.h>
#include <xen/interface/physdev.h>
#include <xen/pci.h>
#include <xen/xen.h>
#include <asm/xen/hypercall.h>

#include "../../common/xen.h"
#include "../core/bdf.h"
#include "announce.h"
#include "function.h"
#include "xen.h"

/*
 * Tells Xen that the MSI-X table of the function is, or is no more, about to
 * be somebody else's, so that it write-protects it.
 */
static void xen_tell_msix(const struct pci_dev *dev, int op)
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

void pciback_xen_prepare_msix(const struct pci_dev *dev)
{
	xen_tell_msix(dev, PHYSDEVOP_prepare_msix);
}

void pciback_xen_release_msix(const struct pci_dev *dev)
{
	xen_tell_msix(dev, PHYSDEVOP_release_msix);
}

/*
 * A PVH dom0 reaches configuration space by way of Xen, which keeps BARs, mappings
 * and message interrupts of its own and does not see a reset. It starts anew from
 * what the function holds, so that has to be restored. Returns 0 or -errno.
 */
int pciback_xen_was_reset(struct pci_dev *dev)
{
	int err = xen_pv_domain() ? 0 : xen_reset_device(dev);

	/* A Xen that has no such call keeps nothing that a reset would change. */
	return err == -ENOSYS ? 0 : err;
}

/* If Xen cannot be asked, there may be one. */
static bool xen_has_iommu(u32 sbdf)
{
	switch (xpt_xen_find_function(sbdf)) {
	case -ENODEV:
	case -ENOSYS:
	case -EOPNOTSUPP:
		return false;
	default:
		return true;
	}
}

/*
 * Finds out whether an IOMMU isolates @fn, and which of dom0's functions share its context
 * there. Caller: it is dom0's still.
 */
void pciback_xen_learn(struct pciback_fn *fn)
{
	u32 sbdf = pciback_bdf_key(fn->bdf);
	int count = xpt_xen_group(sbdf, fn->group, ARRAY_SIZE(fn->group));

	fn->ngroup = max(count, 0);
	fn->has_iommu = xen_has_iommu(sbdf);
}

/* Its DMA goes nowhere. Returns 0 or -errno. */
int pciback_xen_quarantine(struct pciback_fn *fn)
{
	return xpt_xen_quarantine(pciback_bdf_key(fn->bdf));
}

/* Out of it, to dom0. Returns 0, -ENODEV (it is not in there) or another error. */
int pciback_xen_unquarantine(struct pciback_bdf bdf)
{
	return xpt_xen_unquarantine(pciback_bdf_key(bdf));
}

/* From a domain that was given it too early. Returns 0 or -errno, -ENODEV: it has it not. */
int pciback_xen_take_back(struct pciback_fn *fn, u16 domid)
{
	return xpt_xen_deassign(pciback_bdf_key(fn->bdf), domid);
}

/*
 * Gives @fn to the domain that has it, once more: by way of quarantine, where it has been
 * before and comes again. Returns 0 or -errno.
 */
int pciback_xen_renew(struct pciback_fn *fn, u16 domid)
{
	u32 sbdf = pciback_bdf_key(fn->bdf);
	int err = xpt_xen_deassign(sbdf, domid);

	return err ?: xpt_xen_assign(sbdf, domid);
}

/*
 * Makes @fn dom0's again: out of quarantine, where Xen keeps what a guest had, too; or, where
 * Xen does not talk of such things, by announcing it anew. Not from a guest, which may still
 * write to it, whoever's its DMA is. Caller: nobody uses it. May sleep. Returns 0 or -EBUSY.
 */
int pciback_xen_to_dom0(struct pciback_fn *fn)
{
	u32 sbdf = pciback_bdf_key(fn->bdf);

	if (!pciback_xen_unquarantine(fn->bdf))
		return 0;
	switch (xpt_xen_find_function(sbdf)) {
	case 0:
	case -ENODEV:
	case -ENOSYS:
	case -EOPNOTSUPP:
		return 0;
	case -EINVAL:
		return -EBUSY;
	}
	pciback_announce(fn->dev);
	return 0;
}

/* Has a guest what is at @bdf, whether it is ours or not? May sleep. */
bool pciback_xen_is_guests(struct pciback_bdf bdf)
{
	return xpt_xen_find_function(pciback_bdf_key(bdf)) == -EINVAL;
}

/* Is this our own number? */
bool pciback_xen_is_dom0(u16 domid)
{
	return xpt_xen_is_own(domid);
}

/* Does a device model serve it, so that it has no frontend? May sleep. */
bool pciback_xen_is_hvm(u16 domid)
{
	return xpt_xen_is_hvm(domid);
}

/*
 * Asks who has @fn: who serves its guest need not have told us. Where that is not known,
 * a function had better be treated as a guest's. One that we have taken back ourselves
 * stays with its guest until the toolstack hears of it: that one may still reach it.
 */
enum pciback_xen_owner pciback_xen_ask_owner(struct pciback_fn *fn)
{
	u32 sbdf = pciback_bdf_key(fn->bdf);

	switch (xpt_xen_find_function(sbdf)) {
	case 0:
	case -ENODEV:
	case -ENOSYS:
	case -EOPNOTSUPP:
		WRITE_ONCE(fn->taken, false);
		return PCIBACK_XEN_DOM0;
	case -EINVAL:
		return PCIBACK_XEN_GUEST;
	default:
		return PCIBACK_XEN_UNKNOWN;
	}
}
