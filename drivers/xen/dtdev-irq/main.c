// SPDX-License-Identifier: GPL-2.0
/*
 * xen-dtdev-irq - the interrupt controller of a guest whose interrupts dom0 passes on
 *
 * A device that dom0 has given to this guest may have interrupts that Xen cannot give:
 * dom0 takes them, and its xen-dtdev tells us. In the guest's tree they hang on a
 * controller that is compatible with "xen,dtdev-irq": two cells, dom0's number of the
 * interrupt and how it is triggered. xenstore has the port of each, in
 * xen-dtdev/irq/NUMBER. Drivers know nothing of that: they find a controller as soon
 * as this module is there, and interrupts flow as soon as dom0 has offered the port.
 *
 * The module cannot be unloaded: an interrupt controller that drivers know does not
 * go away.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <xen/xen.h>
#include <xen/xenbus.h>

#include "line.h"

#define MAIN_OFFERS	"xen-dtdev/irq"

/* Inside @lock those of the lines. Nothing in it is ever freed. */
struct dtdev_irq {
	struct device *dev;
	struct irq_domain *domain;
	struct mutex lock;		/* for the list and what hangs on what */
	struct list_head lines;
	struct work_struct follow;	/* what dom0 offers */
	struct work_struct move;	/* to where they are wanted */
	struct xenbus_watch watch;
	struct notifier_block store;
	bool store_up;
};

/* Returns 0 and dom0's port, or 0 for none, in @port; or -errno, and xenstore has not told. */
static int main_offer(const struct dtdev_irq_line *line, evtchn_port_t *port)
{
	char key[12];
	int n;

	*port = 0;
	snprintf(key, sizeof(key), "%u", line->number);
	n = xenbus_scanf(XBT_NIL, MAIN_OFFERS, key, "%u", port);
	return n == 1 || n == -ENOENT || n == -ERANGE ? 0 : n;
}

static int main_connect(struct dtdev_irq_line *line)
{
	evtchn_port_t port;
	int err = main_offer(line, &port);

	return err ?: dtdev_irq_line_connect(line, port);
}

/* Each line hangs on what dom0 offers now. */
static void main_follow(struct work_struct *work)
{
	struct dtdev_irq *ctl = container_of(work, struct dtdev_irq, follow);
	struct dtdev_irq_line *line;
	int err;

	mutex_lock(&ctl->lock);
	list_for_each_entry(line, &ctl->lines, list) {
		err = main_connect(line);
		if (err && err != line->err)
			dev_err(ctl->dev, "interrupt %u does not come: %d\n",
				line->number, err);
		line->err = err;
	}
	mutex_unlock(&ctl->lock);
}

static void main_move(struct work_struct *work)
{
	struct dtdev_irq *ctl = container_of(work, struct dtdev_irq, move);
	struct dtdev_irq_line *line;

	mutex_lock(&ctl->lock);
	list_for_each_entry(line, &ctl->lines, list)
		dtdev_irq_line_move(line);
	mutex_unlock(&ctl->lock);
}

static void main_changed(struct xenbus_watch *watch, const char *path, const char *token)
{
	schedule_work(&container_of(watch, struct dtdev_irq, watch)->follow);
}

static int main_store_up(struct notifier_block *block, unsigned long event, void *data)
{
	struct dtdev_irq *ctl = container_of(block, struct dtdev_irq, store);

	if (register_xenbus_watch(&ctl->watch))
		dev_err(ctl->dev, "xenstore does not tell what dom0 offers: no interrupts\n");
	WRITE_ONCE(ctl->store_up, true);
	schedule_work(&ctl->follow);
	return NOTIFY_DONE;
}

static void main_mask(struct irq_data *data)
{
	dtdev_irq_line_mask(irq_data_get_irq_chip_data(data), true);
}

static void main_unmask(struct irq_data *data)
{
	dtdev_irq_line_mask(irq_data_get_irq_chip_data(data), false);
}

/* What triggers it is dom0's to know; here each kind is one event. */
static int main_set_type(struct irq_data *data, unsigned int type)
{
	return IRQ_SET_MASK_OK;
}

