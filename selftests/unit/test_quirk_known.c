// SPDX-License-Identifier: GPL-2.0
/*
 * Which bits of which registers the built-in quirks open, for whom: written from the
 * drivers of Linux 6.12 that write there, and from nothing in core/. Whatever is opened
 * beside these is opened by mistake.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "quirk.h"

#define WIRELESS	0x028000	/* network controller, other */
#define ETHERNET	0x020000
#define UHCI		0x0c0300	/* serial bus, USB, UHCI */
#define XHCI		0x0c0330
#define SDHCI		0x080501	/* base system peripheral, SD host */

/* Device ids as ranges, first to last, up to one that begins with 0. */
struct opened {
	u16 first, last;
};

/* tg3.c, tg3_pci_tbl: those of vendor 14e4, by pci_ids.h and tg3.h. */
static const struct opened tigon3[] = {
	{ 0x1600, 0x1601 }, { 0x1641, 0x1649 }, { 0x164d, 0x164d }, { 0x1653, 0x1657 },
	{ 0x1659, 0x165b }, { 0x165d, 0x165f }, { 0x1665, 0x1665 }, { 0x1668, 0x166b },
	{ 0x166e, 0x166e }, { 0x1672, 0x1674 }, { 0x1676, 0x167b }, { 0x167d, 0x1684 },
	{ 0x1686, 0x1689 }, { 0x1690, 0x1694 }, { 0x1696, 0x1696 }, { 0x1698, 0x169d },
	{ 0x16a0, 0x16a0 }, { 0x16a6, 0x16a8 }, { 0x16b0, 0x16b7 }, { 0x16c6, 0x16c7 },
	{ 0x16dd, 0x16dd }, { 0x16f3, 0x16f3 }, { 0x16f7, 0x16f7 }, { 0x16fd, 0x16fe },
	{ 0x170d, 0x170e }, { 0x1712, 0x1713 }, { 0 },
};

/* tulip_core.c: DC21143 (HAS_ACPI; 21140 has it not); de2104x.c: 21040, 21041 */
static const struct opened tulip[] = {
	{ 0x0002, 0x0002 }, { 0x0014, 0x0014 }, { 0x0019, 0x0019 }, { 0 },
};

/* xhci-pci.c: uPD720201 and uPD720202, the two with RENESAS_FW_NAME */
static const struct opened renesas[] = { { 0x0014, 0x0015 }, { 0 } };

/* sdhci-pci.h, PCI_DEVICE_ID_GLI_*: the 9750 has its registers in its BAR */
static const struct opened gl9755[] = { { 0x9755, 0x9755 }, { 0 } };
static const struct opened gl9763e[] = { { 0xe763, 0xe763 }, { 0 } };
static const struct opened gl9767[] = { { 0x9767, 0x9767 }, { 0 } };

/* sdhci-pci-core.c, those with sdhci_o2; by sdhci_pci_o2_probe()'s cases */
static const struct opened o2[] = {
	{ 0x8120, 0x8120 }, { 0x8220, 0x8221 }, { 0x8320, 0x8321 }, { 0x8420, 0x8421 },
	{ 0x8520, 0x8520 }, { 0x8620, 0x8621 }, { 0x9860, 0x9863 }, { 0 },
};

static const struct opened o2_8220[] = { { 0x8220, 0x8221 }, { 0x8320, 0x8321 }, { 0 } };
static const struct opened o2_8420[] = { { 0x8420, 0x8421 }, { 0x8520, 0x8520 }, { 0 } };
static const struct opened o2_8520[] = { { 0x8520, 0x8520 }, { 0 } };
static const struct opened o2_8620[] = { { 0x8620, 0x8621 }, { 0 } };
static const struct opened o2_9860[] = { { 0x9860, 0x9863 }, { 0 } };

/* ssb/b43_pci_bridge.c; 0xa8d6 is 43222 there */
static const struct opened ssb[] = {
	{ 0x4301, 0x4301 }, { 0x4306, 0x4307 }, { 0x4311, 0x4312 }, { 0x4315, 0x4315 },
	{ 0x4318, 0x4319 }, { 0x4320, 0x4322 }, { 0x4324, 0x4325 },
	{ 0x4328, 0x4329 }, { 0x432b, 0x432c },
	{ 0x4350, 0x4351 }, { 0xa8d6, 0xa8d6 }, { 0 },
};

