// SPDX-License-Identifier: GPL-2.0
/*
 * build - which nodes, where, and what is written anew
 */
#include <string.h>

#include "address.h"
#include "build.h"
#include "copy.h"
#include "lines.h"

static const struct device *build_device(const struct guest *guest,
					 const struct tree_node *host)
{
	u32 i;

	for (i = 0; i < guest->device_count; i++)
		if (guest->devices[i].node == host)
			return &guest->devices[i];
	return NULL;
}

/* By its address in the guest, if it has one that the guest's CPU can use. */
static const char *build_name(struct guest *guest, const struct tree_node *host,
			      const struct dtdev_region *first)
{
	u64 at;

	if (!first || !place_address(&guest->place, first, &at))
		return host->name;
	return pool_text(guest->pool, "%s@%llx", tree_base(host, guest->pool),
			 (unsigned long long)at);
}

static struct guest_node *build_add(struct guest *guest, const struct tree_node *host,
				    struct tree_node *parent, const char *name,
				    const struct device *whole)
{
	struct guest_node *node;

	guest->nodes = pool_grow(guest->pool, guest->nodes, guest->node_count,
				 sizeof(*node));
	node = &guest->nodes[guest->node_count++];
	node->host = host;
	node->made = tree_add(&guest->made, parent, guest_unique(guest, parent, name));
	node->device = build_device(guest, host);
	node->whole = node->device ?: whole;
	return node;
}

/* Has the guest all registers of @part, if it has any that a CPU can use? */
static bool build_has_registers(const struct guest *guest, const struct tree_node *part)
{
	struct dtdev_region region;
	u64 at;
	u32 i;

	if (!guest_is_bus(part->parent) || !tree_property(part, "reg"))
		return true;
	for (i = 0; address_region(part, i, &region); i++)
		if (!place_address(&guest->place, &region, &at))
			return false;
	return i;
}

static bool build_is_off(const struct tree_node *part)
{
	const char *status = tree_string(part, "status");

	return status && strcmp(status, "okay") && strcmp(status, "ok");
}

static void build_leave_part(struct guest *guest, const struct guest_node *part)
{
	guest_note(guest,
		   pool_text(guest->pool,
			     "left out: %s (it has registers of its own: give it as well, by its path)",
			     guest_label(guest, part, "")));
}

static void build_add_parts(struct guest *guest, const struct tree_node *host,
			    struct tree_node *made, const struct device *whole)
{
	const struct tree_node *part;
	struct dtdev_region first;
	struct guest_node *node;
	bool moves;

	for (part = host->child; part; part = part->sibling) {
		const struct device *device = build_device(guest, part);

		if (build_is_off(part) && !device)
			continue;
		if (!device && !build_has_registers(guest, part)) {
			struct guest_node at = { part, NULL, NULL, whole };

			build_leave_part(guest, &at);
			continue;
		}
		moves = guest_is_bus(host) && address_region(part, 0, &first);
		node = build_add(guest, part, made,
				 build_name(guest, part, moves ? &first : NULL), whole);
		build_add_parts(guest, part, node->made, node->whole);
	}
}

/* Is it within another that is given? Then it is that one's part. */
static bool build_is_inner(const struct guest *guest, const struct device *device)
{
	u32 i;

	for (i = 0; i < guest->device_count; i++)
		if (&guest->devices[i] != device &&
		    tree_is_within(device->node, guest->devices[i].node))
			return true;
	return false;
}

static struct tree_node *build_add_bus(struct guest *guest)
{
	struct tree_node *root, *bus;

	root = tree_add(&guest->made, NULL, "");
	guest_put_cell(guest, root, "#address-cells", 2);
	guest_put_cell(guest, root, "#size-cells", 2);
	bus = tree_add(&guest->made, root, "passthrough");
	guest_put(guest, bus, "compatible", "simple-bus", sizeof("simple-bus"));
	guest_put(guest, bus, "ranges", "", 0);
	guest_put_cell(guest, bus, "#address-cells", 2);
	guest_put_cell(guest, bus, "#size-cells", 2);
	return bus;
}

/* The host's clocks as they run now, of fixed rate. */
static u32 *build_add_clocks(struct guest *guest, struct tree_node *bus,
			     const struct device *device, u32 *number)
{
	u32 *handles = pool_take(guest->pool, device->clock_count * sizeof(*handles) + 1);
	struct tree_node *clock;
	const char *name;
	u32 i;

	for (i = 0; i < device->clock_count; i++) {
		name = pool_text(guest->pool, "clock-%u", (*number)++);
		clock = tree_add(&guest->made, bus, guest_unique(guest, bus, name));
		guest_put(guest, clock, "compatible", "fixed-clock", sizeof("fixed-clock"));
		guest_put_cell(guest, clock, "#clock-cells", 0);
		guest_put_cell(guest, clock, "clock-frequency", device->clocks[i].rate);
		handles[i] = guest_handle(guest, clock);
	}
	return handles;
}

static bool build_knows_clock(const struct device_clock *clock)
{
	return clock->rate && !(clock->rate >> 32);
}

