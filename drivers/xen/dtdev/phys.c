// SPDX-License-Identifier: GPL-2.0
/*
 * phys - on, last of all, and off, first of all
 *
 * In what mode it was a PHY's driver forgets: it is on as after boot.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/of.h>
#include <linux/phy/phy.h>
#include <linux/slab.h>

#include "node.h"
#include "phys.h"
#include "tree.h"

static int phys_on(struct phy *phy)
{
	int err = phy_init(phy);

	if (err)
		return err;
	err = phy_power_on(phy);
	if (err)
		phy_exit(phy);
	return err;
}

static int phys_make_room(struct dtdev_phys *phys)
{
	unsigned int room = phys->room * 2 + 2;
	struct phy **grown;

	if (phys->count < phys->room)
		return 0;
	grown = krealloc_array(phys->list, room, sizeof(*grown), GFP_KERNEL);
	if (!grown)
		return -ENOMEM;
	phys->list = grown;
	phys->room = room;
	return 0;
}

static int phys_take(struct dtdev_node *node, struct device_node *np, unsigned int index)
{
	struct dtdev_phys *phys = &node->hold.phys;
	struct phy *phy;
	int err;

	err = phys_make_room(phys);
	if (err)
		return err;
	phy = devm_of_phy_get_by_index(node->dev, np, index);
	/* One that nobody drives, or that is another kind's. */
	if (PTR_ERR(phy) == -ENODEV || PTR_ERR(phy) == -ENOSYS)
		return 0;
	if (IS_ERR(phy))
		return PTR_ERR(phy);
	err = phys_on(phy);
	if (err)
		devm_phy_put(node->dev, phy);
	else
		phys->list[phys->count++] = phy;
	return err;
}

static int phys_of(struct device_node *np, void *data)
{
	int count = 0, i, err = 0;

	if (of_property_present(np, "phys"))
		count = of_count_phandle_with_args(np, "phys", "#phy-cells");
	for (i = 0; i < count && !err; i++)
		err = phys_take(data, np, i);
	return err;
}

/*
 * Of the device, and of what is below it. May sleep. Returns 0, or -errno to be undone
 * by stop.
 */
int dtdev_phys_start(struct dtdev_node *node)
{
	return dtdev_tree_each_part(node->np, phys_of, node);
}

/* May sleep; cannot fail. */
void dtdev_phys_stop(struct dtdev_node *node)
{
	struct dtdev_phys *phys = &node->hold.phys;

	while (phys->count) {
		phy_power_off(phys->list[--phys->count]);
		phy_exit(phys->list[phys->count]);
		devm_phy_put(node->dev, phys->list[phys->count]);
	}
	kfree(phys->list);
	phys->list = NULL;
	phys->room = 0;
}