/* bcma/host_pci.c, bcma_pci_bridge_tbl; 43224, 43227, 43228 in decimal there */
static const struct opened bcma[] = {
	{ 0x0576, 0x0576 }, { 0x4313, 0x4313 }, { 0x4331, 0x4331 }, { 0x4353, 0x4353 },
	{ 0x4357, 0x4359 }, { 0x4360, 0x4360 }, { 0x4365, 0x4365 },
	{ 0x43a0, 0x43a0 }, { 0x43a9, 0x43aa },
	{ 0x43b1, 0x43b1 }, { 0x4727, 0x4727 }, { 0xa8d8, 0xa8d8 }, { 0xa8db, 0xa8dc }, { 0 },
};

/* brcm_hw_ids.h, BRCM_PCIE_*, and 0x4355 and 0x4365 of brcmf_pcie_devid_table */
static const struct opened brcmfmac[] = {
	{ 0x4354, 0x4355 }, { 0x4365, 0x4365 }, { 0x43a3, 0x43a3 }, { 0x43ba, 0x43bc },
	{ 0x43c3, 0x43c5 }, { 0x43ca, 0x43cc }, { 0x43d3, 0x43d3 }, { 0x43d9, 0x43d9 },
	{ 0x43dc, 0x43dc }, { 0x43df, 0x43df }, { 0x43e9, 0x43e9 }, { 0x43ec, 0x43ec },
	{ 0x43ef, 0x43ef }, { 0x440d, 0x440d }, { 0x4415, 0x4415 }, { 0x4425, 0x4425 },
	{ 0x4433, 0x4433 }, { 0x4464, 0x4464 }, { 0x4488, 0x4488 }, { 0xaa31, 0xaa31 },
	{ 0xaa52, 0xaa52 }, { 0 },
};

/* rtl8192se/sw.c */
static const struct opened rtl8192se[] = { { 0x8171, 0x8174 }, { 0x8192, 0x8192 }, { 0 } };

static const struct opened any[] = {
	{ 0x0001, 0xffff }, { 0 },
};

