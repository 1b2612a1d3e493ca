// SPDX-License-Identifier: GPL-2.0
/*
 * adopt - makes a device of a node that Xen has kept from dom0 since boot
 *
 * Xen disables in dom0's tree what is marked for guests, and gives dom0 neither map nor
 * interrupts of it, but the right to ask for both. From 4.19 on it also gives an
 * interrupt that is nobody's to a domain that runs. What dom0 has got that way it has
 * until the machine restarts, on a Xen that takes no interrupt from it: so it is done
 * once. Its interrupts come first: an older Xen refuses there, and nothing has changed. A
 * map is never taken back, for dom0 may use other devices in the same page.
 */
#define pr_fmt(fmt) "xen-dtdev: " fmt

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/printk.h>

#include "../common/xen.h"
#include "adopt.h"
#include "core/pages.h"
#include "node.h"
#include "tree.h"

/* Behind the last number that a GIC had before extended ones: those stay where they are. */
#define ADOPT_SPI_END	1020

/* What has been got for dom0 so far, and goes back if the rest cannot be had. */
struct adoption {
	const char *path;
	bool assigned;
	DECLARE_BITMAP(routed, ADOPT_SPI_END);
};

static int adopt_map(struct device_node *np, const char *path)
{
	struct dtdev_region region;
	struct dtdev_frames span;
	unsigned int i;
	int err;

	for (i = 0; !dtdev_tree_region(np, i, &region); i++) {
		span = dtdev_pages_span(&region);
		err = xpt_xen_map(span.first, span.count);
		if (!err)
			continue;
		pr_err("%s: not adopted: Xen gives dom0 no map of its registers: %d\n",
		       path, err);
		return err;
	}
	return 0;
}

/* It is nobody's, or no IOMMU looks after it. */
static int adopt_stream(struct adoption *adoption)
{
	const char *path = adoption->path;
	int err = xpt_xen_assign_node(path);

	adoption->assigned = !err;
	if (!err || err == -EINVAL || err == -EOPNOTSUPP || err == -ENODEV)
		return 0;
	pr_err("%s: not adopted: Xen does not let its DMA reach dom0's memory: %d\n", path, err);
	return err;
}

/* That a guest has it, and that Xen does not do it at all, are the same to Xen. */
#define ADOPT_BUSY	" (a guest has it, or this Xen gives none to a domain that runs: 4.19 is the first)"

/* Is it dom0's, if need be from now on? */
static int adopt_spi(struct adoption *adoption, u32 number)
{
	int err = xpt_xen_unroute(number);

	/* dom0 has it already: the node was just disabled. */
	if (err == -EBUSY)
		return 0;
	err = xpt_xen_route(number);
	if (err)
		pr_err("%s: not adopted: Xen does not give interrupt %u to dom0: %d%s\n",
		       adoption->path, number, err, err == -EBUSY ? ADOPT_BUSY : "");
	else if (number < ADOPT_SPI_END)
		__set_bit(number, adoption->routed);
	return err;
}

static int adopt_spis(struct device_node *np, struct adoption *adoption)
{
	struct dtdev_spi spi;
	unsigned int i;
	int kind, err;

	for (i = 0; (kind = dtdev_tree_spi(np, i, &spi, NULL)) >= 0; i++) {
		if (kind)
			continue;
		err = adopt_spi(adoption, spi.number);
		if (err)
			return err;
	}
	return 0;
}

/* Where this Xen takes an interrupt from a domain that runs. */
static void adopt_undo(struct adoption *adoption)
{
	unsigned int number;

	for_each_set_bit(number, adoption->routed, ADOPT_SPI_END)
		if (xpt_xen_unroute(number))
			pr_warn("%s: interrupt %u is dom0's until the machine restarts\n",
				adoption->path, number);
	if (adoption->assigned)
		xpt_xen_deassign_node(adoption->path);
}

/*
 * A node without a status is enabled. Nobody may make a device of it when that
 * changes: who does so makes no primecell.
 */
static int adopt_enable(struct device_node *np)
{
	struct property *status = of_find_property(np, "status", NULL);
	int err;

	of_node_set_flag(np, OF_POPULATED);
	err = of_remove_property(np, status);
	of_node_clear_flag(np, OF_POPULATED);
	return err;
}

static int adopt_populate(struct device_node *np)
{
	struct device *parent = bus_find_device_by_of_node(&platform_bus_type, np->parent);
	int err;

	err = of_platform_default_populate(np->parent, NULL, parent);
	put_device(parent);
	return err;
}

/* Has it registers in a page of one that has been taken? dom0 is to be kept out there. */
static int adopt_meets(struct dtdev_node *node, void *data)
{
	struct dtdev_region region;
	unsigned int i, j;

	for (i = 0; !dtdev_tree_region(data, i, &region); i++)
		for (j = 0; j < node->region_count; j++) {
			if (!dtdev_pages_share(&region, &node->regions[j]))
				continue;
			pr_err("%pOF: not adopted: it has registers in a page of %s, which has been taken\n",
			       data, node->path);
			return -EBUSY;
		}
	return 0;
}

/*
 * Gives @np, which is disabled and which nobody has, to dom0, and a driver of dom0 may
 * come. May sleep long. Returns 0 or -errno; the log says why.
 */
int dtdev_adopt(struct device_node *np, const char *path)
{
	struct adoption adoption = { .path = path };
	int err;

	err = dtdev_node_each(adopt_meets, np);
	if (!err)
		err = dtdev_node_each_left(adopt_meets, np);
	if (!err)
		err = adopt_stream(&adoption);
	if (!err)
		err = adopt_spis(np, &adoption);
	if (!err)
		err = adopt_map(np, path);
	if (!err)
		err = adopt_enable(np);
	if (err) {
		adopt_undo(&adoption);
		return err;
	}
	pr_info("%s: adopted: it is a device of dom0's until the machine restarts\n", path);
	err = adopt_populate(np);
	if (err)
		pr_err("%s: there is no device of it: %d\n", path, err);
	return err;
}
