// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_extcaps - policy for the extended capabilities (PCI Express 6.0, 7.6-7.9)
 *
 * Visible and default deny, unless a line says otherwise. Hidden is what takes
 * effect beyond the function (the link, the path, other functions), what needs
 * the host's IOMMU, and what a paravirtual guest has no means to use.
 */
#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_read.h"

/* The error bits there are; the others are reserved. */
#define UNCOR_BITS	0xfffff030
#define COR_BITS	0x0000f1c1

/*
 * All of it is for the host's recovery, errors of the function itself as well: a guest
 * that cleared them would hide them. Drivers and kernels do as a habit.
 */
static const struct pciback_cfg_field aer_fields[] = {
	{
		.offset = PCI_ERR_UNCOR_STATUS, .size = 4,
		.hold = UNCOR_BITS, .quiet = true,
		.reason = "the host's recovery looks what it was, and clears it",
	}, {
		.offset = PCI_ERR_UNCOR_MASK, .size = 4, .from_hw = true,
		.virt = 0xffffffff, .vwrite = 0xffffffff,
		.reason = "a guest may not hide errors from the host",
	}, {
		.offset = PCI_ERR_UNCOR_SEVER, .size = 4, .from_hw = true,
		.virt = 0xffffffff, .vwrite = 0xffffffff,
		.reason = "nor turn them into ones that reset the link",
	}, {
		.offset = PCI_ERR_COR_STATUS, .size = 4,
		.hold = COR_BITS, .quiet = true,
		.reason = "the host counts and tells them, and clears them",
	}, {
		.offset = PCI_ERR_COR_MASK, .size = 4, .from_hw = true,
		.virt = 0xffffffff, .vwrite = 0xffffffff,
		.reason = "a guest may not hide errors from the host",
	}, {
		.offset = PCI_ERR_CAP, .size = 4, .from_hw = true,
		.virt = PCI_ERR_CAP_ECRC_GENE | PCI_ERR_CAP_ECRC_CHKE,
		.vwrite = PCI_ERR_CAP_ECRC_GENE | PCI_ERR_CAP_ECRC_CHKE,
		.reason = "end-to-end checks need both ends",
	},
};

/* How many entries the longest of the tables has, by the @kinds there can be. */
static u16 vc_phases(u32 kinds)
{
	if (kinds & PCI_VC_RES_CAP_256_PHASE)
		return 256;
	if (kinds & (PCI_VC_RES_CAP_128_PHASE | PCI_VC_RES_CAP_128_PHASE_TB))
		return 128;
	if (kinds & PCI_VC_RES_CAP_64_PHASE)
		return 64;
	return kinds & PCI_VC_RES_CAP_32_PHASE ? 32 : 0;
}

/*
 * Where the table ends that @cap describes, with entries of @width bits, or
 * @length if that is further. The kinds have the same bits in all registers, the
 * place is in units of 16 bytes.
 */
static u16 vc_table_end(u32 cap, u16 width, u16 length)
{
	u16 place = (cap & PCI_VC_RES_CAP_ARB_OFF) >> 24;
	u16 end = 16 * place + vc_phases(cap) * width / 8;

	return place && end > length ? end : length;
}

/*
 * The registers of the channels, then the arbitration tables: of the port, and
 * of each channel. One that is put behind another capability stays visible, as
 * bytes that nobody owns: no list leads there, and no write gets through.
 */
static u16 vc_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u32 cap1 = pciback_cfg_read32(reader, pos + PCI_VC_PORT_CAP1);
	u32 cap2 = pciback_cfg_read32(reader, pos + PCI_VC_PORT_CAP2);
	u16 channels = 1 + (cap1 & PCI_VC_CAP1_EVCC), i;
	u16 width = 1 << ((cap1 & PCI_VC_CAP1_ARB_SIZE) >> 10);
	u16 length = PCI_CAP_VC_BASE_SIZEOF + channels * PCI_CAP_VC_PER_VC_SIZEOF;

	length = vc_table_end(cap2, 4, length);
	for (i = 0; i < channels; i++) {
		u32 cap = pciback_cfg_read32(reader, pos + PCI_VC_RES_CAP +
					     i * PCI_CAP_VC_PER_VC_SIZEOF);

		length = vc_table_end(cap, width, length);
	}
	return length;
}

