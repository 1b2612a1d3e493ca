// SPDX-License-Identifier: GPL-2.0
/*
 * msi - enables and disables MSI and MSI-X for a guest
 *
 * Orders that make no sense (on twice, both kinds at once, MSI-X with the table
 * not decoded) are refused before the PCI core would warn of them (XSA-157).
 *
 * All of this may sleep. Exclusion: whoever serves the guest's operations.
 */
#include <linux/overflow.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <xen/events.h>
#include <xen/interface/io/pciif.h>

#include "attempt.h"
#include "function.h"
#include "intx.h"
#include "msi.h"
#include "tenant.h"

/* Before it is tried: the kernel writes a line of its own when Xen refuses. */
static int msi_may(struct pciback_fn *fn, enum pciback_attempt kind)
{
	if (pci_dev_msi_enabled(fn->dev))
		return -EBUSY;
	return pciback_attempt_may(fn, kind) ? 0 : -EAGAIN;
}

static void msi_complain(const struct pciback_fn *fn, const char *kind, int err)
{
	if (pciback_tenant_may_log(fn->tenant))
		pci_warn(fn->dev, "enabling %s for a guest: %d\n", kind, err);
}

/* A virtual function's decoding is switched in its physical function. */
static bool msi_table_is_decoded(struct pci_dev *dev)
{
	u16 command;

	pci_read_config_word(pci_physfn(dev), PCI_COMMAND, &command);
	return command & PCI_COMMAND_MEMORY;
}

/* Returns XEN_PCI_ERR_*; *@pirq is what the guest binds, 0 on failure. */
int pciback_msi_enable(struct pciback_fn *fn, u32 *pirq)
{
	struct pci_dev *dev = fn->dev;
	int err;

	*pirq = 0;
	if (dev->current_state != PCI_D0)
		return XEN_PCI_ERR_op_failed;
	err = msi_may(fn, PCIBACK_ATTEMPT_MSI);
	if (!err)
		err = pciback_attempt_note(fn, PCIBACK_ATTEMPT_MSI, pci_enable_msi(dev));
	if (err) {
		msi_complain(fn, "MSI", err);
		return XEN_PCI_ERR_op_failed;
	}
	pciback_intx_suspend(&fn->intx);
	*pirq = xen_pirq_from_irq(dev->irq);
	return XEN_PCI_ERR_success;
}

/* The PCI core takes its callers' word for entries being in the table. */
static bool msix_entries_exist(struct pci_dev *dev,
			       const struct xen_msix_entry *entries,
			       unsigned int count)
{
	int size = pci_msix_vec_count(dev);
	unsigned int i;

	for (i = 0; i < count; i++)
		if (entries[i].entry >= size)
			return false;
	return true;
}

/*
 * Where a guest let go of a vector while its function was not decoded, in a link's reset
 * for one, Xen masks all of them, and for as long as the guest has the function. Drivers do
 * with another kind then, if they are told.
 */
static bool msix_is_masked(struct pci_dev *dev)
{
	u16 flags = 0;

	pci_read_config_word(dev, dev->msix_cap + PCI_MSIX_FLAGS, &flags);
	return flags & PCI_MSIX_FLAGS_MASKALL;
}

static int msix_enable(struct pciback_fn *fn, struct xen_msix_entry *entries,
		       unsigned int count)
{
	struct pci_dev *dev = fn->dev;
	struct msix_entry *vectors;
	unsigned int i;
	int err;

	if (!msix_entries_exist(dev, entries, count))
		return -ENXIO;
	vectors = kcalloc(count, sizeof(*vectors), GFP_KERNEL);
	if (!vectors)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		vectors[i].entry = entries[i].entry;
	err = pci_enable_msix_exact(dev, vectors, count);
	if (!err && msix_is_masked(dev)) {
		if (pciback_tenant_may_log(fn->tenant))
			pci_warn(dev, "MSI-X not enabled: Xen keeps it masked\n");
		pci_disable_msix(dev);
		err = -EIO;
	}
	for (i = 0; !err && i < count; i++)
		entries[i].vector = xen_pirq_from_irq(vectors[i].vector);
	kfree(vectors);
	return err;
}

/*
 * Enables @count vectors, 1 to SH_INFO_MAX_VEC, for the table entries the
 * guest names in @entries, and fills in their pirqs. Returns XEN_PCI_ERR_*.
 */
int pciback_msix_enable(struct pciback_fn *fn, struct xen_msix_entry *entries,
			unsigned int count)
{
	struct pci_dev *dev = fn->dev;
	int err;

	if (dev->current_state != PCI_D0 || !msi_table_is_decoded(dev))
		return XEN_PCI_ERR_op_failed;
	err = msi_may(fn, PCIBACK_ATTEMPT_MSIX);
	if (!err)
		err = pciback_attempt_note(fn, PCIBACK_ATTEMPT_MSIX,
					   msix_enable(fn, entries, count));
	if (err) {
		msi_complain(fn, "MSI-X", err);
		return XEN_PCI_ERR_op_failed;
	}
	pciback_intx_suspend(&fn->intx);
	return XEN_PCI_ERR_success;
}

/* A device model may have switched it on without the PCI core. */
static void msi_clear_flag(struct pci_dev *dev, u8 cap, u8 offset, u16 bit)
{
	u16 flags;

	if (!cap)
		return;
	pci_read_config_word(dev, cap + offset, &flags);
	if (flags & bit)
		pci_write_config_word(dev, cap + offset, flags & ~bit);
}

/*
 * Disables whichever kind is on. The two operations of the protocol are not
 * told apart: Linux guests ask to disable MSI where they mean MSI-X, because
 * their PCI core has forgotten which it was by the time the frontend asks.
 */
void pciback_msi_disable(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;

	if (dev->msix_enabled)
		pci_disable_msix(dev);
	if (dev->msi_enabled)
		pci_disable_msi(dev);
	msi_clear_flag(dev, dev->msix_cap, PCI_MSIX_FLAGS,
		       PCI_MSIX_FLAGS_ENABLE);
	msi_clear_flag(dev, dev->msi_cap, PCI_MSI_FLAGS, PCI_MSI_FLAGS_ENABLE);
	/* The PCI core lets the function use its line again. */
	pciback_intx_reapply(&fn->intx);
}
