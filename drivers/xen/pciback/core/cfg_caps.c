// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_caps - policy for the capabilities of the first 256 bytes
 *
 * A capability without a table is default deny: visible, not writable.
 */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"

/* PCI Bus Power Management 1.2, section 3.2 */
static const struct pciback_cfg_field pm_fields[] = {
	{
		.offset = PCI_PM_PMC, .size = 2, .virt = PCI_PM_CAP_PME_MASK,
		.reason = "wake-up signals are shared and stay with the host",
	}, {
		.offset = PCI_PM_CTRL, .size = 2,
		.action = PCIBACK_CFG_PM_CTRL,
		.virt = PCI_PM_CTRL_PME_ENABLE,
		.write = PCI_PM_CTRL_STATE_MASK | PCI_PM_CTRL_DATA_SEL_MASK,
		.rw1c = PCI_PM_CTRL_PME_STATUS,
		.reason = "the PCI core changes the power state: it keeps the delays",
	},
};

static const struct pciback_cfg_table pm_table =
	PCIBACK_CFG_TABLE(pm_fields, PCI_PM_SIZEOF);

/*
 * Message interrupts are switched by operations on the ring, where the host
 * asks Xen for them. The guest's kernel writes the control word besides, as it
 * would without a backend: there is nothing to say about that.
 */
static const struct pciback_cfg_field msi_fields[] = {
	{
		.offset = PCI_MSI_FLAGS, .size = 2, .quiet = true,
		.reason = "switched by enable_msi and disable_msi",
	},
};

static const struct pciback_cfg_table msi_table =
	PCIBACK_CFG_TABLE(msi_fields, 10);

static const struct pciback_cfg_field msix_fields[] = {
	{
		.offset = PCI_MSIX_FLAGS, .size = 2, .quiet = true,
		.reason = "switched by enable_msix and disable_msix",
	},
};

static const struct pciback_cfg_table msix_table =
	PCIBACK_CFG_TABLE(msix_fields, PCI_CAP_MSIX_SIZEOF);

/* Returns the policy for capability @cap_id, or NULL for default deny. */
const struct pciback_cfg_table *pciback_cfg_cap_table(u8 cap_id)
{
	switch (cap_id) {
	case PCI_CAP_ID_PM:
		return &pm_table;
	case PCI_CAP_ID_MSI:
		return &msi_table;
	case PCI_CAP_ID_MSIX:
		return &msix_table;
	default:
		return NULL;
	}
}