static u16 acs_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u8 bits;

	if (!(pciback_cfg_read8(reader, pos + PCI_ACS_CAP) & PCI_ACS_EC))
		return 8;
	bits = pciback_cfg_read8(reader, pos + PCI_ACS_EGRESS_BITS);
	return 8 + ((bits ? bits : 256) + 31) / 32 * 4;
}

static u16 rebar_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u32 ctrl = pciback_cfg_read32(reader, pos + PCI_REBAR_CTRL);

	return 4 + 8 * ((ctrl & PCI_REBAR_CTRL_NBAR_MASK) >>
			PCI_REBAR_CTRL_NBAR_SHIFT);
}

static u16 tph_length(const struct pciback_cfg_reader *reader, u16 pos)
{
	u32 cap = pciback_cfg_read32(reader, pos + PCI_TPH_CAP);

	if ((cap & PCI_TPH_CAP_LOC_MASK) != PCI_TPH_LOC_CAP)
		return PCI_TPH_BASE_SIZEOF;
	return PCI_TPH_BASE_SIZEOF +
	       2 * (((cap & PCI_TPH_CAP_ST_MASK) >> PCI_TPH_CAP_ST_SHIFT) + 1);
}

/* Sixteen lanes' worth: what is not there reads 0 anyway. */
#define LANES	16

