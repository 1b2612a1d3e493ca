// SPDX-License-Identifier: GPL-2.0
/*
 * quirk_known - devices that are known to need registers opened, and who says so
 *
 * Bits that the device's Linux driver writes, and no others. Not even those that outlast
 * the guest or concern what is not the function's: firmware and identity in a ROM of
 * the device's (Renesas 0xf6, Broadcom 0x88), voltages and what guards against too much
 * current (O2 0x68, 0xd4 bit 4 and 0x508, Genesys 0x70 and 0x8d0), cards that become
 * another function (SD Express), USB ports that are moved between two controllers (Intel
 * 0xd0 and 0xd8). Who needs these all the same has the driver's attribute.
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/types.h>

#include "quirk.h"

#define WIRELESS	.class = 0x028000, .class_mask = 0xffff00
#define ETHERNET	.class = 0x020000, .class_mask = 0xffff00
#define UHCI		.class = 0x0c0300, .class_mask = 0xffffff
#define XHCI		.class = 0x0c0330, .class_mask = 0xffffff

/* The names are those of the Linux drivers that write these registers. */
#define RETRY_TIMEOUT	.quirk = { 0x41, 1, 0xff }
/* Not the bits beside it, which raise management interrupts on the host. */
#define PIRQ_ENABLE	.quirk = { 0xc0, 2, 0x2000 }

/* Elsewhere in the vendor's cards there may be anything at these places. */
static const u16 quirk_tg3[] = {
	0x1600, 0x1601, 0x1641, 0x1642, 0x1643, 0x1644, 0x1645, 0x1646, 0x1647,
	0x1648, 0x1649, 0x164d, 0x1653, 0x1654, 0x1655, 0x1656, 0x1657, 0x1659,
	0x165a, 0x165b, 0x165d, 0x165e, 0x165f, 0x1665, 0x1668, 0x1669, 0x166a,
	0x166b, 0x166e, 0x1672, 0x1673, 0x1674, 0x1676, 0x1677, 0x1678, 0x1679,
	0x167a, 0x167b, 0x167d, 0x167e, 0x167f, 0x1680, 0x1681, 0x1682, 0x1683,
	0x1684, 0x1686, 0x1687, 0x1688, 0x1689, 0x1690, 0x1691, 0x1692, 0x1693,
	0x1694, 0x1696, 0x1698, 0x1699, 0x169a, 0x169b, 0x169c, 0x169d, 0x16a0,
	0x16a6, 0x16a7, 0x16a8, 0x16b0, 0x16b1, 0x16b2, 0x16b3, 0x16b4, 0x16b5,
	0x16b6, 0x16b7, 0x16c6, 0x16c7, 0x16dd, 0x16f3, 0x16f7, 0x16fd, 0x16fe,
	0x170d, 0x170e, 0x1712, 0x1713, 0,
};

#define TG3		.vendor = 0x14e4, .devices = quirk_tg3, ETHERNET

/* 21040, 21041, 21142 and 21143: the 21140 has no such modes. */
static const u16 quirk_tulip[] = { 0x0002, 0x0014, 0x0019, 0 };

/* Firmware is kept in memory, and has to be loaded after each loss of power. */
static const u16 quirk_renesas[] = { 0x0014, 0x0015, 0 };

#define RENESAS		.vendor = 0x1912, .devices = quirk_renesas, XHCI

/* Card readers, whatever class they say that they are. */
static const u16 quirk_gl9755[] = { 0x9755, 0 };
static const u16 quirk_gl9763e[] = { 0xe763, 0 };
static const u16 quirk_gl9767[] = { 0x9767, 0 };

#define GL9755		.vendor = 0x17a0, .devices = quirk_gl9755
#define GL9763E		.vendor = 0x17a0, .devices = quirk_gl9763e
#define GL9767		.vendor = 0x17a0, .devices = quirk_gl9767