static const struct want {
	u16 vendor;
	const struct opened *devices;
	u32 class, class_mask;	/* the programming interface counts for USB alone */
	u16 reg;
	u32 mask;		/* from @reg on, as a little-endian number */
} wants[] = {
	/* iwlwifi/pcie/drv.c: byte write of 0 to PCI_CFG_RETRY_TIMEOUT (0x041) */
	{ 0x8086, any, WIRELESS, 0xffff00, 0x41, 0xff },
	/* ath9k/pci.c: at 0x40 only bits 15-8 are changed */
	{ 0x168c, any, WIRELESS, 0xffff00, 0x41, 0xff },
	/* tg3_restore_pci_state(): TG3PCI_MISC_HOST_CTRL */
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x68, 0xffffffff },
	/*
	 * The same, TG3PCI_PCISTATE: PCISTATE_ROM_ENABLE 0x20, _ROM_RETRY_ENABLE 0x40,
	 * _RETRY_SAME_DMA 0x2000, _ALLOW_APE_CTLSPC_WR, _SHMEM_WR, _PSPACE_WR 0x70000.
	 * TG3PCI_DMA_RW_CTRL, 0x6c, is written through the BAR alone.
	 */
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x70, 0x00072060 },
	/* tg3_write_indirect_reg32(): TG3PCI_REG_BASE_ADDR, _REG_DATA */
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x78, 0xffffffff },
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x80, 0xffffffff },
	/* tg3_write_mem(): TG3PCI_MEM_WIN_BASE_ADDR, _MEM_WIN_DATA */
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x7c, 0xffffffff },
	{ 0x14e4, tigon3, ETHERNET, 0xffff00, 0x84, 0xffffffff },
	/* uhci-pci.c: USBLEGSUP 0xc0, USBLEGSUP_DEFAULT 0x2000 (PIRQ enable), or 0 */
	{ 0x8086, any, UHCI, 0xffffff, 0xc0, 0x2000 },
	{ 0x1106, any, UHCI, 0xffffff, 0xc0, 0x2000 },
	/* CFDD 0x40, CFDD_Sleep bit 31, CFDD_Snooze bit 30; PCIPM, PM_Mask, the same */
	{ 0x1011, tulip, ETHERNET, 0xffff00, 0x40, 0xc0000000 },
	/*
	 * RENESAS_FW_STATUS 0xf4: DOWNLOAD_ENABLE 0x1, LOCK 0x2, SET_DATA0 0x100,
	 * SET_DATA1 0x200; DATA0 0xf8, DATA1 0xfc. Not ROM_STATUS 0xf6, which writes a
	 * ROM.
	 */
	{ 0x1912, renesas, XHCI, 0xffffff, 0xf4, 0x00000303 },
	{ 0x1912, renesas, XHCI, 0xffffff, 0xf8, 0xffffffff },
	{ 0x1912, renesas, XHCI, 0xffffff, 0xfc, 0xffffffff },
	/*
	 * gl9755: WT_EN bit 0; PECONF: LFCLK 14-12, DMACLK 29; CFG2_L1DLY 28-24; PLL: LDIV
	 * 9-0, PDIV 14-12, DIR 15, PLLSSC_STEP 28-24, _EN 31; PLLSSC_PPM 15-0. SCP_DIS
	 * guards against short circuits, CD and WP are inverted on Apple's Arm alone.
	 */
	{ 0x17a0, gl9755, 0, 0, 0x800, 0x00000001 },
	{ 0x17a0, gl9755, 0, 0, 0x44, 0x20007000 },
	{ 0x17a0, gl9755, 0, 0, 0x48, 0x1f000000 },
	{ 0x17a0, gl9755, 0, 0, 0x64, 0x9f00f3ff },
	{ 0x17a0, gl9755, 0, 0, 0x68, 0x0000ffff },
	/* gl9763e: VHS_REV 19-16, LPSN_DIS 12, L1DLY 28-19, AXI_REQ 9, RXDLY 31-28, HS400_SLOW 3 */
	{ 0x17a0, gl9763e, 0, 0, 0x884, 0x000f0000 },
	{ 0x17a0, gl9763e, 0, 0, 0x8a0, 0x00001000 },
	{ 0x17a0, gl9763e, 0, 0, 0x8a4, 0x1ff80000 },
	{ 0x17a0, gl9763e, 0, 0, 0x8e0, 0x00000200 },
	{ 0x17a0, gl9763e, 0, 0, 0x934, 0xf0000000 },
	{ 0x17a0, gl9763e, 0, 0, 0x960, 0x00000008 },
	/*
	 * gl9767: VHS_REV 19-16; LOW_PWR_OFF 12; SCR: 6, 7, 9, 10, 16, 17, 21, 30; SD_PLL_CTL:
	 * LDIV 9-0, PDIV 15-12, DIR_EN 16, SSC_EN 19, STEP 28-24; PPM 31-16. No voltages
	 * (0x8d0), no SD Express (0x8c8, 0x940 to 0x958).
	 */
	{ 0x17a0, gl9767, 0, 0, 0x884, 0x000f0000 },
	{ 0x17a0, gl9767, 0, 0, 0x8a0, 0x00001000 },
	{ 0x17a0, gl9767, 0, 0, 0x8e0, 0x402306c0 },
	{ 0x17a0, gl9767, 0, 0, 0x938, 0x1f09f3ff },
	{ 0x17a0, gl9767, 0, 0, 0x93c, 0xffff0000 },
	/* O2: all set the clock: LOCK_WP 7, base clock 31-16, SEL_DLL 16 and PHASE 23-20, 22 */
	{ 0x1217, o2, 0, 0, 0xd3, 0x80 },
	{ 0x1217, o2, 0, 0, 0x304, 0xffff0000 },
	{ 0x1217, o2, 0, 0, 0x354, 0x00f10000 },
	{ 0x1217, o2, 0, 0, 0x3e4, 0x00400000 },
	/* Byte writes of CAPS, ADMA1, ADMA2, MULTI_VCC3V; CLKREQ 0x20, INF_MOD 0x08 */
	{ 0x1217, o2_8220, 0, 0, 0xe0, 0xff },
	{ 0x1217, o2_8220, 0, 0, 0xe2, 0xff },
	{ 0x1217, o2_8220, 0, 0, 0xe7, 0xff },
	{ 0x1217, o2_8220, 0, 0, 0xec, 0x20 },
	{ 0x1217, o2_8220, 0, 0, 0xee, 0xff },
	{ 0x1217, o2_8220, 0, 0, 0xf1, 0x08 },
	/* LED_ENABLE 6, LEDOFF 13; 0x3; ~0x1f3f070e; ~0xff00 and 0x07e0c800; ~0xe0 */
	{ 0x1217, o2_8420, 0, 0, 0xd4, 0x00000040 },
	{ 0x1217, o2_8420, 0, 0, 0xdc, 0x00002000 },
	{ 0x1217, o2_8420, 0, 0, 0xec, 0x00000003 },
	{ 0x1217, o2_8420, 0, 0, 0x304, 0x1f3f070e },
	{ 0x1217, o2_8420, 0, 0, 0x328, 0x07e0ff00 },
	{ 0x1217, o2_8420, 0, 0, 0x330, 0x000000e0 },
	/*
	 * sdhci_pci_o2_fujin2_pci_init(), but for voltage (0x68) and over-current (0xd4, 4).
	 * DEV_CTRL, 0x88, is PCI Express' device control.
	 */
	{ 0x1217, o2_8520, 0, 0, 0x64, 1 << 19 | 1 << 11 | 1 << 10 },
	{ 0x1217, o2_8520, 0, 0, 0xe0, 0xf0000000 },
	{ 0x1217, o2_8520, 0, 0, 0xfc, 0x000f0000 },
	{ 0x1217, o2_8520, 0, 0, 0x300, 0x000000ff },
	{ 0x1217, o2_8520, 0, 0, 0x334, 0x000001fe },
	{ 0x1217, o2_8520, 0, 0, 0x350, 0xffffffff },
	{ 0x1217, o2_8520, 0, 0, 0x35c, 0x000000fc },
	{ 0x1217, o2_8520, 0, 0, 0x3e0, 1 << 21 | 1 << 30 },
	/* ~0xffe7ffff; a byte; DETECT_SETTING is 1 or 3 */
	{ 0x1217, o2_8620, 0, 0, 0xf0, 0x00180000 },
	{ 0x1217, o2_8620, 0, 0, 0x300, 0x000000ff },
	{ 0x1217, o2_8620, 0, 0, 0x324, 0x00000003 },
	/* A word; ~0xff0fff00; ~0xf8ff. Not VDD1's source (0x508), nor SD Express (0x444, 11) */
	{ 0x1217, o2_9860, 0, 0, 0x304, 0x0000ffff },
	{ 0x1217, o2_9860, 0, 0, 0x354, 0x00f000ff },
	{ 0x1217, o2_9860, 0, 0, 0x444, 0x00000700 },
	/* SSB_BAR0_WIN; coremask << 8, 16 cores; SSB_GPIO_XTAL 0x40, _PLL 0x80; 0x40, 15-8 */
	{ 0x14e4, ssb, WIRELESS, 0xffff00, 0x80, 0xffffffff },
	{ 0x14e4, ssb, WIRELESS, 0xffff00, 0x94, 0x00ffff00 },
	{ 0x14e4, ssb, WIRELESS, 0xffff00, 0xb4, 0x000000c0 },
	{ 0x14e4, ssb, WIRELESS, 0xffff00, 0xb8, 0x000000c0 },
	{ 0x14e4, ssb, WIRELESS, 0xffff00, 0x40, 0x0000ff00 },
	/* bcma_regs.h: BAR0_WIN, BAR0_WIN2 of PCI and PCIE2, IRQMASK; 0x40, 15-8 */
	{ 0x14e4, bcma, WIRELESS, 0xffff00, 0x80, 0xffffffff },
	{ 0x14e4, bcma, WIRELESS, 0xffff00, 0xac, 0xffffffff },
	{ 0x14e4, bcma, WIRELESS, 0xffff00, 0x70, 0xffffffff },
	{ 0x14e4, bcma, WIRELESS, 0xffff00, 0x94, 0x00ffff00 },
	{ 0x14e4, bcma, WIRELESS, 0xffff00, 0x40, 0x0000ff00 },
	/* BAR0_WINDOW; SBMBX is 1. LINK_STATUS_CTRL, 0xbc, is PCI Express' */
	{ 0x14e4, brcmfmac, WIRELESS, 0xffff00, 0x80, 0xffffffff },
	{ 0x14e4, brcmfmac, WIRELESS, 0xffff00, 0x98, 0x00000001 },
	/* rtl92se_resume(): at 0x40 only bits 15-8 */
	{ 0x10ec, rtl8192se, WIRELESS, 0xffff00, 0x41, 0xff },
};