const struct pciback_cfg_table pciback_cfg_extcaps[] = {
	{
		.id = PCI_EXT_CAP_ID_ERR, .size = PCI_ERR_ROOT_COMMAND,
		.fields = aer_fields, .count = ARRAY_SIZE(aer_fields),
	}, {
		.id = PCI_EXT_CAP_ID_VC, .hidden = true,
		.size = PCI_CAP_VC_BASE_SIZEOF, .length = vc_length,
		.reason = "traffic classes are set up along the whole path",
	}, {
		.id = PCI_EXT_CAP_ID_DSN, .size = PCI_EXT_CAP_DSN_SIZEOF,
		.fixed = PCIBACK_CFG_BYTES(4, 8),
		.reason = "a serial number, constant",
	}, {
		.id = PCI_EXT_CAP_ID_PWR, .size = PCI_EXT_CAP_PWR_SIZEOF,
		.reason = "the power budget is the host's to spend",
	}, {
		.id = PCI_EXT_CAP_ID_RCLD, .size = 16,
		.reason = "describes the root complex, constant",
	}, {
		.id = PCI_EXT_CAP_ID_RCILC, .size = 12, .hidden = true,
		.reason = "a link inside the root complex",
	}, {
		.id = PCI_EXT_CAP_ID_RCEC, .size = 8, .hidden = true,
		.reason = "collects the errors of others",
	}, {
		.id = PCI_EXT_CAP_ID_MFVC, .hidden = true,
		.size = PCI_CAP_VC_BASE_SIZEOF, .length = vc_length,
		.reason = "arbitrates between functions that may not be the guest's",
	}, {
		.id = PCI_EXT_CAP_ID_VC9, .hidden = true,
		.size = PCI_CAP_VC_BASE_SIZEOF, .length = vc_length,
		.reason = "as VC",
	}, {
		.id = PCI_EXT_CAP_ID_RCRB, .size = 20, .hidden = true,
		.reason = "a register block of the root complex",
	}, {
		.id = PCI_EXT_CAP_ID_VNDR, .size = 8,
		.reason = "undocumented registers may do anything (XSA-124): quirks open them",
	}, {
		.id = PCI_EXT_CAP_ID_CAC, .size = 8, .hidden = true,
		.reason = "obsolete, and about the host's way to the function",
	}, {
		.id = PCI_EXT_CAP_ID_ACS, .hidden = true,
		.size = 8, .length = acs_length,
		.reason = "isolation between functions is the host's",
	}, {
		.id = PCI_EXT_CAP_ID_ARI, .size = PCI_EXT_CAP_ARI_SIZEOF,
		.reason = "numbers of other functions; harmless to see",
	}, {
		.id = PCI_EXT_CAP_ID_ATS, .hidden = true,
		.size = PCI_EXT_CAP_ATS_SIZEOF,
		.reason = "translated requests bypass the IOMMU's check",
	}, {
		.id = PCI_EXT_CAP_ID_SRIOV, .hidden = true,
		.size = PCI_EXT_CAP_SRIOV_SIZEOF,
		.reason = "new functions must be known to the host",
	}, {
		.id = PCI_EXT_CAP_ID_MRIOV, .size = 4, .hidden = true,
		.reason = "shares the device between hosts",
	}, {
		.id = PCI_EXT_CAP_ID_MCAST, .hidden = true,
		.size = PCI_EXT_CAP_MCAST_ENDPOINT_SIZEOF,
		.reason = "opens windows to what others write",
	}, {
		.id = PCI_EXT_CAP_ID_PRI, .hidden = true,
		.size = PCI_EXT_CAP_PRI_SIZEOF,
		.reason = "page requests go to the host's IOMMU",
	}, {
		.id = PCI_EXT_CAP_ID_AMD_XXX, .size = 4,
		.reason = "undocumented: default deny",
	}, {
		.id = PCI_EXT_CAP_ID_REBAR, .hidden = true,
		.size = 4, .length = rebar_length,
		.reason = "the host has placed the BARs as large as they are",
	}, {
		.id = PCI_EXT_CAP_ID_DPA, .size = PCI_DPA_BASE_SIZEOF,
		.reason = "the power budget is the host's to spend",
	}, {
		.id = PCI_EXT_CAP_ID_TPH, .hidden = true,
		.size = PCI_TPH_BASE_SIZEOF, .length = tph_length,
		.reason = "steering tags name the host's caches",
	}, {
		.id = PCI_EXT_CAP_ID_LTR, .size = PCI_EXT_CAP_LTR_SIZEOF,
		.hidden = true,
		.reason = "how deep the platform may sleep",
	}, {
		.id = PCI_EXT_CAP_ID_SECPCI, .size = 12 + 2 * LANES,
		.hidden = true,
		.reason = "the link's equalization",
	}, {
		.id = PCI_EXT_CAP_ID_PMUX, .size = 16, .hidden = true,
		.reason = "the link's protocol",
	}, {
		.id = PCI_EXT_CAP_ID_PASID, .hidden = true,
		.size = PCI_EXT_CAP_PASID_SIZEOF,
		.reason = "address spaces are the host's IOMMU's",
	}, {
		.id = PCI_EXT_CAP_ID_DPC, .size = 48, .hidden = true,
		.reason = "contains errors of a port",
	}, {
		.id = PCI_EXT_CAP_ID_L1SS, .size = 20, .hidden = true,
		.reason = "both ends of the link must agree",
	}, {
		.id = PCI_EXT_CAP_ID_PTM, .size = 12,
		.hidden = true,
		.reason = "needs the ports above",
	}, {
		.id = PCI_EXT_CAP_ID_DVSEC, .size = 10,
		.reason = "undocumented registers may do anything (XSA-124): quirks open them",
	}, {
		.id = PCI_EXT_CAP_ID_VF_REBAR, .hidden = true,
		.size = 4, .length = rebar_length,
		.reason = "as SR-IOV",
	}, {
		.id = PCI_EXT_CAP_ID_DLF, .size = 12,
		.hidden = true,
		.reason = "the link's features",
	}, {
		.id = PCI_EXT_CAP_ID_PL_16GT, .size = 32 + LANES, .hidden = true,
		.reason = "the link's equalization",
	}, {
		.id = PCI_EXT_CAP_ID_NPEM, .size = 16, .hidden = true,
		.reason = "lights of the host's enclosure",
	}, {
		.id = PCI_EXT_CAP_ID_PL_32GT, .size = 32 + LANES, .hidden = true,
		.reason = "the link's equalization",
	}, {
		.id = PCI_EXT_CAP_ID_DOE, .size = 24, .hidden = true,
		.reason = "a mailbox the host's PCI core uses itself",
	}, {
		.id = PCI_EXT_CAP_ID_DEV3, .size = 16,
		.reason = "device capabilities of a later day: default deny",
	}, {
		.id = PCI_EXT_CAP_ID_IDE, .size = 8, .hidden = true,
		.reason = "the keys of the link",
	}, {
		.id = PCI_EXT_CAP_ID_PL_64GT, .size = 16 + LANES, .hidden = true,
		.reason = "the link's equalization",
	},
};

const unsigned int pciback_cfg_nextcaps = ARRAY_SIZE(pciback_cfg_extcaps);

/* Returns the policy for @cap_id, or NULL for default deny. */
const struct pciback_cfg_table *pciback_cfg_extcap_table(u16 cap_id)
{
	unsigned int i;

	for (i = 0; i < pciback_cfg_nextcaps; i++)
		if (pciback_cfg_extcaps[i].id == cap_id)
			return &pciback_cfg_extcaps[i];
	return NULL;
}
