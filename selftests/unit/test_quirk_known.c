// SPDX-License-Identifier: GPL-2.0
/*
 * Which bits of which registers the built-in quirks open, for whom: written from the
 * drivers of Linux that write there, and from nothing in core/. Whatever is opened
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

static const struct want {
	u16 vendor;
	u32 class, class_mask;	/* the programming interface counts for USB alone */
	u16 reg;
	u32 mask;		/* from @reg on, as a little-endian number */
} wants[] = {
	/* iwlwifi/pcie/drv.c: byte write of 0 to PCI_CFG_RETRY_TIMEOUT (0x041) */
	{ 0x8086, WIRELESS, 0xffff00, 0x41, 0xff },
	/* ath9k/pci.c: at 0x40 only bits 15-8 are changed */
	{ 0x168c, WIRELESS, 0xffff00, 0x41, 0xff },
	/* tg3.h: TG3PCI_MISC_HOST_CTRL, TG3PCI_DMA_RW_CTRL */
	{ 0x14e4, ETHERNET, 0xffff00, 0x68, 0xffffffff },
	{ 0x14e4, ETHERNET, 0xffff00, 0x6c, 0xffffffff },
	/* tg3.h: TG3PCI_REG_BASE_ADDR, _MEM_WIN_BASE_ADDR, _REG_DATA, _MEM_WIN_DATA */
	{ 0x14e4, ETHERNET, 0xffff00, 0x78, 0xffffffff },
	{ 0x14e4, ETHERNET, 0xffff00, 0x7c, 0xffffffff },
	{ 0x14e4, ETHERNET, 0xffff00, 0x80, 0xffffffff },
	{ 0x14e4, ETHERNET, 0xffff00, 0x84, 0xffffffff },
	/* uhci-hcd.h: USBLEGSUP 0xc0, USBLEGSUP_DEFAULT 0x2000 (PIRQ enable) */
	{ 0x8086, UHCI, 0xffffff, 0xc0, 0x2000 },
	{ 0x1106, UHCI, 0xffffff, 0xc0, 0x2000 },
	/* tulip.h: CFDD 0x40, CFDD_Sleep bit 31, CFDD_Snooze bit 30 */
	{ 0x1011, ETHERNET, 0xffff00, 0x40, 0xc0000000 },
};

static void lay(u8 *space, u16 reg, u32 mask)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		space[reg + i] |= mask >> 8 * i;
}

static bool want_space(u8 *space, u16 vendor, u32 class)
{
	bool any = false;
	unsigned int i;

	memset(space, 0, PCI_CFG_SPACE_EXP_SIZE);
	for (i = 0; i < ARRAY_SIZE(wants); i++) {
		if (wants[i].vendor != vendor ||
		    (wants[i].class ^ class) & wants[i].class_mask)
			continue;
		lay(space, wants[i].reg, wants[i].mask);
		any = true;
	}
	return any;
}

static void compare(u16 vendor, u16 device, u32 class)
{
	static u8 want[PCI_CFG_SPACE_EXP_SIZE], got[PCI_CFG_SPACE_EXP_SIZE];
	const struct pciback_quirk_known *known = NULL;
	bool any = want_space(want, vendor, class);

	KTAP_ROW("%04x:%04x, class %06x", vendor, device, class);
	memset(got, 0, sizeof(got));
	while ((known = pciback_quirk_known_next(known, vendor, device, class))) {
		EXPECT(any);
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
	unsigned int vendor, i;

	for (vendor = 0; vendor < 0x10000; vendor++)
		for (i = 0; i < ARRAY_SIZE(classes); i++)
			compare(vendor, 0x1234, classes[i]);
}

static void each_class_is_told_from_others(void)
{
	unsigned int i, j, bit;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		for (j = 0; j < ARRAY_SIZE(classes); j++)
			for (bit = 0; bit < 24; bit++)
				compare(vendors[i], 0, classes[j] ^ 1u << bit);
}

static void whichever_device_of_theirs(void)
{
	unsigned int i, j, device;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		for (j = 0; j < ARRAY_SIZE(classes); j++)
			for (device = 0; device < 0x10000; device += 0x11)
				compare(vendors[i], device, classes[j]);
}

KTAP_ROOM(KTAP_CASE(each_vendor_is_told_from_others),
	  KTAP_CASE(each_class_is_told_from_others),
	  KTAP_CASE(whichever_device_of_theirs));