static bool is_in(const struct opened *range, u16 device)
{
	for (; range->first; range++)
		if (device >= range->first && device <= range->last)
			return true;
	return false;
}

static void lay(u8 *space, u16 reg, u32 mask)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		space[reg + i] |= mask >> 8 * i;
}

static bool want_space(u8 *space, u16 vendor, u16 device, u32 class)
{
	bool some = false;
	unsigned int i;

	memset(space, 0, PCI_CFG_SPACE_EXP_SIZE);
	for (i = 0; i < ARRAY_SIZE(wants); i++) {
		if (wants[i].vendor != vendor || !is_in(wants[i].devices, device) ||
		    (wants[i].class ^ class) & wants[i].class_mask)
			continue;
		lay(space, wants[i].reg, wants[i].mask);
		some = true;
	}
	return some;
}

static void compare(u16 vendor, u16 device, u32 class)
{
	static u8 want[PCI_CFG_SPACE_EXP_SIZE], got[PCI_CFG_SPACE_EXP_SIZE];
	const struct pciback_quirk_known *known = NULL;
	bool some = want_space(want, vendor, device, class);

	KTAP_ROW("%04x:%04x, class %06x", vendor, device, class);
	memset(got, 0, sizeof(got));
	while ((known = pciback_quirk_known_next(known, vendor, device, class))) {
		EXPECT(some);
		EXPECT(known->quirk.size && !(known->quirk.size & (known->quirk.size - 1)));
		EXPECT(known->quirk.reg + known->quirk.size <= PCI_CFG_SPACE_EXP_SIZE);
		EXPECT_EQ(known->quirk.reg % known->quirk.size, 0);
		EXPECT(known->quirk.size == 4 ||
		       !(known->quirk.mask >> 8 * known->quirk.size));
		lay(got, known->quirk.reg, known->quirk.mask);
	}
	EXPECT(!memcmp(want, got, sizeof(got)));
}

