// SPDX-License-Identifier: GPL-2.0
/*
 * address - "reg" and "ranges", as the kernel reads them
 */
#include <string.h>

#include "address.h"

#define ADDRESS_CELLS_MAX	4

/* How "reg" of @node's children counts; a node that does not say is like its parent. */
static u32 address_inherited(const struct tree_node *node, const char *name)
{
	u32 cells;

	for (; node; node = node->parent)
		if (tree_u32(node, name, &cells))
			return cells;
	return 1;
}

/* Of @node's own "reg". */
u32 address_cells(const struct tree_node *node)
{
	return address_inherited(node->parent, "#address-cells");
}

u32 address_size_cells(const struct tree_node *node)
{
	return address_inherited(node->parent, "#size-cells");
}

/* The number in @count cells from @at on: the lowest 64 bits, others must be zero. */
static bool address_number(const struct tree_property *property, u32 at,
			   u32 count, u64 *number)
{
	u32 i;

	*number = 0;
	for (i = 0; i < count; i++) {
		if (*number >> 32)
			return false;
		*number = *number << 32 | tree_cell(property, at + i);
	}
	return true;
}

static bool address_is_usual(u32 cells)
{
	return cells && cells <= ADDRESS_CELLS_MAX;
}

/* Moves *@address, @size bytes, out of @bus into its parent. */
static bool address_step(const struct tree_node *bus, u64 size, u64 *address)
{
	const struct tree_property *ranges = tree_property(bus, "ranges");
	u32 own = address_inherited(bus, "#address-cells");
	u32 length = address_inherited(bus, "#size-cells");
	u32 outer = address_cells(bus), row = own + outer + length, i;
	const char *type = tree_string(bus, "device_type");
	u64 from, to, room;

	if (!ranges || (type && !strncmp(type, "pci", 3)))
		return false;
	if (!ranges->len)
		return true;
	if (!address_is_usual(own) || !address_is_usual(outer) ||
	    !address_is_usual(length))
		return false;
	for (i = 0; i + row <= tree_cells(ranges); i += row) {
		if (!address_number(ranges, i, own, &from) ||
		    !address_number(ranges, i + own, outer, &to) ||
		    !address_number(ranges, i + own + outer, length, &room))
			continue;
		if (*address < from || *address - from >= room ||
		    room - (*address - from) < size)
			continue;
		*address = *address - from + to;
		return true;
	}
	return false;
}

/*
 * Region number @index. Returns false if there is none, or nothing that the CPU
 * could address.
 */
bool address_region(const struct tree_node *node, u32 index,
		    struct dtdev_region *region)
{
	const struct tree_property *reg = tree_property(node, "reg");
	u32 cells = address_cells(node), length = address_size_cells(node);
	u32 at = index * (cells + length);
	const struct tree_node *bus;
	u64 start, size;

	if (!reg || !node->parent || !address_is_usual(cells) ||
	    !address_is_usual(length) || index > tree_cells(reg) ||
	    at + cells + length > tree_cells(reg))
		return false;
	if (!address_number(reg, at, cells, &start) ||
	    !address_number(reg, at + cells, length, &size) || !size)
		return false;
	for (bus = node->parent; bus->parent; bus = bus->parent)
		if (!address_step(bus, size, &start))
			return false;
	if (start + size - 1 < start)
		return false;
	region->start = start;
	region->end = start + size - 1;
	return true;
}