static const u16 quirk_o2[] = {
	0x8120, 0x8220, 0x8221, 0x8320, 0x8321, 0x8420, 0x8421, 0x8520, 0x8620, 0x8621,
	0x9860, 0x9861, 0x9862, 0x9863, 0,
};

static const u16 quirk_o2_first[] = { 0x8220, 0x8221, 0x8320, 0x8321, 0 };
static const u16 quirk_o2_sds[] = { 0x8420, 0x8421, 0x8520, 0 };
static const u16 quirk_o2_fujin2[] = { 0x8520, 0 };
static const u16 quirk_o2_seabird[] = { 0x8620, 0x8621, 0 };
static const u16 quirk_o2_gg8[] = { 0x9860, 0x9861, 0x9862, 0x9863, 0 };

#define O2		.vendor = 0x1217, .devices = quirk_o2
#define O2_FIRST	.vendor = 0x1217, .devices = quirk_o2_first
#define O2_SDS		.vendor = 0x1217, .devices = quirk_o2_sds
#define O2_FUJIN2	.vendor = 0x1217, .devices = quirk_o2_fujin2
#define O2_SEABIRD	.vendor = 0x1217, .devices = quirk_o2_seabird
#define O2_GG8		.vendor = 0x1217, .devices = quirk_o2_gg8

/* Broadcom's wireless cards, by the bus inside that the driver walks. */
static const u16 quirk_ssb[] = {
	0x4301, 0x4306, 0x4307, 0x4311, 0x4312, 0x4315, 0x4318, 0x4319, 0x4320, 0x4321,
	0x4322, 0x4324, 0x4325, 0x4328, 0x4329, 0x432b, 0x432c, 0x4350, 0x4351, 0xa8d6, 0,
};

static const u16 quirk_bcma[] = {
	0x0576, 0x4313, 0x4331, 0x4353, 0x4357, 0x4358, 0x4359, 0x4360, 0x4365, 0x43a0,
	0x43a9, 0x43aa, 0x43b1, 0x4727, 0xa8d8, 0xa8db, 0xa8dc, 0,
};

static const u16 quirk_brcmfmac[] = {
	0x4354, 0x4355, 0x4365, 0x43a3, 0x43ba, 0x43bb, 0x43bc, 0x43c3, 0x43c4, 0x43c5,
	0x43ca, 0x43cb, 0x43cc, 0x43d3, 0x43d9, 0x43dc, 0x43df, 0x43e9, 0x43ec, 0x43ef,
	0x440d, 0x4415, 0x4425, 0x4433, 0x4464, 0x4488, 0xaa31, 0xaa52, 0,
};

#define SSB		.vendor = 0x14e4, .devices = quirk_ssb, WIRELESS
#define BCMA		.vendor = 0x14e4, .devices = quirk_bcma, WIRELESS
#define BRCMFMAC	.vendor = 0x14e4, .devices = quirk_brcmfmac, WIRELESS

static const u16 quirk_rtl8192se[] = { 0x8171, 0x8172, 0x8173, 0x8174, 0x8192, 0 };

