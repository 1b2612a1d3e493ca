// SPDX-License-Identifier: GPL-2.0
/*
 * clockturns - how long a PL031's interrupts take to come to a guest
 *
 *	insmod clockturns.ko turns=2000
 *
 * An alarm is set off, its interrupt awaited, the next one set off, so many times. From the
 * write to the handler it took "median_ns" and "p99_ns"; "per_second" of these came.
 */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/slab.h>
#include <linux/sort.h>

#define CLOCK_NOW	0x00
#define CLOCK_MATCH	0x04
#define CLOCK_ENABLE	0x10	/* of the interrupt, as is the next */
#define CLOCK_CLEAR	0x1c

#define TURN_PATIENCE	(HZ / 2)
#define TURN_TRIES	10

static unsigned int turns = 1000;
module_param(turns, uint, 0444);
static ulong median_ns, p99_ns, per_second;
module_param(median_ns, ulong, 0444);
module_param(p99_ns, ulong, 0444);
module_param(per_second, ulong, 0444);

static void __iomem *clock;
static DECLARE_COMPLETION(turn_over);
static u64 turn_fired;

static irqreturn_t turn_handle(int irq, void *data)
{
	turn_fired = ktime_get_ns();
	writel(1, clock + CLOCK_CLEAR);
	complete(&turn_over);
	return IRQ_HANDLED;
}

/* An alarm of this second does not come if the second is over before it is set. */
static int turn_take(u64 *took)
{
	unsigned int i;
	u64 began;

	for (i = 0; i < TURN_TRIES; i++) {
		/* One that came too late was not this one's. */
		reinit_completion(&turn_over);
		began = ktime_get_ns();
		writel(readl(clock + CLOCK_NOW), clock + CLOCK_MATCH);
		if (wait_for_completion_timeout(&turn_over, TURN_PATIENCE)) {
			*took = turn_fired - began;
			return 0;
		}
	}
	return -ETIMEDOUT;
}

static int turn_compare(const void *a, const void *b)
{
	u64 one = *(const u64 *)a, other = *(const u64 *)b;

	return one < other ? -1 : one > other;
}

static int turns_take(void)
{
	u64 *took = kvcalloc(turns, sizeof(*took), GFP_KERNEL), began;
	unsigned int i;
	int err = 0;

	if (!took)
		return -ENOMEM;
	began = ktime_get_ns();
	for (i = 0; i < turns && !err; i++)
		err = turn_take(&took[i]);
	per_second = div64_u64((u64)turns * NSEC_PER_SEC, ktime_get_ns() - began);
	sort(took, turns, sizeof(*took), turn_compare, NULL);
	median_ns = took[turns / 2];
	p99_ns = took[turns - 1 - turns / 100];
	kvfree(took);
	return err;
}

static int __init turns_init(void)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, "arm,pl031");
	int irq, err;

	if (!np || !turns)
		return -ENODEV;
	clock = of_iomap(np, 0);
	irq = of_irq_get(np, 0);
	of_node_put(np);
	if (!clock)
		return -ENODEV;
	err = irq > 0 ? request_irq(irq, turn_handle, 0, "clockturns", &clock) : -ENODEV;
	if (!err) {
		writel(1, clock + CLOCK_ENABLE);
		err = turns_take();
		writel(0, clock + CLOCK_ENABLE);
		writel(1, clock + CLOCK_CLEAR);
		free_irq(irq, &clock);
	}
	iounmap(clock);
	return err;
}

static void __exit turns_exit(void)
{
}

module_init(turns_init);
module_exit(turns_exit);

MODULE_DESCRIPTION("Measures interrupts of a clock in a guest");
MODULE_LICENSE("GPL");
