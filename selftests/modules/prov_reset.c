// SPDX-License-Identifier: GPL-2.0
/* prov_reset - reset lines */
#include <linux/module.h>
#include <linux/reset-controller.h>

#include "provider.h"

static int provider_reset_assert(struct reset_controller_dev *resets,
				 unsigned long id)
{
	diary_write("reset", id, "assert");
	return 0;
}

static int provider_reset_deassert(struct reset_controller_dev *resets,
				   unsigned long id)
{
	diary_write("reset", id, "deassert");
	return 0;
}

static const struct reset_control_ops provider_reset_ops = {
	.assert = provider_reset_assert,
	.deassert = provider_reset_deassert,
};

int provider_add_resets(struct device *dev, struct provider *provider)
{
	provider->resets.ops = &provider_reset_ops;
	provider->resets.owner = THIS_MODULE;
	provider->resets.of_node = dev->of_node;
	provider->resets.nr_resets = PROVIDER_COUNT;
	return devm_reset_controller_register(dev, &provider->resets);
}
