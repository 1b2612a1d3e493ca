// SPDX-License-Identifier: GPL-2.0
/* random_device - rolls the dice for a configuration space */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "random_device.h"

#define STOPS_MAX	64

static u64 random_state;
static u16 stops[STOPS_MAX];	/* where capabilities are */
static unsigned int nstops;

/* Zero is where the generator stands still. */
void random_seed(u64 seed)
{
	random_state = seed * 2 + 1;
}

/* xorshift64*: good enough, and the same everywhere. */
u32 random_u32(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 0x2545f4914f6cdd1dull >> 32;
}

u32 random_below(u32 bound)
{
	return random_u32() % bound;
}

u32 random_value(void)
{
	switch (random_below(6)) {
	case 0:
		return 0;
	case 1:
		return 0xffffffff;
	case 2:
		return 1u << random_below(32);
	case 3:
		return ~(1u << random_below(32));
	default:
		return random_u32();
	}
}

/* The next stop: most often with room before it, else anywhere. */
static u16 random_stop(u16 pos, u16 begin, u16 end)
{
	u32 next = pos + 4 * (1 + random_below(16));

	if (next >= end || random_below(4) == 0)
		next = begin + 4 * random_below((end - begin) / 4);
	if (nstops < STOPS_MAX)
		stops[nstops++] = next;
	return next;
}

/* Each kind there is, and now and then one that nobody knows. */
static u8 random_kind(void)
{
	switch (random_below(10)) {
	case 0:
		return random_u32();
	case 1:
		return PCI_CAP_ID_EXP;
	default:
		return 1 + random_below(PCI_CAP_ID_MAX);
	}
}

static void random_capabilities(struct fake_device *dev)
{
	unsigned int left = random_below(9);
	u8 pos = random_stop(0x40, 0x40, 0x100);

	dev->hw[PCI_STATUS] |= PCI_STATUS_CAP_LIST;
	dev->hw[PCI_CAPABILITY_LIST] = pos | random_below(4);
	while (left--) {
		u8 next = random_stop(pos, 0x40, 0x100);

		dev->hw[pos] = random_kind();
		dev->hw[pos + 1] = next | random_below(4);
		pos = next;
	}
	dev->hw[pos] = random_below(2) ? 0xff : PCI_CAP_ID_VNDR;
	dev->hw[pos + 1] = random_below(0x40);
}

static void random_extcaps(struct fake_device *dev)
{
	unsigned int left = random_below(16);
	u16 pos = 0x100;

	while (left--) {
		u16 next = random_stop(pos, 0x100, 0x1000);
		u16 id = random_below(4) ? random_below(0x34) : PCI_EXT_CAP_ID_ERR;

		fake_device_extcap(dev, pos, id, next | random_below(4));
		pos = next;
	}
	memset(&dev->hw[pos], random_below(2) ? 0xff : 0, 4);
	if (random_below(3) == 0)
		fake_device_extcap(dev, pos, random_u32(), random_below(0x100));
}

static void random_region(struct pciback_region *region, bool rom)
{
	unsigned int sort = random_below(4), bits;

	memset(region, 0, sizeof(*region));
	if (sort == 0)
		return;
	region->is_64bit = !rom && sort == 1;
	region->flags = rom ? 0 : sort == 1 ? 0xc : sort == 2 ? 1 : 8;
	bits = rom ? 11 + random_below(14) : 4 + random_below(26);
	if (region->is_64bit)
		bits += random_below(12);
	region->size = 1ull << bits;
	region->start = ((u64)random_u32() << 32 | random_u32()) &
			(region->is_64bit ? ~0ull : 0xffffffff);
	region->start &= -region->size;
}

void random_device(struct fake_device *dev, struct pciback_cfg_facts *facts)
{
	unsigned int i;

	*facts = (struct pciback_cfg_facts){
		.vendor = random_u32(), .device = random_u32(),
		.irq_line = random_u32(), .is_bridge = random_below(8) == 0,
		.size = random_below(3) ? PCI_CFG_SPACE_EXP_SIZE :
					  PCI_CFG_SPACE_SIZE,
	};
	fake_device_init(dev, 0);
	for (i = 0; i < PCI_CFG_SPACE_EXP_SIZE; i++)
		dev->hw[i] = random_u32();
	stops[0] = PCI_CFG_SPACE_SIZE;
	nstops = 1;
	random_capabilities(dev);
	random_extcaps(dev);
	for (i = 0; i < PCIBACK_CFG_BARS; i++)
		random_region(&facts->regions[i], i == PCIBACK_CFG_ROM_BAR);
}

void random_place(u16 space, u16 *pos, u8 *size)
{
	u32 place = random_below(space);

	switch (random_below(8)) {
	case 0:
		break;
	case 1:
	case 2:
		place = random_below(PCI_STD_HEADER_SIZEOF);
		break;
	default:
		place = stops[random_below(nstops)] + random_below(0x40);
		break;
	}
	*size = 1 << random_below(3);
	*pos = place % space & ~(*size - 1);
}
