// SPDX-License-Identifier: GPL-2.0
/*
 * hold - regulators, power domains, bus bandwidth, clocks, GPIO lines, PHYs: on in this
 * order, off in reverse
 *
 * Before our stub is bound, its bus has already set the pins, done what
 * assigned-clocks asks for, and attached the power domain if there is just one.
 */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/interconnect.h>
#include <linux/limits.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/pm_domain.h>
#include <linux/pm_runtime.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "hold.h"
#include "node.h"

#define HOLD_SUPPLY	"-supply"

/* The length of the regulator's name in the property's; 0: it names none. */
static size_t hold_supply_len(const char *property)
{
	size_t len = strlen(property), end = strlen(HOLD_SUPPLY);

	if (len <= end || strcmp(property + len - end, HOLD_SUPPLY))
		return 0;
	return len - end;
}

static int hold_supply(struct dtdev_node *node, const char *property, size_t len)
{
	struct dtdev_hold *hold = &node->hold;
	struct regulator *supply;
	char *name;
	int err;

	name = kstrndup(property, len, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	supply = regulator_get(node->dev, name);
	kfree(name);
	if (IS_ERR(supply))
		return PTR_ERR(supply);
	err = regulator_enable(supply);
	if (err) {
		regulator_put(supply);
		return err;
	}
	hold->supplies[hold->supply_count++] = supply;
	return 0;
}

static int hold_supplies(struct dtdev_node *node)
{
	struct property *property;
	unsigned int count = 0;
	size_t len;
	int err;

	for_each_property_of_node(node->np, property)
		count += !!hold_supply_len(property->name);
	node->hold.supplies = kcalloc(count, sizeof(*node->hold.supplies), GFP_KERNEL);
	if (!node->hold.supplies)
		return -ENOMEM;
	for_each_property_of_node(node->np, property) {
		len = hold_supply_len(property->name);
		if (!len || node->hold.supply_count == count)
			continue;
		err = hold_supply(node, property->name, len);
		if (err)
			return err;
	}
	return 0;
}

static void hold_drop_supplies(struct dtdev_hold *hold)
{
	while (hold->supply_count) {
		regulator_disable(hold->supplies[--hold->supply_count]);
		regulator_put(hold->supplies[hold->supply_count]);
	}
	kfree(hold->supplies);
	hold->supplies = NULL;
}

/* Where there are several, each is a device of its own. */
static int hold_domain(struct dtdev_node *node, unsigned int index)
{
	struct device *domain = dev_pm_domain_attach_by_id(node->dev, index);
	int err;

	if (IS_ERR_OR_NULL(domain))
		return PTR_ERR(domain) ?: -ENODEV;
	err = pm_runtime_resume_and_get(domain);
	if (err) {
		dev_pm_domain_detach(domain, false);
		return err;
	}
	node->hold.domains[node->hold.domain_count++] = domain;
	return 0;
}

static int hold_domains(struct dtdev_node *node)
{
	unsigned int i;
	int count, err;

	count = of_count_phandle_with_args(node->np, "power-domains",
					   "#power-domain-cells");
	if (count < 2)
		return 0;
	node->hold.domains = kcalloc(count, sizeof(*node->hold.domains), GFP_KERNEL);
	if (!node->hold.domains)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		err = hold_domain(node, i);
		if (err)
			return err;
	}
	return 0;
}

static void hold_drop_domains(struct dtdev_hold *hold)
{
	struct device *domain;

	while (hold->domain_count) {
		domain = hold->domains[--hold->domain_count];
		pm_runtime_put_sync(domain);
		dev_pm_domain_detach(domain, false);
	}
	kfree(hold->domains);
	hold->domains = NULL;
}

/* The AMBA bus keeps the device resumed while a driver is bound. */
static int hold_runtime(struct dtdev_node *node)
{
	int err;

	if (node->dev->bus != &platform_bus_type)
		return 0;
	pm_runtime_enable(node->dev);
	err = pm_runtime_resume_and_get(node->dev);
	if (err)
		pm_runtime_disable(node->dev);
	else
		node->hold.runtime = true;
	return err;
}

static void hold_drop_runtime(struct dtdev_node *node)
{
	if (!node->hold.runtime)
		return;
	pm_runtime_put_sync(node->dev);
	pm_runtime_disable(node->dev);
	node->hold.runtime = false;
}

/* What a guest will need nobody knows: all there is, as at boot. */
static int hold_path(struct dtdev_node *node, unsigned int index)
{
	struct icc_path *path = of_icc_get_by_index(node->dev, index);
	int err;

	if (IS_ERR_OR_NULL(path))
		return PTR_ERR_OR_ZERO(path);
	err = icc_set_bw(path, 0, INT_MAX);
	if (err) {
		icc_put(path);
		return err;
	}
	node->hold.paths[node->hold.path_count++] = path;
	return 0;
}

static int hold_paths(struct dtdev_node *node)
{
	unsigned int i;
	int count, err;

	/* Both ends of each. */
	count = of_count_phandle_with_args(node->np, "interconnects",
					   "#interconnect-cells") / 2;
	if (count < 1)
		return 0;
	node->hold.paths = kcalloc(count, sizeof(*node->hold.paths), GFP_KERNEL);
	if (!node->hold.paths)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		err = hold_path(node, i);
		if (err)
			return err;
	}
	return 0;
}

/* A path is used no more when it is put. */
static void hold_drop_paths(struct dtdev_hold *hold)
{
	while (hold->path_count)
		icc_put(hold->paths[--hold->path_count]);
	kfree(hold->paths);
	hold->paths = NULL;
}

static int hold_clocks(struct dtdev_node *node)
{
	struct dtdev_hold *hold = &node->hold;
	int count, err, i;

	count = clk_bulk_get_all(node->dev, &hold->clocks);
	if (count <= 0)
		return count;
	err = clk_bulk_prepare_enable(count, hold->clocks);
	if (err) {
		clk_bulk_put_all(count, hold->clocks);
		return err;
	}
	for (i = 0; i < count; i++)
		clk_rate_exclusive_get(hold->clocks[i].clk);
	hold->clock_count = count;
	return 0;
}

static void hold_drop_clocks(struct dtdev_hold *hold)
{
	int i;

	if (!hold->clock_count)
		return;
	for (i = hold->clock_count - 1; i >= 0; i--)
		clk_rate_exclusive_put(hold->clocks[i].clk);
	clk_bulk_disable_unprepare(hold->clock_count, hold->clocks);
	clk_bulk_put_all(hold->clock_count, hold->clocks);
	hold->clock_count = 0;
}

/* Takes hold of all it needs, or of nothing. May sleep. */
int dtdev_hold_start(struct dtdev_node *node)
{
	int err;

	err = hold_supplies(node);
	if (!err)
		err = hold_domains(node);
	if (!err)
		err = hold_runtime(node);
	if (!err)
		err = hold_paths(node);
	if (!err)
		err = hold_clocks(node);
	if (!err)
		err = dtdev_pins_start(node);
	if (!err)
		err = dtdev_phys_start(node);
	if (!err)
		return 0;
	dtdev_hold_stop(node);
	return dev_err_probe(node->dev, err, "not taken: it cannot be kept alive\n");
}

/* Lets go. May sleep; cannot fail. */
void dtdev_hold_stop(struct dtdev_node *node)
{
	dtdev_phys_stop(node);
	dtdev_pins_stop(node);
	hold_drop_clocks(&node->hold);
	hold_drop_paths(&node->hold);
	hold_drop_runtime(node);
	hold_drop_domains(&node->hold);
	hold_drop_supplies(&node->hold);
}