static const struct pciback_quirk_known quirk_known[] = {
	{
		.vendor = 0x8086, WIRELESS, RETRY_TIMEOUT,
		.source = "iwlwifi: PCI_CFG_RETRY_TIMEOUT, off to keep C3 from breaking DMA",
	}, {
		.vendor = 0x168c, WIRELESS, RETRY_TIMEOUT,
		.source = "ath9k: retry timeout, off for the same reason",
	}, {
		TG3, .quirk = { 0x68, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MISC_HOST_CTRL, byte order and interrupt mask",
	}, {
		TG3, .quirk = { 0x70, 4, 0x00072060 },
		.source = "tg3: TG3PCI_PCISTATE, retries and ways to its firmware, after a reset",
	}, {
		TG3, .quirk = { 0x78, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_BASE_ADDR, window to its registers",
	}, {
		TG3, .quirk = { 0x7c, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_BASE_ADDR, window to its memory",
	}, {
		TG3, .quirk = { 0x80, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_DATA, behind the window",
	}, {
		TG3, .quirk = { 0x84, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_DATA, behind the window",
	}, {
		.vendor = 0x8086, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: USBLEGSUP, on: dom0 has turned interrupts off",
	}, {
		.vendor = 0x1106, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: the same for VIA's",
	}, {
		.vendor = 0x1011, .devices = quirk_tulip, ETHERNET,
		.quirk = { 0x40, 4, 0xc0000000 },
		.source = "tulip: CFDD, its sleep and snooze modes: off to work",
	}, {
		RENESAS, .quirk = { 0xf4, 2, 0x0303 },
		.source = "xhci-pci-renesas: RENESAS_FW_STATUS, firmware to memory",
	}, {
		RENESAS, .quirk = { 0xf8, 4, 0xffffffff },
		.source = "xhci-pci-renesas: RENESAS_DATA0, its words",
	}, {
		RENESAS, .quirk = { 0xfc, 4, 0xffffffff },
		.source = "xhci-pci-renesas: RENESAS_DATA1, the same",
	}, {
		GL9755, .quirk = { 0x44, 4, 0x20007000 },
		.source = "sdhci-pci-gli: PCI_GLI_9755_PECONF, clocks",
	}, {
		GL9755, .quirk = { 0x48, 4, 0x1f000000 },
		.source = "sdhci-pci-gli: PCI_GLI_9755_CFG2, delay before L1",
	}, {
		GL9755, .quirk = { 0x64, 4, 0x9f00f3ff },
		.source = "sdhci-pci-gli: PCI_GLI_9755_PLL",
	}, {
		GL9755, .quirk = { 0x68, 2, 0xffff },
		.source = "sdhci-pci-gli: PCI_GLI_9755_PLLSSC",
	}, {
		GL9755, .quirk = { 0x800, 1, 0x01 },
		.source = "sdhci-pci-gli: PCI_GLI_9755_WT, before the others are written",
	}, {
		GL9763E, .quirk = { 0x884, 4, 0x000f0000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_VHS, before the others are written",
	}, {
		GL9763E, .quirk = { 0x8a0, 2, 0x1000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_CFG, low power negotiation",
	}, {
		GL9763E, .quirk = { 0x8a4, 4, 0x1ff80000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_CFG2, delay before L1",
	}, {
		GL9763E, .quirk = { 0x8e0, 2, 0x0200 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_SCR, requests to the bus inside",
	}, {
		GL9763E, .quirk = { 0x934, 4, 0xf0000000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_CLKRXDLY",
	}, {
		GL9763E, .quirk = { 0x960, 1, 0x08 },
		.source = "sdhci-pci-gli: PCIE_GLI_9763E_MMC_CTRL, HS400",
	}, {
		GL9767, .quirk = { 0x884, 4, 0x000f0000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9767_VHS, before the others are written",
	}, {
		GL9767, .quirk = { 0x8a0, 2, 0x1000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9767_CFG, low power negotiation",
	}, {
		GL9767, .quirk = { 0x8e0, 4, 0x402306c0 },
		.source = "sdhci-pci-gli: PCIE_GLI_9767_SCR, bursts and power",
	}, {
		GL9767, .quirk = { 0x938, 4, 0x1f09f3ff },
		.source = "sdhci-pci-gli: PCIE_GLI_9767_SD_PLL_CTL",
	}, {
		GL9767, .quirk = { 0x93c, 4, 0xffff0000 },
		.source = "sdhci-pci-gli: PCIE_GLI_9767_SD_PLL_CTL2",
	}, {
		O2, .quirk = { 0xd3, 1, 0x80 },
		.source = "sdhci-pci-o2micro: O2_SD_LOCK_WP, before the others are written",
	}, {
		O2, .quirk = { 0x304, 4, 0xffff0000 },
		.source = "sdhci-pci-o2micro: O2_SD_PLL_SETTING, base clock",
	}, {
		O2, .quirk = { 0x354, 4, 0x00f10000 },
		.source = "sdhci-pci-o2micro: O2_SD_OUTPUT_CLK_SOURCE_SWITCH",
	}, {
		O2, .quirk = { 0x3e4, 4, 0x00400000 },
		.source = "sdhci-pci-o2micro: O2_SD_FUNC_REG4, lets the clock be changed",
	}, {
		O2_FIRST, .quirk = { 0xe0, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_CAPS, without ADMA, which is broken",
	}, {
		O2_FIRST, .quirk = { 0xe2, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_ADMA1, off",
	}, {
		O2_FIRST, .quirk = { 0xe7, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_ADMA2, off",
	}, {
		O2_FIRST, .quirk = { 0xec, 1, 0x20 },
		.source = "sdhci-pci-o2micro: O2_SD_CLKREQ, off once there is a card",
	}, {
		O2_FIRST, .quirk = { 0xee, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_MULTI_VCC3V, what a pin is for",
	}, {
		O2_FIRST, .quirk = { 0xf1, 1, 0x08 },
		.source = "sdhci-pci-o2micro: O2_SD_INF_MOD, no endless transfers",
	}, {
		O2_SDS, .quirk = { 0xd4, 1, 0x40 },
		.source = "sdhci-pci-o2micro: O2_SD_TEST_REG, its LED",
	}, {
		O2_SDS, .quirk = { 0xdc, 2, 0x2000 },
		.source = "sdhci-pci-o2micro: O2_SD_FUNC_REG0, its LED",
	}, {
		O2_SDS, .quirk = { 0xec, 1, 0x03 },
		.source = "sdhci-pci-o2micro: O2_SD_CLKREQ",
	}, {
		O2_SDS, .quirk = { 0x304, 2, 0x070e },
		.source = "sdhci-pci-o2micro: O2_SD_PLL_SETTING",
	}, {
		O2_SDS, .quirk = { 0x328, 4, 0x07e0ff00 },
		.source = "sdhci-pci-o2micro: O2_SD_CLK_SETTING, time-outs",
	}, {
		O2_SDS, .quirk = { 0x330, 1, 0xe0 },
		.source = "sdhci-pci-o2micro: O2_SD_CAP_REG2, without UHS1",
	}, {
		O2_FUJIN2, .quirk = { 0x64, 4, 0x00080c00 },
		.source = "sdhci-pci-o2micro: O2_SD_MISC_REG5, a reset when the link fails",
	}, {
		O2_FUJIN2, .quirk = { 0xe0, 4, 0xf0000000 },
		.source = "sdhci-pci-o2micro: O2_SD_CAPS, delay before L1",
	}, {
		O2_FUJIN2, .quirk = { 0xfc, 4, 0x000f0000 },
		.source = "sdhci-pci-o2micro: O2_SD_MISC_CTRL4, likewise",
	}, {
		O2_FUJIN2, .quirk = { 0x300, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_TUNING_CTRL",
	}, {
		O2_FUJIN2, .quirk = { 0x334, 2, 0x01fe },
		.source = "sdhci-pci-o2micro: O2_SD_CAP_REG0, the current it says it has",
	}, {
		O2_FUJIN2, .quirk = { 0x350, 4, 0xffffffff },
		.source = "sdhci-pci-o2micro: O2_SD_DELAY_CTRL",
	}, {
		O2_FUJIN2, .quirk = { 0x35c, 1, 0xfc },
		.source = "sdhci-pci-o2micro: O2_SD_UHS2_L1_CTRL",
	}, {
		O2_FUJIN2, .quirk = { 0x3e0, 4, 0x40200000 },
		.source = "sdhci-pci-o2micro: O2_SD_FUNC_REG3, termination of UHS2",
	}, {
		O2_SEABIRD, .quirk = { 0xf0, 4, 0x00180000 },
		.source = "sdhci-pci-o2micro: O2_SD_MISC_CTRL2, how long a card bounces",
	}, {
		O2_SEABIRD, .quirk = { 0x300, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_TUNING_CTRL",
	}, {
		O2_SEABIRD, .quirk = { 0x324, 1, 0x03 },
		.source = "sdhci-pci-o2micro: O2_SD_DETECT_SETTING",
	}, {
		O2_GG8, .quirk = { 0x304, 2, 0xffff },
		.source = "sdhci-pci-o2micro: O2_SD_PLL_SETTING, drive strength",
	}, {
		O2_GG8, .quirk = { 0x354, 1, 0xff },
		.source = "sdhci-pci-o2micro: O2_SD_OUTPUT_CLK_SOURCE_SWITCH, delay",
	}, {
		O2_GG8, .quirk = { 0x444, 2, 0x0700 },
		.source = "sdhci-pci-o2micro: O2_SD_PARA_SET_REG1, who switches modes",
	}, {
		SSB, RETRY_TIMEOUT,
		.source = "ssb: retry timeout, off for the same reason",
	}, {
		SSB, .quirk = { 0x80, 4, 0xffffffff },
		.source = "ssb: SSB_BAR0_WIN, the core that is seen",
	}, {
		SSB, .quirk = { 0x94, 4, 0x00ffff00 },
		.source = "ssb: SSB_PCI_IRQMASK, cores that interrupt",
	}, {
		SSB, .quirk = { 0xb4, 1, 0xc0 },
		.source = "ssb: SSB_GPIO_OUT, its crystal and PLL",
	}, {
		SSB, .quirk = { 0xb8, 1, 0xc0 },
		.source = "ssb: SSB_GPIO_OUT_ENABLE, the same",
	}, {
		BCMA, RETRY_TIMEOUT,
		.source = "bcma: retry timeout, off for the same reason",
	}, {
		BCMA, .quirk = { 0x70, 4, 0xffffffff },
		.source = "bcma: BCMA_PCIE2_BAR0_WIN2, its wrapper",
	}, {
		BCMA, .quirk = { 0x80, 4, 0xffffffff },
		.source = "bcma: BCMA_PCI_BAR0_WIN, the core that is seen",
	}, {
		BCMA, .quirk = { 0x94, 4, 0x00ffff00 },
		.source = "bcma: BCMA_PCI_IRQMASK, cores that interrupt",
	}, {
		BCMA, .quirk = { 0xac, 4, 0xffffffff },
		.source = "bcma: BCMA_PCI_BAR0_WIN2, its wrapper",
	}, {
		BRCMFMAC, .quirk = { 0x80, 4, 0xffffffff },
		.source = "brcmfmac: BRCMF_PCIE_BAR0_WINDOW, the core that is seen",
	}, {
		BRCMFMAC, .quirk = { 0x98, 1, 0x01 },
		.source = "brcmfmac: BRCMF_PCIE_REG_SBMBX, wakes its firmware",
	}, {
		.vendor = 0x10ec, .devices = quirk_rtl8192se, WIRELESS, RETRY_TIMEOUT,
		.source = "rtl8192se: retry timeout, off for the same reason",
	},
};

static bool quirk_is_of(const struct pciback_quirk_known *known, u16 device)
{
	const u16 *at = known->devices;

	if (!at)
		return true;
	while (*at && *at != device)
		at++;
	return *at;
}

/* Walks the known quirks of a device; start with @last NULL, ends with NULL. */
const struct pciback_quirk_known *
pciback_quirk_known_next(const struct pciback_quirk_known *last, u16 vendor,
			 u16 device, u32 class)
{
	const struct pciback_quirk_known *known;
	const struct pciback_quirk_known *end;

	end = quirk_known + ARRAY_SIZE(quirk_known);
	for (known = last ? last + 1 : quirk_known; known < end; known++)
		if (known->vendor == vendor &&
		    quirk_is_of(known, device) &&
		    !((known->class ^ class) & known->class_mask))
			return known;
	return NULL;
}
