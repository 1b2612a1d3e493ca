// SPDX-License-Identifier: GPL-2.0
/*
 * found - a copy of all of the space, put back and verified
 *
 * The PCI core's saved state has what drivers need after a reset. What firmware
 * wrote beyond that, and what guests may have written there, is in no
 * capability it knows: here is everything.
 *
 * The header and the capabilities are copied at once. What is beside them follows before
 * the function is reset or given to anybody (pciback_found_complete()): nobody but a guest
 * has a reason to write there. Nothing is read twice.
 */
#include <linux/bitmap.h>
#include <linux/overflow.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "../core/cfg_field.h"
#include "../core/cfg_read.h"
#include "found.h"

#define FOUND_DWORDS	(PCI_CFG_SPACE_EXP_SIZE / 4)

struct pciback_found {
	struct pciback_cfg_reader reader;
	struct pci_dev *dev;
	unsigned int count;
	bool complete;
	DECLARE_BITMAP(copied, FOUND_DWORDS);
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

/* Beside the header and the capabilities it has registers of the machine, and windows to more. */
static bool found_is_host_bridge(const struct pciback_found *found)
{
	return found->dev->class >> 8 == PCI_CLASS_BRIDGE_HOST;
}

static u32 found_read(struct pci_dev *dev, unsigned int at)
{
	u32 value = ~0;

	pci_read_config_dword(dev, 4 * at, &value);
	return value;
}

/* What the function held at @pos when that was first asked. */
static u32 found_dword(struct pciback_found *found, unsigned int pos)
{
	unsigned int at = pos / 4;

	if (at >= found->count)
		return ~0;
	if (!__test_and_set_bit(at, found->copied))
		found->dwords[at].value = found_read(found->dev, at);
	return found->dwords[at].value;
}

static u8 found_byte(const struct pciback_cfg_reader *reader, u16 pos)
{
	struct pciback_found *found = container_of(reader, struct pciback_found, reader);

	return found_dword(found, pos) >> (8 * (pos % 4));
}

static void found_copy(struct pciback_found *found, unsigned int from,
		       unsigned int end)
{
	for (; from < end; from += 4)
		found_dword(found, from);
}

/* Where a capability is, and who says what is alive in it. */
struct found_place {
	u16 id;
	u16 pos;
	const struct pciback_cfg_table *table;
	const struct found_live *live;
	unsigned int nlive;
};

static void found_mark_live(struct pciback_found *found, unsigned int cap,
			    const struct found_live *live)
{
	unsigned int at = (cap + live->offset) / 4;

	if (at < found->count)
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
static void found_mark_vendor(struct pciback_found *found, unsigned int body,
			      unsigned int end)
{
	if (end > body)
		found_mark_range(found, body, end - body);
}

/* Copies the capability at @place, as long as it is known to be, to before @end. */
static void found_take_place(struct pciback_found *found,
			     const struct found_place *place, unsigned int end)
{
	const struct pciback_cfg_table *table = place->table;
	unsigned int length = end - place->pos, i;

	if (table && table->length)
		length = table->length(&found->reader, place->pos);
	else if (table && table->size)
		length = table->size;
	else if (found_is_host_bridge(found))
		length = 4;
	found_copy(found, place->pos, min(place->pos + length, end));
	for (i = 0; i < place->nlive; i++)
		if (place->live[i].id == place->id)
			found_mark_live(found, place->pos, &place->live[i]);
}

static void found_take_first(struct pciback_found *found, u8 pos)
{
	unsigned int end = min_t(unsigned int, 4 * found->count, PCI_CFG_SPACE_SIZE);
	DECLARE_BITMAP(seen, PCI_CFG_SPACE_SIZE / 4) = { 0 };
	u32 head;

	for (; pos >= PCI_STD_HEADER_SIZEOF && pos < end; pos = head >> 8 & 0xfc) {
		struct found_place place = {
			.pos = pos, .live = found_live_caps,
			.nlive = ARRAY_SIZE(found_live_caps),
		};

		head = found_dword(found, pos);
		place.id = head & 0xff;
		if (place.id == 0xff || __test_and_set_bit(pos / 4, seen))
			break;
		place.table = pciback_cfg_cap_table(place.id);
		if (place.id == PCI_CAP_ID_VNDR)
			found_mark_vendor(found, pos + 4, pos + (head >> 16 & 0xff));
		else
			found_take_place(found, &place, end);
	}
}

static unsigned int found_vendor_length(struct pciback_found *found, unsigned int pos)
{
	return PCI_VNDR_HEADER_LEN(found_dword(found, pos + PCI_VNDR_HEADER));
}

static void found_take_extended(struct pciback_found *found)
{
	unsigned int end = 4 * found->count, pos = PCI_CFG_SPACE_SIZE;
	DECLARE_BITMAP(seen, FOUND_DWORDS) = { 0 };
	u32 head;

	for (; pos >= PCI_CFG_SPACE_SIZE && pos < end; pos = PCI_EXT_CAP_NEXT(head)) {
		struct found_place place = {
			.pos = pos, .live = found_live_extcaps,
			.nlive = ARRAY_SIZE(found_live_extcaps),
		};

		head = found_dword(found, pos);
		if (!head || PCI_POSSIBLE_ERROR(head) ||
		    __test_and_set_bit(pos / 4, seen))
			break;
		place.id = PCI_EXT_CAP_ID(head);
		place.table = pciback_cfg_extcap_table(place.id);
		if (place.id == PCI_EXT_CAP_ID_VNDR)
			found_mark_vendor(found, pos + 8,
					  pos + found_vendor_length(found, pos));
		else
			found_take_place(found, &place, end);
	}
}

static void found_take_header(struct pciback_found *found)
{
	unsigned int i;

	found_copy(found, 0, PCI_STD_HEADER_SIZEOF);
	/* The status, and bus mastering, which is for a driver to turn on. */
	found->dwords[PCI_COMMAND / 4].live = 0xffff0000 | PCI_COMMAND_MASTER;
	for (i = 0; i < ARRAY_SIZE(found_windows); i++)
		if (found->dev->vendor == found_windows[i].vendor)
			found_mark_range(found, found_windows[i].offset, 4);
}

/*
 * Copies the space of @dev, as far as it has a meaning. May sleep. Returns the copy or NULL
 * for no memory.
 */
struct pciback_found *pciback_found_take(struct pci_dev *dev)
{
	unsigned int count = min_t(unsigned int, dev->cfg_size / 4, FOUND_DWORDS);
	struct pciback_found *found;

	found = kvzalloc(struct_size(found, dwords, count), GFP_KERNEL);
	if (!found)
		return NULL;
	found->reader = (struct pciback_cfg_reader){ found_byte, dev->cfg_size };
	found->dev = dev;
	found->count = count;
	found_take_header(found);
	if (found->dwords[PCI_COMMAND / 4].value >> 16 & PCI_STATUS_CAP_LIST)
		found_take_first(found, found_dword(found, PCI_CAPABILITY_LIST) & 0xfc);
	found_take_extended(found);
	return found;
}

/*
 * Copies the rest, before anybody has changed it. The function is awake, and the caller has
 * it to itself. What one does not hold that does not answer is not put back, nor the rest
 * of a host bridge. May sleep.
 */
void pciback_found_complete(struct pciback_found *found)
{
	DECLARE_BITMAP(before, FOUND_DWORDS);

	if (found->complete || found_is_host_bridge(found))
		return;
	bitmap_copy(before, found->copied, FOUND_DWORDS);
	found_copy(found, 0, 4 * found->count);
	found->complete = pci_device_is_present(found->dev);
	if (!found->complete)
		bitmap_copy(found->copied, before, FOUND_DWORDS);
}

/*
 * Reads the function as it was found, for as long as that is not complete. Caller: has it
 * to itself.
 */
const struct pciback_cfg_reader *pciback_found_reader(struct pciback_found *found)
{
	return &found->reader;
}

static u32 found_difference(const struct pciback_found *found, unsigned int at)
{
	u32 compared = ~found->dwords[at].live;

	if (!compared)
		return 0;
	return (found_read(found->dev, at) ^ found->dwords[at].value) & compared;
}

/* Writes what differs. Returns whether anything did. */
static bool found_write(const struct pciback_found *found)
{
	bool differed = false;
	unsigned int i;

	for_each_set_bit(i, found->copied, found->count) {
		if (!found_difference(found, i))
			continue;
		differed = true;
		pci_write_config_dword(found->dev, 4 * i, found->dwords[i].value &
							  ~found->dwords[i].live);
	}
	return differed;
}

/* Returns how many dwords differ. */
static unsigned int found_verify(const struct pciback_found *found)
{
	unsigned int i, wrong = 0;

	for_each_set_bit(i, found->copied, found->count) {
		u32 bits = found_difference(found, i);

		if (bits && wrong++ < 8)
			pci_warn(found->dev, "not as it was found: bits %#x at %#x, which held %#x\n",
				 bits, 4 * i, found->dwords[i].value);
	}
	return wrong;
}

/*
 * Puts everything back as it was found, and says where that did not work. The
 * function is awake, has been reset if anybody has used it, and nobody does. May sleep.
 */
void pciback_found_restore(const struct pciback_found *found)
{
	if (!pci_device_is_present(found->dev))
		return;
	if (!found_write(found) || !found_verify(found))
		pci_info(found->dev, "released, configuration as it was found\n");
}