/* All of them or none: drivers count. What is missing is said at once. */
static bool build_knows_clocks(struct guest *guest, const struct guest_node *node)
{
	const char *names = "", *options = "", *separator = "", *name;
	const struct device *device = node->device;
	u32 i, unknown = 0;

	for (i = 0; i < device->clock_count; i++) {
		if (build_knows_clock(&device->clocks[i]))
			continue;
		name = device->clocks[i].name ?: "-";
		names = pool_text(guest->pool, "%s%s'%s'", names, separator, name);
		options = pool_text(guest->pool, "%s --clock %s=HZ", options, name);
		separator = ", ";
		unknown++;
	}
	if (unknown)
		guest_note(guest, pool_text(guest->pool,
					    "left out: %s (the rate%s of %s %s not known:%s tell%s)",
					    guest_label(guest, node, "clocks"),
					    unknown > 1 ? "s" : "", names,
					    unknown > 1 ? "are" : "is", options,
					    unknown > 1 ? "" : "s"));
	return device->clock_count && !unknown;
}

static void build_clocks(struct guest *guest, struct tree_node *bus,
			 const struct guest_node *node, u32 *number)
{
	const struct device *device = node->device;
	size_t len = 0;
	char *names;
	u32 i, named = 0;

	if (!build_knows_clocks(guest, node))
		return;
	for (i = 0; i < device->clock_count; i++)
		len += strlen(device->clocks[i].name ?: "") + 1;
	names = pool_take(guest->pool, len);
	for (len = 0, i = 0; i < device->clock_count; i++) {
		if (!device->clocks[i].name)
			continue;
		memcpy(names + len, device->clocks[i].name, strlen(device->clocks[i].name));
		len += strlen(device->clocks[i].name) + 1;
		named++;
	}
	guest_put_cells(guest, node->made, "clocks",
			build_add_clocks(guest, bus, device, number), device->clock_count);
	if (named)
		guest_put(guest, node->made, "clock-names", names, len);
}

static bool build_region(const struct guest_node *node, u32 index,
			 struct dtdev_region *region)
{
	if (!node->device)
		return address_region(node->host, index, region);
	if (index >= node->device->region_count)
		return false;
	*region = node->device->regions[index];
	return true;
}

/* Two cells each for address and size. */
static void build_registers(struct guest *guest, const struct guest_node *node)
{
	struct dtdev_region region;
	u32 *cells = NULL, count, i;
	u64 at, size;

	for (count = 0; build_region(node, count, &region) &&
	     place_address(&guest->place, &region, &at); count++)
		;
	cells = pool_take(guest->pool, (size_t)count * 4 * sizeof(*cells) + 1);
	for (i = 0; i < count; i++) {
		build_region(node, i, &region);
		place_address(&guest->place, &region, &at);
		size = region.end - region.start + 1;
		cells[i * 4] = at >> 32;
		cells[i * 4 + 1] = at;
		cells[i * 4 + 2] = size >> 32;
		cells[i * 4 + 3] = size;
	}
	if (count)
		guest_put_cells(guest, node->made, "reg", cells, count * 4);
}

static void build_fill(struct guest *guest, struct tree_node *bus,
		       const struct guest_node *node, u32 *clocks)
{
	copy_properties(guest, node);
	if (guest_is_moved(node))
		build_registers(guest, node);
	if (guest_has_translated(guest, node->host)) {
		guest_put_cell(guest, node->made, "#address-cells", 2);
		guest_put_cell(guest, node->made, "#size-cells", 2);
		guest_put(guest, node->made, "ranges", "", 0);
	}
	lines_write(guest, node);
	if (node->device)
		build_clocks(guest, bus, node, clocks);
}

/* Those that somebody refers to now. */
static void build_put_handles(struct guest *guest)
{
	u32 i;

	for (i = 0; i < guest->made.count; i++)
		if (guest->made.nodes[i]->handle)
			guest_put_cell(guest, guest->made.nodes[i], "phandle",
				       guest->made.nodes[i]->handle);
}

static const char *build_place(struct guest *guest)
{
	const struct place_run *stuck;
	u32 i, j;

	guest->place.pool = guest->pool;
	for (i = 0; i < guest->device_count; i++)
		for (j = 0; j < guest->devices[i].region_count; j++)
			place_add(&guest->place, &guest->devices[i].regions[j]);
	stuck = place_all(&guest->place);
	return !stuck ? NULL :
	       pool_text(guest->pool,
			 "no hole of a guest's layout is large enough for frames 0x%llx to 0x%llx",
			 (unsigned long long)stuck->first, (unsigned long long)stuck->last);
}

/*
 * Fills everything in @guest but the pool, judge and devices, which it begins with.
 * Returns NULL, or what is in the way.
 */
const char *build_guest(struct guest *guest)
{
	const char *wrong = build_place(guest);
	u32 i, clocks = 0, count;
	struct dtdev_region *first;
	struct guest_node *node;
	struct tree_node *bus;

	if (wrong)
		return wrong;
	guest->made.pool = guest->pool;
	bus = build_add_bus(guest);
	for (i = 0; i < guest->device_count; i++) {
		struct device *device = &guest->devices[i];

		if (build_is_inner(guest, device))
			continue;
		first = device->region_count ? device->regions : NULL;
		node = build_add(guest, device->node, bus,
				 first ? build_name(guest, device->node, first) :
				 tree_base(device->node, guest->pool), device);
		build_add_parts(guest, device->node, node->made, device);
	}
	count = guest->node_count;
	for (i = 0; i < count; i++)
		build_fill(guest, bus, &guest->nodes[i], &clocks);
	build_put_handles(guest);
	return NULL;
}
