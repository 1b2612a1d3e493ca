// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_caps - policy for the capabilities of the first 256 bytes
 *
 * One without a line is visible and default deny. So is one with a line and no
 * fields; the line says why that is enough.
 */
#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_read.h"

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
		/* signals nothing while the host has not enabled it, and then it clears it */
		.rw1c = PCI_PM_CTRL_PME_STATUS,
		.reason = "the PCI core changes the power state: it keeps the delays",
	},
};

static const struct pciback_cfg_table pm_table = {
	.id = PCI_CAP_ID_PM, .size = PCI_PM_SIZEOF,
	.fixed = PCIBACK_CFG_BYTES(PCI_PM_PMC, 2),
	.fields = pm_fields, .count = ARRAY_SIZE(pm_fields),
};

static const struct pciback_cfg_table agp_table = {
	.id = PCI_CAP_ID_AGP, .size = PCI_AGP_SIZEOF,
	.reason = "the aperture is the host bridge's, so nothing is switched on",
};

static const struct pciback_cfg_table agp3_table = {
	.id = PCI_CAP_ID_AGP3, .size = PCI_AGP_SIZEOF,
	.reason = "as AGP",
};

/* PCI Local Bus 3.0, appendix I */
static const struct pciback_cfg_field vpd_fields[] = {
	{
		.offset = PCI_VPD_ADDR, .size = 2,
		.action = PCIBACK_CFG_VPD_ADDR,
		.virt = 0xffff, .vwrite = PCI_VPD_ADDR_MASK, .quiet = true,
		.reason = "read through the PCI core, which shares it with the host; never written",
	}, {
		.offset = PCI_VPD_DATA, .size = 4, .virt = 0xffffffff,
		.reason = "what the last read found",
	},
};

static const struct pciback_cfg_table vpd_table = {
	.id = PCI_CAP_ID_VPD, .size = PCI_CAP_VPD_SIZEOF,
	.fields = vpd_fields, .count = ARRAY_SIZE(vpd_fields),
};

static const struct pciback_cfg_table slotid_table = {
	.id = PCI_CAP_ID_SLOTID, .size = 4,
	.reason = "says where the chassis is; only the host renumbers",
};

/*
 * Message interrupts are switched by operations on the ring, where the host
 * asks Xen for them. The guest's kernel writes the control word besides, as it
 * would without a backend: there is nothing to say about that. Address, data and
 * masks are what Xen wrote: whoever writes them chooses an interrupt of the host.
 */
#define CLOSED(where, bytes) {						\
	.offset = (where), .size = (bytes), .closed = true,		\
	.reason = "where interrupts go, and whether, is Xen's",		\
}

static const struct pciback_cfg_field msi_fields[] = {
	{
		.offset = PCI_MSI_FLAGS, .size = 2,
		.action = PCIBACK_CFG_MSI_FLAGS, .quiet = true,
		.reason = "switched by enable_msi, or with allow_interrupt_control",
	},
	/* In pieces that fit with 64-bit addresses and without, masks and none. */
	CLOSED(PCI_MSI_ADDRESS_LO, 4), CLOSED(PCI_MSI_DATA_32, 2),
	CLOSED(PCI_MSI_DATA_32 + 2, 2), CLOSED(PCI_MSI_DATA_64, 2),
	CLOSED(PCI_MSI_DATA_64 + 2, 2), CLOSED(PCI_MSI_MASK_64, 4),
	CLOSED(PCI_MSI_PENDING_64, 4),
};

static u16 msi_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u16 flags = pciback_cfg_read16(reader, pos + PCI_MSI_FLAGS);
	u16 length = flags & PCI_MSI_FLAGS_64BIT ? 14 : 10;

	return flags & PCI_MSI_FLAGS_MASKBIT ? length + 10 : length;
}

static const struct pciback_cfg_table msi_table = {
	.id = PCI_CAP_ID_MSI, .size = 24, .length = msi_length,
	.fields = msi_fields, .count = ARRAY_SIZE(msi_fields),
};

static const struct pciback_cfg_table chswp_table = {
	.id = PCI_CAP_ID_CHSWP, .size = 4,
	.reason = "the ejector is pulled on the host",
};

/* PCI-X 2.0, section 7.2 */
static const struct pciback_cfg_field pcix_fields[] = {
	{
		.offset = PCI_X_CMD, .size = 2,
		.write = PCI_X_CMD_DPERR_E | PCI_X_CMD_ERO |
			 PCI_X_CMD_MAX_READ | PCI_X_CMD_MAX_SPLIT,
		.reason = "how the function itself requests",
	}, {
		.offset = PCI_X_STATUS, .size = 4,
		.rw1c = PCI_X_STATUS_SPL_DISC | PCI_X_STATUS_UNX_SPL |
			PCI_X_STATUS_SPL_ERR,
		.reason = "errors of split transactions: nobody in the host looks",
	},
};

