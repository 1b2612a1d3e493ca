// SPDX-License-Identifier: GPL-2.0
/*
 * prov_main - a device that provides clocks, power domains, a regulator, reset lines,
 * a bus and a PHY
 *
 * For a node compatible with "selftest,provider", whose child "regulator" is the
 * regulator's. Each change is a line in /sys/kernel/debug/provider/diary, which
 * any write makes empty. Writing to "rate" asks for another rate of clock 0.
 */
#include <linux/debugfs.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "provider.h"

static const struct {
	const char *what;
	int (*add)(struct device *dev, struct provider *provider);
} provider_parts[] = {
	{ "supply", provider_add_supply },
	{ "reset lines", provider_add_resets },
	{ "clocks", provider_add_clocks },
	{ "power domains", provider_add_domains },
	{ "bus", provider_add_bus },
	{ "PHY", provider_add_phy },
};

static int provider_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct provider *provider;
	unsigned int i;
	int err;

	provider = devm_kzalloc(dev, sizeof(*provider), GFP_KERNEL);
	if (!provider)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(provider_parts); i++) {
		err = provider_parts[i].add(dev, provider);
		if (err)
			return dev_err_probe(dev, err, "no %s\n", provider_parts[i].what);
	}
	provider->dir = debugfs_create_dir("provider", NULL);
	diary_show_in(provider->dir);
	provider_show_rate(provider);
	return 0;
}

static const struct of_device_id provider_ids[] = {
	{ .compatible = "selftest,provider" },
	{ }
};

/* Power domains in use cannot be taken away: once there, it stays. */
static struct platform_driver provider_driver = {
	.driver = {
		.name = "selftest-provider",
		.of_match_table = provider_ids,
		.suppress_bind_attrs = true,
	},
	.probe = provider_probe,
};
builtin_platform_driver(provider_driver);

MODULE_DESCRIPTION("Test provider of clocks, domains, a supply, resets, a bus and a PHY");
MODULE_LICENSE("GPL");
