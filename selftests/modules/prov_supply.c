// SPDX-License-Identifier: GPL-2.0
/* prov_supply - a regulator */
#include <linux/module.h>
#include <linux/regulator/driver.h>
#include <linux/regulator/of_regulator.h>

#include "provider.h"

static int provider_supply_enable(struct regulator_dev *rdev)
{
	struct provider *provider = rdev_get_drvdata(rdev);

	provider->supply_on = true;
	diary_write("supply", 0, "on");
	return 0;
}

static int provider_supply_disable(struct regulator_dev *rdev)
{
	struct provider *provider = rdev_get_drvdata(rdev);

	provider->supply_on = false;
	diary_write("supply", 0, "off");
	return 0;
}

static int provider_supply_is_enabled(struct regulator_dev *rdev)
{
	struct provider *provider = rdev_get_drvdata(rdev);

	return provider->supply_on;
}

static const struct regulator_ops provider_supply_ops = {
	.enable = provider_supply_enable,
	.disable = provider_supply_disable,
	.is_enabled = provider_supply_is_enabled,
};

static const struct regulator_desc provider_supply = {
	.name = "provider-supply",
	.of_match = "regulator",
	.type = REGULATOR_VOLTAGE,
	.owner = THIS_MODULE,
	.ops = &provider_supply_ops,
};

int provider_add_supply(struct device *dev, struct provider *provider)
{
	struct regulator_config config = {
		.dev = dev,
		.driver_data = provider,
	};

	return PTR_ERR_OR_ZERO(devm_regulator_register(dev, &provider_supply, &config));
}