static const struct pciback_cfg_table pcix_table = {
	.id = PCI_CAP_ID_PCIX, .size = PCI_CAP_PCIX_SIZEOF_V0,
	.fields = pcix_fields, .count = ARRAY_SIZE(pcix_fields),
};

static const struct pciback_cfg_table ht_table = {
	.id = PCI_CAP_ID_HT, .size = 4,
	.reason = "the link and the interrupt mapping are the host's",
};

static const struct pciback_cfg_table vndr_table = {
	.id = PCI_CAP_ID_VNDR, .size = 4,
	.reason = "undocumented registers may do anything (XSA-124): quirks open them",
};

static const struct pciback_cfg_table dbg_table = {
	.id = PCI_CAP_ID_DBG, .size = 4,
	.reason = "only tells where the debug port is",
};

static const struct pciback_cfg_table ccrc_table = {
	.id = PCI_CAP_ID_CCRC, .size = 4, .hidden = true,
	.reason = "central resource control is the host's",
};

static const struct pciback_cfg_table shpc_table = {
	.id = PCI_CAP_ID_SHPC, .size = 8, .hidden = true,
	.reason = "hot-plug controllers are the host's",
};

static const struct pciback_cfg_table ssvid_table = {
	.id = PCI_CAP_ID_SSVID, .size = 8,
	.fixed = PCIBACK_CFG_BYTES(4, 4),
	.reason = "ids of a bridge, constant",
};

static const struct pciback_cfg_table secdev_table = {
	.id = PCI_CAP_ID_SECDEV, .size = 16, .hidden = true,
	.reason = "an IOMMU is the host's",
};

/* PCI Local Bus 3.0, section 6.8.2 */
static const struct pciback_cfg_field msix_fields[] = {
	{
		.offset = PCI_MSIX_FLAGS, .size = 2,
		.action = PCIBACK_CFG_MSIX_FLAGS, .quiet = true,
		.reason = "switched by enable_msix, or with allow_interrupt_control",
	},
	CLOSED(PCI_MSIX_TABLE, 4), CLOSED(PCI_MSIX_PBA, 4),
};

static const struct pciback_cfg_table msix_table = {
	.id = PCI_CAP_ID_MSIX, .size = PCI_CAP_MSIX_SIZEOF,
	.fixed = PCIBACK_CFG_BYTES(PCI_MSIX_TABLE, 4) |
		 PCIBACK_CFG_BYTES(PCI_MSIX_PBA, 4),
	.fields = msix_fields, .count = ARRAY_SIZE(msix_fields),
};

static const struct pciback_cfg_table sata_table = {
	.id = PCI_CAP_ID_SATA, .size = PCI_SATA_SIZEOF_SHORT,
	.reason = "tells where index and data registers are; the way through a BAR is the guest's",
};

/* Advanced Capabilities for Conventional PCI (ECN), 2006 */
static const struct pciback_cfg_field af_fields[] = {
	{
		.offset = PCI_AF_CTRL, .size = 1,
		.action = PCIBACK_CFG_AF_CTRL, .hold = PCI_AF_CTRL_FLR,
		.reason = "the host resets the function and restores it",
	},
};

static const struct pciback_cfg_table af_table = {
	.id = PCI_CAP_ID_AF, .size = PCI_CAP_AF_SIZEOF,
	.fixed = PCIBACK_CFG_BYTES(PCI_AF_LENGTH, 1) |
		 PCIBACK_CFG_BYTES(PCI_AF_CAP, 1),
	.fields = af_fields, .count = ARRAY_SIZE(af_fields),
};

static const struct pciback_cfg_table ea_table = {
	.id = PCI_CAP_ID_EA, .size = 4,
	.reason = "regions that cannot move; their entries are constant but for enables",
};

const struct pciback_cfg_table *const pciback_cfg_caps[] = {
	&pm_table, &agp_table, &vpd_table, &slotid_table, &msi_table,
	&chswp_table, &pcix_table, &ht_table, &vndr_table, &dbg_table,
	&ccrc_table, &shpc_table, &ssvid_table, &agp3_table, &secdev_table,
	&pciback_cfg_pcie, &msix_table, &sata_table, &af_table, &ea_table,
};

const unsigned int pciback_cfg_ncaps = ARRAY_SIZE(pciback_cfg_caps);

/* Returns the policy for capability @cap_id, or NULL for default deny. */
const struct pciback_cfg_table *pciback_cfg_cap_table(u8 cap_id)
{
	unsigned int i;

	for (i = 0; i < pciback_cfg_ncaps; i++)
		if (pciback_cfg_caps[i]->id == cap_id)
			return pciback_cfg_caps[i];
	return NULL;
}
