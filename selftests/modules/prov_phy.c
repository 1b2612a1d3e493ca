// SPDX-License-Identifier: GPL-2.0
/* prov_phy - a PHY */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/phy/phy.h>

#include "provider.h"

static int provider_phy_init(struct phy *phy)
{
	diary_write("phy", 0, "init");
	return 0;
}

static int provider_phy_exit(struct phy *phy)
{
	diary_write("phy", 0, "exit");
	return 0;
}

static int provider_phy_on(struct phy *phy)
{
	diary_write("phy", 0, "on");
	return 0;
}

static int provider_phy_off(struct phy *phy)
{
	diary_write("phy", 0, "off");
	return 0;
}

static const struct phy_ops provider_phy_ops = {
	.init = provider_phy_init,
	.exit = provider_phy_exit,
	.power_on = provider_phy_on,
	.power_off = provider_phy_off,
	.owner = THIS_MODULE,
};

int provider_add_phy(struct device *dev, struct provider *provider)
{
	struct phy *phy = devm_phy_create(dev, NULL, &provider_phy_ops);

	if (IS_ERR(phy))
		return PTR_ERR(phy);
	return PTR_ERR_OR_ZERO(devm_of_phy_provider_register(dev, of_phy_simple_xlate));
}
