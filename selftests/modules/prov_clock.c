// SPDX-License-Identifier: GPL-2.0
/* prov_clock - clocks whose rates can be asked for */
#include <linux/clk.h>
#include <linux/clk-provider.h>
#include <linux/debugfs.h>
#include <linux/slab.h>

#include "provider.h"

#define PROVIDER_RATE	48000000

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

int provider_add_clocks(struct device *dev, struct provider *provider)
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

void provider_show_rate(struct provider *provider)
{
	debugfs_create_file("rate", 0200, provider->dir, provider, &rate_fops);
}
