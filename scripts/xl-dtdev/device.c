// SPDX-License-Identifier: GPL-2.0
/*
 * device - what a tree alone tells
 */
#include <string.h>

#include "address.h"
#include "device.h"
#include "dma.h"
#include "interrupts.h"

#define CLOCK_STEPS_MAX	8	/* from one whose rate is fixed by another's */

const struct device_irq *device_irq(const struct device *device, u32 number)
{
	u32 i;

	for (i = 0; i < device->irq_count; i++)
		if (device->irqs[i].number == number)
			return &device->irqs[i];
	return NULL;
}

void device_add_region(struct device *device, struct pool *pool,
		       const struct dtdev_region *region)
{
	device->regions = pool_grow(pool, device->regions, device->region_count,
				    sizeof(*device->regions));
	device->regions[device->region_count++] = *region;
}

void device_add_irq(struct device *device, struct pool *pool, u32 number,
		    const char *kept)
{
	if (device_irq(device, number))
		return;
	device->irqs = pool_grow(pool, device->irqs, device->irq_count,
				 sizeof(*device->irqs));
	device->irqs[device->irq_count++] = (struct device_irq){ number, kept };
}

void device_add_clock(struct device *device, struct pool *pool,
		      const char *name, u64 rate)
{
	device->clocks = pool_grow(pool, device->clocks, device->clock_count,
				   sizeof(*device->clocks));
	device->clocks[device->clock_count++] = (struct device_clock){ name, rate };
}

/* "fff51000.ethernet"; without registers, its name. */
static const char *device_name(const struct tree_node *node, struct pool *pool)
{
	const char *base = tree_base(node, pool);
	struct dtdev_region region;

	if (!address_region(node, 0, &region))
		return base;
	return pool_text(pool, "%llx.%s", (unsigned long long)region.start, base);
}

/* Entry number @index of a list of strings, or NULL. */
static const char *device_string(const struct tree_property *list, u32 index)
{
	const char *at, *end;

	if (!list || !list->len || list->data[list->len - 1])
		return NULL;
	at = (const char *)list->data;
	for (end = at + list->len; at < end; at += strlen(at) + 1)
		if (!index--)
			return at;
	return NULL;
}

/* "assigned-clock-rates" for the same clock. */
static u64 device_assigned(const struct judge *judge, const struct ref *clock)
{
	const struct tree_property *assigned = tree_property(clock->user, "assigned-clocks");
	const struct tree_property *rates = tree_property(clock->user, "assigned-clock-rates");
	const struct ref *ref;
	u32 i, j;

	for (i = 0; assigned && i < assigned->ref_count; i++) {
		ref = &judge->refs.list[assigned->ref + i];
		if (ref->target != clock->target || ref->cells != clock->cells)
			continue;
		for (j = 1; j <= ref->cells; j++)
			if (tree_cell(assigned, ref->at + j) !=
			    tree_cell(clock->property, clock->at + j))
				break;
		if (j > ref->cells)
			return tree_cell(rates, i);
	}
	return 0;
}

/* The rate of a clock that can have no other; 0: it could. */
static u64 device_fixed(const struct judge *judge, const struct tree_node *clock)
{
	const struct tree_property *parents;
	u32 rate = 0, multiply = 1, divide = 1, step;
	u64 factor = 1, divisor = 1;

	for (step = 0; clock && step < CLOCK_STEPS_MAX; step++) {
		if (tree_is_compatible(clock, "fixed-clock") &&
		    tree_u32(clock, "clock-frequency", &rate))
			return rate * factor / divisor;
		if (!tree_is_compatible(clock, "fixed-factor-clock") ||
		    !tree_u32(clock, "clock-mult", &multiply) ||
		    !tree_u32(clock, "clock-div", &divide) || !divide)
			return 0;
		factor *= multiply;
		divisor *= divide;
		if (factor >> 32 || divisor >> 32)
			return 0;
		parents = tree_property(clock, "clocks");
		clock = parents && parents->ref_count ?
			judge->refs.list[parents->ref].target : NULL;
	}
	return 0;
}

static u64 device_wished(const char *name, struct device_rate *rates, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++)
		if (!strcmp(rates[i].name, name ?: "-")) {
			rates[i].used = true;
			return rates[i].rate;
		}
	return 0;
}

static void device_read_clocks(struct device *device, const struct judge *judge,
			       struct device_rate *rates, u32 count)
{
	const struct tree_property *clocks = tree_property(device->node, "clocks");
	const struct tree_property *names = tree_property(device->node, "clock-names");
	const struct ref *ref;
	const char *name;
	u64 rate;
	u32 i;

	for (i = 0; clocks && i < clocks->ref_count; i++) {
		ref = &judge->refs.list[clocks->ref + i];
		name = device_string(names, i);
		rate = device_wished(name, rates, count);
		if (!rate && ref->target)
			rate = device_fixed(judge, ref->target);
		if (!rate)
			rate = device_assigned(judge, ref);
		device_add_clock(device, judge->tree->pool, name, rate);
	}
}

static void device_read_iommu(struct device *device, const struct judge *judge)
{
	const char *lacks = dma_lacks(judge, device->node), *takes;
	struct pool *pool = judge->tree->pool;

	device->dtdev = !lacks;
	if (lacks) {
		device->dma = dma_line(device->node, pool, lacks);
		return;
	}
	takes = dma_takes(judge, device->node);
	if (takes)
		device->dma = pool_text(pool, "dtdev: %s", takes);
}

/*
 * As if @node were marked: its registers and interrupts, its clocks as far as their
 * rates are fixed, or among @rates.
 */
void device_from_tree(struct device *device, const struct judge *judge,
		      const struct tree_node *node, struct device_rate *rates,
		      u32 rate_count)
{
	struct pool *pool = judge->tree->pool;
	struct dtdev_report report = { };
	struct dtdev_region region;
	struct interrupt interrupt;
	u32 i;

	memset(device, 0, sizeof(*device));
	device->node = node;
	device->name = device_name(node, pool);
	for (i = 0; address_region(node, i, &region); i++)
		device_add_region(device, pool, &region);
	for (i = 0; interrupts_get(judge->tree, node, i, &interrupt); i++)
		if (interrupt.is_spi)
			device_add_irq(device, pool, interrupt.spi.number, NULL);
	device_read_clocks(device, judge, rates, rate_count);
	device_read_iommu(device, judge);
	judge_node(judge, node, &report);
	device->partial = report.reasons & DTDEV_REASON_BIT(DTDEV_PAGE);
}
