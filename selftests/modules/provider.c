// SPDX-License-Identifier: GPL-2.0
/*
 * provider - clocks, power domains, a regulator, reset lines and a bus that keep a
 * diary
 *
 * For a node compatible with "selftest,provider", whose child "regulator" is the
 * regulator's. Each change is a line in /sys/kernel/debug/provider/diary, which
 * any write makes empty. Writing to "rate" asks for another rate of clock 0.
 */
#include <linux/clk.h>
#include <linux/clk-provider.h>
#include <linux/debugfs.h>
#include <linux/interconnect-provider.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/pm_domain.h>
#include <linux/regulator/driver.h>
#include <linux/regulator/of_regulator.h>
#include <linux/reset-controller.h>
#include <linux/seq_buf.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#define PROVIDER_COUNT	3	/* of clocks, domains, reset lines */
#define PROVIDER_RATE	48000000

static DEFINE_MUTEX(diary_lock);
static char diary_text[4096];
static size_t diary_len;

static void diary_write(const char *what, unsigned int number, const char *how)
{
	mutex_lock(&diary_lock);
	diary_len += scnprintf(diary_text + diary_len,
			       sizeof(diary_text) - diary_len, "%s%u %s\n",
			       what, number, how);
	mutex_unlock(&diary_lock);
}

struct provider_clock {
	struct clk_hw hw;
	unsigned int number;
	unsigned long rate;
};

struct provider_domain {
	struct generic_pm_domain domain;
	unsigned int number;
};

#define PROVIDER_BUS_ENDS	2
#define PROVIDER_BUS_ID		77000	/* the first end's; 7.x has its own from 100000 on */

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

static struct provider_clock *clock_of(struct clk_hw *hw)
{
	return container_of(hw, struct provider_clock, hw);
}

static int provider_clock_prepare(struct clk_hw *hw)
{
	diary_write("clock", clock_of(hw)->number, "on");
	return 0;
}

static void provider_clock_unprepare(struct clk_hw *hw)
{
	diary_write("clock", clock_of(hw)->number, "off");
}

static unsigned long provider_clock_recalc_rate(struct clk_hw *hw,
						unsigned long parent)
{
	return clock_of(hw)->rate;
}

static int provider_clock_determine_rate(struct clk_hw *hw,
					 struct clk_rate_request *request)
{
	return 0;
}

static int provider_clock_set_rate(struct clk_hw *hw, unsigned long rate,
				   unsigned long parent)
{
	clock_of(hw)->rate = rate;
	return 0;
}

static const struct clk_ops provider_clock_ops = {
	.prepare = provider_clock_prepare,
	.unprepare = provider_clock_unprepare,
	.recalc_rate = provider_clock_recalc_rate,
	.determine_rate = provider_clock_determine_rate,
	.set_rate = provider_clock_set_rate,
};

static int provider_add_clocks(struct device *dev, struct provider *provider)
{
	static const char * const names[PROVIDER_COUNT] = {
		"provider-clock0", "provider-clock1", "provider-clock2",
	};
	size_t size = struct_size(provider->clock_data, hws, PROVIDER_COUNT);
	unsigned int i;
	int err;

	provider->clock_data = devm_kzalloc(dev, size, GFP_KERNEL);
	if (!provider->clock_data)
		return -ENOMEM;
	provider->clock_data->num = PROVIDER_COUNT;
	for (i = 0; i < PROVIDER_COUNT; i++) {
		struct clk_init_data init = {
			.name = names[i],
			.ops = &provider_clock_ops,
		};

		provider->clocks[i].number = i;
		provider->clocks[i].rate = PROVIDER_RATE + i;
		provider->clocks[i].hw.init = &init;
		err = devm_clk_hw_register(dev, &provider->clocks[i].hw);
		if (err)
			return err;
		provider->clock_data->hws[i] = &provider->clocks[i].hw;
	}
	return devm_of_clk_add_hw_provider(dev, of_clk_hw_onecell_get,
					   provider->clock_data);
}

static unsigned int domain_number(struct generic_pm_domain *domain)
{
	return container_of(domain, struct provider_domain, domain)->number;
}

