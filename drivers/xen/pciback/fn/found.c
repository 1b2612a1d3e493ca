// SPDX-License-Identifier: GPL-2.0
/*
 * found - a copy of all of the space, put back and verified
 *
 * The PCI core's saved state has what drivers need after a reset. What firmware
 * wrote beyond that, and what guests may have written there, is in no
 * capability it knows: here is everything.
 */
#include <linux/overflow.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "found.h"

struct pciback_found {
	unsigned int count;
	struct {
		u32 value;
		u32 live;	/* bits that are not compared; written as 0 */
	} dwords[];
};

/*
 * What changes by itself, or must not come back on: status bits, which a 0
 * leaves alone, and what lets a function act on its own.
 */
static const struct found_live {
	u16 id;
	u16 offset;
	u32 bits;
} found_live_caps[] = {
	{ PCI_CAP_ID_PM, PCI_PM_CTRL, 0xff000000 | PCI_PM_CTRL_PME_STATUS },
	{ PCI_CAP_ID_VPD, 0, 0xffff0000 },
	{ PCI_CAP_ID_VPD, PCI_VPD_DATA, 0xffffffff },
	{ PCI_CAP_ID_MSI, 0, PCI_MSI_FLAGS_ENABLE << 16 },
	{ PCI_CAP_ID_MSIX, 0, (u32)PCI_MSIX_FLAGS_ENABLE << 16 },
	{ PCI_CAP_ID_EXP, PCI_EXP_DEVCTL, 0xffff0000 },
	{ PCI_CAP_ID_EXP, PCI_EXP_LNKCTL, 0xffff0000 },
	{ PCI_CAP_ID_EXP, PCI_EXP_DEVCTL2, 0xffff0000 },
	{ PCI_CAP_ID_EXP, PCI_EXP_LNKCTL2, 0xffff0000 },
	{ PCI_CAP_ID_AF, PCI_AF_CTRL, 0xffffffff },
}, found_live_extcaps[] = {
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_UNCOR_STATUS, 0xffffffff },
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_COR_STATUS, 0xffffffff },
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_HEADER_LOG, 0xffffffff },
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_HEADER_LOG + 4, 0xffffffff },
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_HEADER_LOG + 8, 0xffffffff },
	{ PCI_EXT_CAP_ID_ERR, PCI_ERR_HEADER_LOG + 12, 0xffffffff },
	{ PCI_EXT_CAP_ID_DOE, PCI_DOE_STATUS, 0xffffffff },
	{ PCI_EXT_CAP_ID_DOE, PCI_DOE_READ, 0xffffffff },
};

/*
 * Data of a window: what is written there goes to whatever register the window
 * shows at the moment. Capabilities of a vendor's own have such, too.
 */
static const struct {
	u16 vendor;
	u16 offset;
} found_windows[] = {
	{ PCI_VENDOR_ID_BROADCOM, 0x80 },	/* tg3: registers, at 0x78 */
	{ PCI_VENDOR_ID_BROADCOM, 0x84 },	/* tg3: memory, at 0x7c */
};

/* More than a chain can have: one that goes round in a circle has an end, too. */
#define FOUND_CAPS_MAX	48
#define FOUND_EXTCAPS_MAX	480

static void found_mark_live(struct pciback_found *found, int cap,
			    const struct found_live *live)
{
	unsigned int at = (cap + live->offset) / 4;

	if (cap && at < found->count)
		found->dwords[at].live |= live->bits;
}

static void found_mark_range(struct pciback_found *found, unsigned int from,
			     unsigned int bytes)
{
	unsigned int at = DIV_ROUND_UP(from, 4), end = (from + bytes) / 4;

	for (; at < min(end, found->count); at++)
		found->dwords[at].live = ~0u;
}

/* What a write does there, its vendor knows. The capability's head stays. */
static void found_mark_vendor(struct pci_dev *dev, struct pciback_found *found)
{
	unsigned int i;
	u32 header;
	u8 bytes;
	int cap;

	cap = pci_find_capability(dev, PCI_CAP_ID_VNDR);
	for (i = 0; cap && i < FOUND_CAPS_MAX; i++) {
		pci_read_config_byte(dev, cap + PCI_CAP_FLAGS, &bytes);
		found_mark_range(found, cap + 4, bytes > 4 ? bytes - 4 : 0);
		cap = pci_find_next_capability(dev, cap, PCI_CAP_ID_VNDR);
	}
	cap = pci_find_ext_capability(dev, PCI_EXT_CAP_ID_VNDR);
	for (i = 0; cap && i < FOUND_EXTCAPS_MAX; i++) {
		pci_read_config_dword(dev, cap + PCI_VNDR_HEADER, &header);
		header = PCI_VNDR_HEADER_LEN(header);
		found_mark_range(found, cap + 8, header > 8 ? header - 8 : 0);
		cap = pci_find_next_ext_capability(dev, cap, PCI_EXT_CAP_ID_VNDR);
	}
	for (i = 0; i < ARRAY_SIZE(found_windows); i++)
		if (dev->vendor == found_windows[i].vendor)
			found_mark_range(found, found_windows[i].offset, 4);
}

static u32 found_read(struct pci_dev *dev, unsigned int at)
{
	u32 value = ~0;

	pci_read_config_dword(dev, 4 * at, &value);
	return value;
}

/* Copies the space of @dev. May sleep. Returns the copy or NULL for no memory. */
struct pciback_found *pciback_found_take(struct pci_dev *dev)
{
	unsigned int count = dev->cfg_size / 4, i;
	struct pciback_found *found;

	found = kvzalloc(struct_size(found, dwords, count), GFP_KERNEL);
	if (!found)
		return NULL;
	found->count = count;
	for (i = 0; i < count; i++)
		found->dwords[i].value = found_read(dev, i);
	/* The status, and bus mastering, which is for a driver to turn on. */
	found->dwords[PCI_COMMAND / 4].live = 0xffff0000 | PCI_COMMAND_MASTER;
	for (i = 0; i < ARRAY_SIZE(found_live_caps); i++)
		found_mark_live(found,
				pci_find_capability(dev, found_live_caps[i].id),
				&found_live_caps[i]);
	for (i = 0; i < ARRAY_SIZE(found_live_extcaps); i++)
		found_mark_live(found,
				pci_find_ext_capability(dev, found_live_extcaps[i].id),
				&found_live_extcaps[i]);
	found_mark_vendor(dev, found);
	return found;
}

static u32 found_difference(struct pci_dev *dev,
			    const struct pciback_found *found, unsigned int at)
{
	u32 compared = ~found->dwords[at].live;

	if (!compared)
		return 0;
	return (found_read(dev, at) ^ found->dwords[at].value) & compared;
}

/*
 * Puts everything back as it was found, and says where that did not work. The
 * function is awake, has been reset, and nobody uses it. May sleep.
 */
void pciback_found_restore(struct pci_dev *dev,
			   const struct pciback_found *found)
{
	unsigned int i, wrong = 0;

	if (!pci_device_is_present(dev))
		return;
	for (i = 0; i < found->count; i++)
		if (found_difference(dev, found, i))
			pci_write_config_dword(dev, 4 * i,
					       found->dwords[i].value &
					       ~found->dwords[i].live);
	for (i = 0; i < found->count; i++) {
		u32 bits = found_difference(dev, found, i);

		if (bits && wrong++ < 8)
			pci_warn(dev, "not as it was found: bits %#x at %#x, which held %#x\n",
				 bits, 4 * i, found->dwords[i].value);
	}
	if (!wrong)
		pci_info(dev, "released, configuration as it was found\n");
}
