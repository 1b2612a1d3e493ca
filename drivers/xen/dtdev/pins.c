// SPDX-License-Identifier: GPL-2.0
/*
 * pins - takes them, and sets them
 *
 * A driver that is unbound leaves in reset what it has to reset, and what it can enable
 * without power.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/of.h>
#include <linux/slab.h>

#include "core/pin.h"
#include "node.h"
#include "pins.h"
#include "tree.h"

static int pins_keep(struct dtdev_pins *pins, struct gpio_desc *line)
{
	unsigned int room = pins->room * 2 + 4;
	struct gpio_desc **grown;

	if (pins->count == pins->room) {
		grown = krealloc_array(pins->lines, room, sizeof(*grown), GFP_KERNEL);
		if (!grown)
			return -ENOMEM;
		pins->lines = grown;
		pins->room = room;
	}
	pins->lines[pins->count++] = line;
	return 0;
}

/* Line number @index of @pin. Returns 0, -ENOENT (there is none) or -errno. */
static int pins_take(struct dtdev_node *node, struct device_node *np,
		     const struct dtdev_pin *pin, unsigned int index)
{
	struct gpio_desc *line;
	int err;

	line = fwnode_gpiod_get_index(of_fwnode_handle(np), pin->name, index,
				      pin->active ? GPIOD_OUT_HIGH : GPIOD_OUT_LOW,
				      "xen-dtdev");
	if (PTR_ERR(line) == -EBUSY) {
		dev_warn(node->dev, "a %s line is in use in dom0, and left as it is\n",
			 pin->name);
		return 0;
	}
	if (IS_ERR(line))
		return PTR_ERR(line);
	err = pins_keep(&node->hold.pins, line);
	if (err)
		gpiod_put(line);
	return err;
}

/* Kernels without GPIOs have no drivers that switched one. */
static int pins_take_all(struct dtdev_node *node, struct device_node *np,
			 const struct dtdev_pin *pin)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err; i++)
		err = pins_take(node, np, pin, i);
	return err == -ENOENT || err == -ENOSYS ? 0 : err;
}

static int pins_of(struct device_node *np, void *data)
{
	struct property *property;
	struct dtdev_pin pin;
	int err = 0;

	for_each_property_of_node(np, property) {
		if (!err && dtdev_pin_find(property->name, &pin))
			err = pins_take_all(data, np, &pin);
	}
	return err;
}

/*
 * Of the device, of what is below it, and of its PHY, wherever that is. May sleep.
 * Returns 0, or -errno to be undone by stop.
 */
int dtdev_pins_start(struct dtdev_node *node)
{
	struct device_node *phy;
	int err;

	err = dtdev_tree_each_part(node->np, pins_of, node);
	if (err)
		return err;
	phy = of_parse_phandle(node->np, "phy-handle", 0);
	if (phy && !dtdev_tree_is_within(phy, node->np))
		err = pins_of(phy, node);
	of_node_put(phy);
	return err;
}

/* They stay as they are until somebody else has them. May sleep; cannot fail. */
void dtdev_pins_stop(struct dtdev_node *node)
{
	struct dtdev_pins *pins = &node->hold.pins;

	while (pins->count)
		gpiod_put(pins->lines[--pins->count]);
	kfree(pins->lines);
	pins->lines = NULL;
	pins->room = 0;
}