static const u32 classes[] = { WIRELESS, ETHERNET, UHCI, XHCI, SDHCI };
static const u16 vendors[] = {
	0x8086, 0x168c, 0x14e4, 0x1106, 0x1011, 0x1912, 0x17a0, 0x1217, 0x10ec,
};

static void each_vendor_is_told_from_others(void)
{
	static const u16 devices[] = {
		0x1234, 0x1657, 0x0019, 0x0015, 0x9755, 0x8520, 0x4360, 0x8171,
	};
	unsigned int vendor, i;

	for (vendor = 0; vendor < 0x10000; vendor++)
		for (i = 0; i < ARRAY_SIZE(classes); i++)
			compare(vendor, devices[i], classes[i]);
	for (vendor = 0; vendor < 0x10000; vendor++)
		for (i = 0; i < ARRAY_SIZE(devices); i++)
			compare(vendor, devices[i], ETHERNET);
}

static void each_class_is_told_from_others(void)
{
	static const u16 devices[] = {
		0x0001, 0x1600, 0x0019, 0x0014, 0xe763, 0x9861, 0x43ba, 0x8192,
	};
	unsigned int i, j, k, bit;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		for (j = 0; j < ARRAY_SIZE(classes); j++)
			for (k = 0; k < ARRAY_SIZE(devices); k++)
				for (bit = 0; bit < 24; bit++)
					compare(vendors[i], devices[k], classes[j] ^ 1u << bit);
}

static void each_device_is_told_from_others(void)
{
	unsigned int i, j, device;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		for (j = 0; j < ARRAY_SIZE(classes); j++)
			for (device = 1; device < 0x10000; device++)
				compare(vendors[i], device, classes[j]);
}

KTAP_ROOM(KTAP_CASE(each_vendor_is_told_from_others),
	  KTAP_CASE(each_class_is_told_from_others),
	  KTAP_CASE(each_device_is_told_from_others));