/*
 * The event is moved behind its back: that takes a lock of another interrupt, and before Linux
 * 6.12 one that the caller has. The caller has this interrupt's.
 */
static int main_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct dtdev_irq_line *line = irq_data_get_irq_chip_data(data);
	struct dtdev_irq *ctl = line->domain->host_data;
	unsigned int cpu = cpumask_any_and_distribute(mask, cpu_online_mask);

	if (cpu >= nr_cpu_ids)
		return -EINVAL;
	WRITE_ONCE(line->cpu, cpu);
	irq_data_update_effective_affinity(data, cpumask_of(cpu));
	schedule_work(&ctl->move);
	return IRQ_SET_MASK_OK;
}

static struct irq_chip main_chip = {
	.name = "xen-dtdev",
	.irq_mask = main_mask,
	.irq_unmask = main_unmask,
	.irq_set_type = main_set_type,
	.irq_set_affinity = main_set_affinity,
	.flags = IRQCHIP_SKIP_SET_WAKE,
};

/* One that has been mapped before is there, with its channel. */
static struct dtdev_irq_line *main_line_locked(struct dtdev_irq *ctl,
					       struct irq_domain *domain,
					       unsigned int number)
{
	struct dtdev_irq_line *line;

	lockdep_assert_held(&ctl->lock);
	list_for_each_entry(line, &ctl->lines, list)
		if (line->number == number)
			return line;
	line = kzalloc(sizeof(*line), GFP_KERNEL);
	if (!line)
		return NULL;
	dtdev_irq_line_init(line, domain, number);
	list_add_tail(&line->list, &ctl->lines);
	return line;
}

static int main_map(struct irq_domain *domain, unsigned int virq, irq_hw_number_t number)
{
	struct dtdev_irq *ctl = domain->host_data;
	struct dtdev_irq_line *line;

	mutex_lock(&ctl->lock);
	line = main_line_locked(ctl, domain, number);
	mutex_unlock(&ctl->lock);
	if (!line)
		return -ENOMEM;
	irq_set_chip_data(virq, line);
	/* One flow for all: masked, handled, unmasked, which asks for the next. */
	irq_set_chip_and_handler(virq, &main_chip, handle_level_irq);
	if (READ_ONCE(ctl->store_up))
		schedule_work(&ctl->follow);
	return 0;
}

static const struct irq_domain_ops main_ops = {
	.map = main_map,
	.xlate = irq_domain_xlate_twocell,
};

static int main_probe(struct platform_device *pdev)
{
	struct dtdev_irq *ctl;

	if (!xen_domain())
		return -ENODEV;
	ctl = kzalloc(sizeof(*ctl), GFP_KERNEL);
	if (!ctl)
		return -ENOMEM;
	ctl->dev = &pdev->dev;
	mutex_init(&ctl->lock);
	INIT_LIST_HEAD(&ctl->lines);
	INIT_WORK(&ctl->follow, main_follow);
	INIT_WORK(&ctl->move, main_move);
	ctl->watch.node = MAIN_OFFERS;
	ctl->watch.callback = main_changed;
	ctl->store.notifier_call = main_store_up;
	ctl->domain = irq_domain_create_tree(dev_fwnode(&pdev->dev), &main_ops, ctl);
	if (!ctl->domain) {
		kfree(ctl);
		return -ENOMEM;
	}
	return register_xenstore_notifier(&ctl->store);
}

static const struct of_device_id main_compatible[] = {
	{ .compatible = "xen,dtdev-irq" },
	{ }
};

static struct platform_driver main_driver = {
	.driver = {
		.name = "xen-dtdev-irq",
		.of_match_table = main_compatible,
		.suppress_bind_attrs = true,
	},
	.probe = main_probe,
};
builtin_platform_driver(main_driver);

/* What a table would say, which cannot be cross-built for 32 bits with distributions' headers. */
MODULE_ALIAS("of:N*T*Cxen,dtdev-irq");
MODULE_ALIAS("of:N*T*Cxen,dtdev-irqC*");
MODULE_DESCRIPTION("Interrupts of devices that dom0 passes on to this Xen guest");
MODULE_VERSION(XPT_VERSION);
MODULE_LICENSE("GPL");
