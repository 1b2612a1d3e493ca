// SPDX-License-Identifier: GPL-2.0
/*
 * everfire - a guest whose clock never stops firing, and that minds no manners
 *
 * In a guest that has a PL031: its alarm is set off and stays so. What the handler says
 * to that is nothing at all, so that dom0 is asked for the next interrupt at once; with
 * quiet=1 it keeps the interrupt disabled, so that dom0 is never asked. Meanwhile the
 * guest's end of the event channel to dom0's port "remote" can be misused, by writing
 * to "act": "close", "bind", or "send N" events in a row.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/xen.h>
#include <asm/xen/hypercall.h>

#define CLOCK_NOW	0x00
#define CLOCK_MATCH	0x04
#define CLOCK_ENABLE	0x10	/* of the interrupt, as are these */
#define CLOCK_FIRES	0x18
#define CLOCK_CLEAR	0x1c
#define CLOCK_TRIES	1000

#define PORTS		4096	/* that are looked at */

static bool quiet;
module_param(quiet, bool, 0444);
static unsigned int remote;
module_param(remote, uint, 0644);

static void __iomem *clock;
static int clock_irq;
static evtchn_port_t closed;	/* our end, that was; the kernel thinks it still is */

/* Returns 0 and our end of the channel, or -ENOENT. */
static int everfire_find(evtchn_port_t *port)
{
	struct evtchn_status status = { .dom = DOMID_SELF };

	for (status.port = 1; status.port < PORTS; status.port++) {
		if (HYPERVISOR_event_channel_op(EVTCHNOP_status, &status))
			break;
		if (status.status != EVTCHNSTAT_interdomain || status.u.interdomain.dom ||
		    status.u.interdomain.port != remote)
			continue;
		*port = status.port;
		return 0;
	}
	return -ENOENT;
}

static int everfire_send(evtchn_port_t port, unsigned int count)
{
	struct evtchn_send send = { .port = port };
	int err = 0;

	for (; count && !err; count--)
		err = HYPERVISOR_event_channel_op(EVTCHNOP_send, &send);
	return err;
}

static int everfire_close(evtchn_port_t port)
{
	struct evtchn_close close = { .port = port };

	closed = port;
	return HYPERVISOR_event_channel_op(EVTCHNOP_close, &close);
}

/* Xen gives the lowest port that is free: the one of before. */
static int everfire_bind(void)
{
	struct evtchn_bind_interdomain bind = { .remote_port = remote };
	int err = HYPERVISOR_event_channel_op(EVTCHNOP_bind_interdomain, &bind);

	return !err && bind.local_port != closed ? -EXDEV : err;
}

static int everfire_act(const char *text, const struct kernel_param *param)
{
	unsigned int count;
	evtchn_port_t port;
	int err;

	if (sysfs_streq(text, "bind"))
		return everfire_bind();
	err = everfire_find(&port);
	if (err)
		return err;
	if (sysfs_streq(text, "close"))
		return everfire_close(port);
	if (sscanf(text, "send %u", &count) == 1)
		return everfire_send(port, count);
	return -EINVAL;
}

static const struct kernel_param_ops everfire_act_ops = {
	.set = everfire_act,
};

module_param_cb(act, &everfire_act_ops, NULL, 0200);

static irqreturn_t everfire_handle(int irq, void *data)
{
	if (quiet)
		disable_irq_nosync(irq);
	return IRQ_HANDLED;
}

/* An alarm of this very second is over at once, unless the second is. */
static int everfire_begin(void)
{
	unsigned int i;

	writel(1, clock + CLOCK_ENABLE);
	for (i = 0; i < CLOCK_TRIES; i++) {
		writel(readl(clock + CLOCK_NOW), clock + CLOCK_MATCH);
		if (readl(clock + CLOCK_FIRES))
			return 0;
	}
	return -EIO;
}

static void everfire_end(void)
{
	writel(0, clock + CLOCK_ENABLE);
	writel(1, clock + CLOCK_CLEAR);
}

static int __init everfire_init(void)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, "arm,pl031");
	int err = -ENODEV;

	if (!np)
		return err;
	clock = of_iomap(np, 0);
	clock_irq = of_irq_get(np, 0);
	of_node_put(np);
	if (!clock)
		return err;
	err = clock_irq > 0 ? 0 : clock_irq ?: -ENODEV;
	if (!err)
		err = request_irq(clock_irq, everfire_handle, 0, "everfire", &clock);
	if (err)
		goto err_map;
	err = everfire_begin();
	if (!err)
		return 0;

	everfire_end();
	free_irq(clock_irq, &clock);
err_map:
	iounmap(clock);
	return err;
}

static void __exit everfire_exit(void)
{
	everfire_end();
	free_irq(clock_irq, &clock);
	iounmap(clock);
}

module_init(everfire_init);
module_exit(everfire_exit);

MODULE_DESCRIPTION("Test of a guest that keeps dom0 busy with interrupts");
MODULE_LICENSE("GPL");
