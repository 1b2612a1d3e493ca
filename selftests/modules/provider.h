/* SPDX-License-Identifier: GPL-2.0 */
/*
 * provider - clocks, power domains, a regulator, reset lines, a bus and a PHY that keep
 * a diary
 */
#ifndef SELFTESTS_PROVIDER_H
#define SELFTESTS_PROVIDER_H

#include <linux/clk-provider.h>
#include <linux/debugfs.h>
#include <linux/interconnect-provider.h>
#include <linux/platform_device.h>
#include <linux/pm_domain.h>
#include <linux/reset-controller.h>

#define PROVIDER_COUNT	3	/* of clocks, domains, reset lines */

struct provider_clock {
	struct clk_hw hw;
	unsigned int number;
	unsigned long rate;
};

struct provider_domain {
	struct generic_pm_domain domain;
	unsigned int number;
};

struct provider_bus {
	struct icc_provider icc;
	struct icc_onecell_data *ends;
	bool asked;		/* by any request, as they are added up */
	bool open;
};

struct provider {
	struct provider_bus bus;
	struct provider_clock clocks[PROVIDER_COUNT];
	struct clk_hw_onecell_data *clock_data;
	struct provider_domain domains[PROVIDER_COUNT];
	struct generic_pm_domain *domain_list[PROVIDER_COUNT];
	struct genpd_onecell_data domain_data;
	struct reset_controller_dev resets;
	bool supply_on;
	struct dentry *dir;
};

int provider_add_clocks(struct device *dev, struct provider *provider);
int provider_add_domains(struct device *dev, struct provider *provider);
int provider_add_supply(struct device *dev, struct provider *provider);
int provider_add_resets(struct device *dev, struct provider *provider);
int provider_add_bus(struct device *dev, struct provider *provider);
int provider_add_phy(struct device *dev, struct provider *provider);

void provider_show_rate(struct provider *provider);

void diary_write(const char *what, unsigned int number, const char *how);
void diary_show_in(struct dentry *dir);

#endif
