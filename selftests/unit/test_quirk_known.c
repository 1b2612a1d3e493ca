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

/* Device ids as ranges, first to last, up to one that begins with 0. */
struct range {
	u16 first, last;
};

/* tg3.c, tg3_pci_tbl: those of vendor 14e4, by pci_ids.h and tg3.h. */
static const struct range tigon3[] = {
	{ 0x1600, 0x1601 }, { 0x1641, 0x1649 }, { 0x164d, 0x164d }, { 0x1653, 0x1657 },
	{ 0x1659, 0x165b }, { 0x165d, 0x165f }, { 0x1665, 0x1665 }, { 0x1668, 0x166b },
	{ 0x166e, 0x166e }, { 0x1672, 0x1674 }, { 0x1676, 0x167b }, { 0x167d, 0x1684 },
	{ 0x1686, 0x1689 }, { 0x1690, 0x1694 }, { 0x1696, 0x1696 }, { 0x1698, 0x169d },
	{ 0x16a0, 0x16a0 }, { 0x16a6, 0x16a8 }, { 0x16b0, 0x16b7 }, { 0x16c6, 0x16c7 },
	{ 0x16dd, 0x16dd }, { 0x16f3, 0x16f3 }, { 0x16f7, 0x16f7 }, { 0x16fd, 0x16fe },
	{ 0x170d, 0x170e }, { 0x1712, 0x1713 }, { 0 },
};

/* tulip_core.c: DC21143 (HAS_ACPI; 21140 has it not); de2104x.c: 21040, 21041 */
static const struct range tulip[] = {
	{ 0x0002, 0x0002 }, { 0x0014, 0x0014 }, { 0x0019, 0x0019 }, { 0 },
};

static const struct range any[] = {
	{ 0x0001, 0xffff }, { 0 },
};

static const struct want {
	u16 vendor;
	const struct range *devices;
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
};

static bool is_in(const struct range *range, u16 device)
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
		EXPECT(known->quirk.reg + 4 <= PCI_CFG_SPACE_SIZE);
		EXPECT_EQ(known->quirk.reg % known->quirk.size, 0);
		EXPECT(known->quirk.size == 4 ||
		       !(known->quirk.mask >> 8 * known->quirk.size));
		lay(got, known->quirk.reg, known->quirk.mask);
	}
	EXPECT(!memcmp(want, got, sizeof(got)));
}

static const u32 classes[] = { WIRELESS, ETHERNET, UHCI };
static const u16 vendors[] = { 0x8086, 0x168c, 0x14e4, 0x1106, 0x1011 };

static void each_vendor_is_told_from_others(void)
{
	static const u16 devices[] = { 0x1234, 0x1657, 0x0019 };
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
	static const u16 devices[] = { 0x0001, 0x1600, 0x0019 };
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
