// SPDX-License-Identifier: GPL-2.0
/*
 * bar - answers reads and sizing of base address registers
 *
 * Pure: state only in the struct, any context.
 */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "bar.h"

/* Address bits by kind: PCI Local Bus 3.0, section 6.2.5. */
static u32 bar_address_bits(const struct pciback_region *region)
{
	if (region->flags & PCI_BASE_ADDRESS_SPACE_IO)
		return (u32)PCI_BASE_ADDRESS_IO_MASK;
	return (u32)PCI_BASE_ADDRESS_MEM_MASK;
}

/*
 * Describes the register for @region, or with @upper the one that holds the
 * upper half of its address. A region of size 0 reads as 0, whatever is written.
 */
void pciback_bar_init(struct pciback_bar *bar,
		      const struct pciback_region *region, bool upper)
{
	u64 mask = -region->size;

	*bar = (struct pciback_bar){ 0 };
	if (!region->size)
		return;
	if (upper) {
		bar->address_bits = 0xffffffff;
		bar->value = region->start >> 32;
		bar->size_mask = mask >> 32;
		return;
	}
	bar->address_bits = bar_address_bits(region);
	bar->value = ((u32)region->start & bar->address_bits) | region->flags;
	bar->size_mask = ((u32)mask & bar->address_bits) | region->flags;
}

/* The same for the expansion ROM; its enable bit stays with the host. */
void pciback_bar_init_rom(struct pciback_bar *bar,
			  const struct pciback_region *region)
{
	*bar = (struct pciback_bar){ 0 };
	if (!region->size)
		return;
	bar->address_bits = (u32)PCI_ROM_ADDRESS_MASK;
	bar->value = (u32)region->start & bar->address_bits;
	bar->size_mask = (u32)-region->size & bar->address_bits;
}

static u32 bar_lane(unsigned int byte)
{
	return 0xffu << (8 * byte);
}

u32 pciback_bar_read(const struct pciback_bar *bar)
{
	u32 value = 0;
	unsigned int byte;

	for (byte = 0; byte < 4; byte++) {
		u32 from = bar->sizing & 1 << byte ? bar->size_mask : bar->value;

		value |= from & bar_lane(byte);
	}
	return value;
}

/* @lanes: a mask of whole bytes, those of @value that were written. */
void pciback_bar_write(struct pciback_bar *bar, u32 value, u32 lanes)
{
	unsigned int byte;

	for (byte = 0; byte < 4; byte++) {
		u32 address = bar->address_bits & bar_lane(byte);

		if (!(lanes & bar_lane(byte)))
			continue;
		if (address && (value & address) == address)
			bar->sizing |= 1 << byte;
		else
			bar->sizing &= ~(1 << byte);
	}
}