static int provider_domain_on(struct generic_pm_domain *domain)
{
	diary_write("domain", domain_number(domain), "on");
	return 0;
}

static int provider_domain_off(struct generic_pm_domain *domain)
{
	diary_write("domain", domain_number(domain), "off");
	return 0;
}

static void provider_remove_domain(void *domain)
{
	pm_genpd_remove(domain);
}

static void provider_forget_domains(void *node)
{
	of_genpd_del_provider(node);
}

static int provider_add_domains(struct device *dev, struct provider *provider)
{
	static const char * const names[PROVIDER_COUNT] = {
		"provider-domain0", "provider-domain1", "provider-domain2",
	};
	unsigned int i;
	int err;

	for (i = 0; i < PROVIDER_COUNT; i++) {
		provider->domains[i].number = i;
		provider->domains[i].domain.name = names[i];
		provider->domains[i].domain.power_on = provider_domain_on;
		provider->domains[i].domain.power_off = provider_domain_off;
		err = pm_genpd_init(&provider->domains[i].domain, NULL, true) ?:
		      devm_add_action_or_reset(dev, provider_remove_domain,
					       &provider->domains[i].domain);
		if (err)
			return err;
		provider->domain_list[i] = &provider->domains[i].domain;
	}
	provider->domain_data.domains = provider->domain_list;
	provider->domain_data.num_domains = PROVIDER_COUNT;
	return of_genpd_add_provider_onecell(dev->of_node, &provider->domain_data) ?:
	       devm_add_action_or_reset(dev, provider_forget_domains, dev->of_node);
}

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

static int provider_add_supply(struct device *dev, struct provider *provider)
{
	struct regulator_config config = {
		.dev = dev,
		.driver_data = provider,
	};

	return PTR_ERR_OR_ZERO(devm_regulator_register(dev, &provider_supply, &config));
}

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

static int provider_add_resets(struct device *dev, struct provider *provider)
{
	provider->resets.ops = &provider_reset_ops;
	provider->resets.owner = THIS_MODULE;
	provider->resets.of_node = dev->of_node;
	provider->resets.nr_resets = PROVIDER_COUNT;
	return devm_reset_controller_register(dev, &provider->resets);
}

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

static int provider_add_bus(struct device *dev, struct provider *provider)
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

static int diary_show(struct seq_file *s, void *unused)
{
	mutex_lock(&diary_lock);
	seq_write(s, diary_text, diary_len);
	mutex_unlock(&diary_lock);
	return 0;
}

static int diary_open(struct inode *inode, struct file *file)
{
	return single_open(file, diary_show, NULL);
}

static ssize_t diary_clear(struct file *file, const char __user *buf,
			   size_t count, loff_t *at)
{
	mutex_lock(&diary_lock);
	diary_len = 0;
	mutex_unlock(&diary_lock);
	return count;
}

static const struct file_operations diary_fops = {
	.owner = THIS_MODULE,
	.open = diary_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.write = diary_clear,
	.release = single_release,
};

static ssize_t rate_write(struct file *file, const char __user *buf,
			  size_t count, loff_t *at)
{
	struct provider *provider = file->private_data;
	unsigned long rate;
	struct clk *clk;
	int err;

	err = kstrtoul_from_user(buf, count, 0, &rate);
	if (err)
		return err;
	clk = clk_hw_get_clk(&provider->clocks[0].hw, "rate");
	if (IS_ERR(clk))
		return PTR_ERR(clk);
	err = clk_set_rate(clk, rate);
	clk_put(clk);
	return err ?: count;
}

static const struct file_operations rate_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = rate_write,
};

static const struct {
	const char *what;
	int (*add)(struct device *dev, struct provider *provider);
} provider_parts[] = {
	{ "supply", provider_add_supply },
	{ "reset lines", provider_add_resets },
	{ "clocks", provider_add_clocks },
	{ "power domains", provider_add_domains },
	{ "bus", provider_add_bus },
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
	debugfs_create_file("diary", 0600, provider->dir, NULL, &diary_fops);
	debugfs_create_file("rate", 0200, provider->dir, provider, &rate_fops);
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

MODULE_DESCRIPTION("Test provider of clocks, domains, a supply, resets and a bus");
MODULE_LICENSE("GPL");
