// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_pcie - policy for the PCI Express capability (PCI Express 6.0, 7.5.3)
 *
 * The device's own behaviour is the guest's: relaxed ordering, no-snoop, request size.
 * A root port that mixes up relaxed requests harms none but the guest that asks for
 * them, and there are drivers that must switch them off. What the other end of the link,
 * the fabric or the host's error handling depends on is not.
 *
 * Of the bits that clear by a 1, none is the guest's: those of a link and a slot are for
 * whoever has the port, those of errors for the host's recovery, which would find
 * nothing where a guest is quicker.
 */
#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_read.h"

#define ERRORS	(PCI_EXP_DEVSTA_CED | PCI_EXP_DEVSTA_NFED |		\
		 PCI_EXP_DEVSTA_FED | PCI_EXP_DEVSTA_URD)
#define EMERGENCY_POWER	0x0040	/* PCI_EXP_DEVSTA: its reduction was detected */

#define REPORTING (PCI_EXP_DEVCTL_CERE | PCI_EXP_DEVCTL_NFERE |		\
		   PCI_EXP_DEVCTL_FERE | PCI_EXP_DEVCTL_URRE)

/* Reports feed the host's recovery; payloads and tags must fit the path. */
#define SHADOWED (REPORTING | PCI_EXP_DEVCTL_PAYLOAD | PCI_EXP_DEVCTL_EXT_TAG)

static const struct pciback_cfg_field pcie_fields[] = {
	{
		.offset = PCI_EXP_DEVCTL, .size = 2,
		.action = PCIBACK_CFG_DEVCTL, .from_hw = true,
		.virt = SHADOWED, .vwrite = SHADOWED,
		.write = PCI_EXP_DEVCTL_RELAX_EN | PCI_EXP_DEVCTL_NOSNOOP_EN |
			 PCI_EXP_DEVCTL_READRQ,
		/* the reset is the action's to start */
		.hold = PCI_EXP_DEVCTL_BCR_FLR,
		.reason = "how it requests is its own; phantom functions and power are not",
	}, {
		.offset = PCI_EXP_DEVSTA, .size = 2, .quiet = true,
		.hold = ERRORS | EMERGENCY_POWER,
		.reason = "errors are the host's recovery's to clear, once it has looked",
	}, {
		.offset = PCI_EXP_LNKSTA, .size = 2,
		.hold = PCI_EXP_LNKSTA_LBMS | PCI_EXP_LNKSTA_LABS,
		.reason = "bandwidth notices go with the link, which is the host's",
	}, {
		.offset = PCI_EXP_DEVCTL2, .size = 2,
		.write = PCI_EXP_DEVCTL2_COMP_TIMEOUT |
			 PCI_EXP_DEVCTL2_IDO_REQ_EN |
			 PCI_EXP_DEVCTL2_IDO_CMP_EN,
		.reason = "how it waits and orders; atomics, LTR, OBFF need the whole path",
	},
};

/* By version and kind: PCI Express 1.1 had fewer registers. */
static u16 pcie_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u16 flags = pciback_cfg_read16(reader, pos + PCI_EXP_FLAGS);
	u8 type = (flags & PCI_EXP_FLAGS_TYPE) >> 4;
	bool linkless = type == PCI_EXP_TYPE_RC_END ||
			type == PCI_EXP_TYPE_RC_EC;

	if ((flags & PCI_EXP_FLAGS_VERS) < 2)
		return linkless ? PCI_EXP_LNKCAP : PCI_EXP_SLTCAP;
	return linkless ? PCI_EXP_LNKCAP2 : PCI_EXP_SLTSTA2 + 2;
}

const struct pciback_cfg_table pciback_cfg_pcie = {
	.id = PCI_CAP_ID_EXP,
	.size = PCI_EXP_SLTSTA2 + 2,
	.length = pcie_length,
	.fixed = PCIBACK_CFG_BYTES(PCI_EXP_FLAGS, 2),
	.fields = pcie_fields, .count = ARRAY_SIZE(pcie_fields),
};
