// SPDX-License-Identifier: GPL-2.0
/*
 * reset - the methods, and what follows if there is none
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/lockdep.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "core/quiesce.h"
#include "node.h"
#include "power.h"
#include "reset.h"
#include "trace.h"
#include "tree.h"

static const char * const reset_policy_names[] = {
	[DTDEV_RESET_AUTO] = "auto",
	[DTDEV_RESET_REQUIRE] = "require",
	[DTDEV_RESET_WARN] = "warn",
};

static int reset_policy;	/* a single word, no lock */

static int reset_policy_set(const char *value, const struct kernel_param *param)
{
	int choice = sysfs_match_string(reset_policy_names, value);

	if (choice < 0)
		return choice;
	WRITE_ONCE(reset_policy, choice);
	return 0;
}

static int reset_policy_get(char *buf, const struct kernel_param *param)
{
	return sysfs_emit(buf, "%s\n", reset_policy_names[READ_ONCE(reset_policy)]);
}

const struct kernel_param_ops dtdev_reset_policy_ops = {
	.set = reset_policy_set,
	.get = reset_policy_get,
};

static const struct dtdev_quiesce *reset_find_quiesce(struct device_node *np)
{
	const struct dtdev_quiesce *quiesce;

	for (quiesce = dtdev_quiesce_table; quiesce->compatible; quiesce++)
		if (of_device_is_compatible(np, quiesce->compatible))
			return quiesce;
	return NULL;
}

/*
 * Lets the device out of reset, and chooses the method. May sleep. Returns 0, or -errno
 * to be undone by stop.
 */
int dtdev_reset_start(struct dtdev_node *node)
{
	struct dtdev_reset *reset = &node->reset;
	int err = dtdev_line_start(node);

	if (err)
		return err;
	if (reset->line.use == DTDEV_LINE_ALONE) {
		reset->method = DTDEV_RESET_LINE;
		return 0;
	}
	reset->quiesce = reset_find_quiesce(node->np);
	if (reset->quiesce && node->region_count)
		reset->method = DTDEV_RESET_QUIESCE;
	else if (node->dev->pm_domain && node->dev->bus == &platform_bus_type)
		reset->method = DTDEV_RESET_POWER;
	return 0;
}

struct reset_registers {
	void __iomem *at;
};

static u32 reset_read(void *data, u32 offset)
{
	struct reset_registers *registers = data;

	return readl(registers->at + offset);
}

static void reset_write(void *data, u32 offset, u32 value)
{
	struct reset_registers *registers = data;

	writel(value, registers->at + offset);
}

static int reset_by_quiesce(struct dtdev_node *node)
{
	const struct dtdev_region *region = &node->regions[0];
	struct reset_registers registers;
	struct dtdev_quiesce_bus bus = {
		.size = min_t(u64, region->end - region->start + 1, U32_MAX),
		.read = reset_read,
		.write = reset_write,
		.data = &registers,
	};
	int err;

	registers.at = ioremap(region->start, bus.size);
	if (!registers.at)
		return -ENOMEM;
	err = dtdev_quiesce_run(node->reset.quiesce, &bus);
	iounmap(registers.at);
	return err;
}

static int reset_do(struct dtdev_node *node)
{
	switch (node->reset.method) {
	case DTDEV_RESET_LINE:
		return dtdev_line_pull(node);
	case DTDEV_RESET_QUIESCE:
		return reset_by_quiesce(node);
	case DTDEV_RESET_POWER:
		return dtdev_power_cycle(node->dev);
	case DTDEV_RESET_NONE:
		break;
	}
	return -EOPNOTSUPP;
}

/*
 * Resets the device, whose registers dom0 can reach. May sleep. Returns 0, or
 * -errno if the policy says that without a reset nothing goes on.
 */
int dtdev_reset_locked(struct dtdev_node *node)
{
	struct dtdev_reset *reset = &node->reset;
	int policy = READ_ONCE(reset_policy);

	lockdep_assert_held(&node->lock);
	reset->result = reset_do(node);
	reset->count++;
	trace_dtdev_reset(node->dev, reset->result);
	if (dtdev_reset_is_enough(policy, reset->method, reset->result)) {
		if (reset->result)
			dev_warn(node->dev, "goes on without a reset (%d)\n", reset->result);
		return 0;
	}
	dev_err(node->dev, "cannot be reset (%d), and reset_policy=%s\n",
		reset->result, reset_policy_names[policy]);
	return reset->result;
}

const char *dtdev_reset_name(const struct dtdev_reset *reset)
{
	static const char * const names[] = {
		[DTDEV_RESET_NONE] = "none",
		[DTDEV_RESET_LINE] = "reset-control",
		[DTDEV_RESET_QUIESCE] = "quiesce",
		[DTDEV_RESET_POWER] = "power-domain",
	};

	return names[reset->method];
}
