// SPDX-License-Identifier: GPL-2.0
/* prov_bus - a bus between two ends, open while somebody asks for it */
#include <linux/interconnect-provider.h>
#include <linux/slab.h>

#include "provider.h"

#define PROVIDER_BUS_ENDS	2
#define PROVIDER_BUS_ID		77000	/* the first end's; 7.x has its own from 100000 on */

static struct provider_bus *bus_of(struct icc_node *node)
{
	return container_of(node->provider, struct provider_bus, icc);
}

static void provider_bus_begin(struct icc_node *node)
{
	bus_of(node)->asked = false;
}

static int provider_bus_add_up(struct icc_node *node, u32 tag, u32 avg, u32 peak,
			       u32 *agg_avg, u32 *agg_peak)
{
	bus_of(node)->asked |= peak;
	return icc_std_aggregate(node, tag, avg, peak, agg_avg, agg_peak);
}

static int provider_bus_set(struct icc_node *from, struct icc_node *to)
{
	struct provider_bus *bus = bus_of(from);

	if (bus->open != bus->asked)
		diary_write("bus", 0, bus->asked ? "open" : "closed");
	bus->open = bus->asked;
	return 0;
}

static int provider_bus_get(struct icc_node *node, u32 *avg, u32 *peak)
{
	*avg = 0;
	*peak = 0;
	return 0;
}

static void provider_remove_bus_ends(void *icc)
{
	icc_nodes_remove(icc);
}

int provider_add_bus(struct device *dev, struct provider *provider)
{
	struct provider_bus *bus = &provider->bus;
	unsigned int i;
	int err;

	bus->ends = devm_kzalloc(dev, struct_size(bus->ends, nodes, PROVIDER_BUS_ENDS),
				 GFP_KERNEL);
	if (!bus->ends)
		return -ENOMEM;
	bus->ends->num_nodes = PROVIDER_BUS_ENDS;
	bus->icc.dev = dev;
	bus->icc.set = provider_bus_set;
	bus->icc.get_bw = provider_bus_get;
	bus->icc.pre_aggregate = provider_bus_begin;
	bus->icc.aggregate = provider_bus_add_up;
	bus->icc.xlate = of_icc_xlate_onecell;
	bus->icc.data = bus->ends;
	icc_provider_init(&bus->icc);
	err = devm_add_action_or_reset(dev, provider_remove_bus_ends, &bus->icc);
	if (err)
		return err;
	for (i = 0; i < PROVIDER_BUS_ENDS; i++) {
		struct icc_node *end = icc_node_create(PROVIDER_BUS_ID + i);

		if (IS_ERR(end))
			return PTR_ERR(end);
		end->name = "provider-bus";
		icc_node_add(end, &bus->icc);
		bus->ends->nodes[i] = end;
	}
	return icc_link_create(bus->ends->nodes[0], PROVIDER_BUS_ID + 1) ?:
	       icc_provider_register(&bus->icc);
}
