// SPDX-License-Identifier: GPL-2.0
/*
 * relay - finds the guest that has a device, and ties its interrupts to it
 *
 * Guests come and go unasked; xenstored says when, for all at once, and then each
 * node is looked at. Xen says whether a domain lives, its name in xenstore which one
 * it is. Before xenstored has started there is no guest, and nobody waits for it.
 *
 * Locks: a node's, then a line's. Whoever has the first may wait for xenstored, never for
 * a guest.
 */
#define pr_fmt(fmt) "xen-dtdev: " fmt

#include <linux/ctype.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/workqueue.h>
#include <xen/xenbus.h>

#include "../common/xen.h"
#include "node.h"
#include "relay.h"
#include "relay_line.h"
#include "relay_xen.h"

#define RELAY_NAME_MAX	255

/* How soon a line that could not be had is tried for again. */
#define RELAY_AGAIN	HZ

static unsigned int relay_rate = 20000;

static int relay_rate_set(const char *text, const struct kernel_param *param)
{
	return param_set_uint_minmax(text, param, 1, 1000000);
}

static const struct kernel_param_ops relay_rate_ops = {
	.set = relay_rate_set,
	.get = param_get_uint,
};

module_param_cb(relay_rate, &relay_rate_ops, &relay_rate, 0644);
MODULE_PARM_DESC(relay_rate,
		 "how many interrupts a second of one line are passed on to a guest (default: 20000)");

static bool relay_ready;	/* xenstored answers */

static void relay_follow_all(struct work_struct *work);
static DECLARE_DELAYED_WORK(relay_work, relay_follow_all);

static void relay_end_locked(struct dtdev_node *node)
{
	struct dtdev_guest *guest = &node->guest;
	unsigned int i;

	if (guest->domain == DTDEV_RELAY_NONE)
		return;
	for (i = 0; guest->lines && i < node->irq_count; i++)
		relay_line_end(&guest->lines[i], guest->domain);
	guest->domain = DTDEV_RELAY_NONE;
}

/* Is interrupt @index one that is relayed? One that a node has twice is one line. */
static bool relay_is_line_locked(const struct dtdev_node *node, unsigned int index)
{
	unsigned int i;

	for (i = 0; i < index; i++)
		if (node->irqs[i].spi.number == node->irqs[index].spi.number)
			return false;
	return dtdev_relay_has_locked(node, &node->irqs[index]);
}

/*
 * Ties the lines to the guest, which lives. One that cannot be, because dom0 has it after all
 * or for want of something, is told of once and tried for again.
 */
static void relay_begin_locked(struct dtdev_node *node)
{
	struct dtdev_guest *guest = &node->guest;
	struct relay_line *line;
	unsigned int i;
	int err;

	for (i = 0; i < node->irq_count; i++) {
		line = &guest->lines[i];
		if (!relay_is_line_locked(node, i) || line->up)
			continue;
		err = relay_line_begin(line, node, &node->irqs[i], guest->domain,
				       NSEC_PER_SEC / READ_ONCE(relay_rate));
		if (err && err != line->err)
			dev_warn(node->dev, "interrupt %u is not relayed to guest %s: %d\n",
				 line->number, guest->name, err);
		line->err = err;
		if (err)
			queue_delayed_work(system_freezable_wq, &relay_work, RELAY_AGAIN);
	}
}

static int relay_find(const struct dtdev_node *node)
{
	if (!node->guest.name || !READ_ONCE(relay_ready))
		return -ESRCH;
	return dtdev_relay_xen_find(node->guest.name);
}

/* The lines are tied to the guest that lives, and to none that does not. */
static void relay_follow_locked(struct dtdev_node *node)
{
	struct dtdev_guest *guest = &node->guest;
	int domain;

	lockdep_assert_held(&node->lock);
	if (guest->domain == DTDEV_RELAY_NONE || !xpt_xen_lives(guest->domain)) {
		relay_end_locked(node);
		domain = guest->stopped || node->parted ? -ESRCH : relay_find(node);
		if (domain < 0)
			return;
		guest->domain = domain;
	}
	relay_begin_locked(node);
}

static void relay_follow(struct dtdev_node *node)
{
	mutex_lock(&node->lock);
	relay_follow_locked(node);
	mutex_unlock(&node->lock);
}

static void relay_follow_all(struct work_struct *work)
{
	dtdev_node_each_unlocked(relay_follow);
}

static void relay_changed(struct xenbus_watch *watch, const char *path, const char *token)
{
	mod_delayed_work(system_freezable_wq, &relay_work, 0);
}

static struct relay_watch {
	struct xenbus_watch watch;
	bool set;
} relay_watches[] = {
	{ .watch = { .node = "@introduceDomain", .callback = relay_changed } },
	{ .watch = { .node = "@releaseDomain", .callback = relay_changed } },
};

static void relay_watch(struct relay_watch *watch)
{
	watch->set = !register_xenbus_watch(&watch->watch);
	if (!watch->set)
		pr_err("xenstore does not tell of %s: guests are not seen to come and go\n",
		       watch->watch.node);
}

static int relay_store_up(struct notifier_block *block, unsigned long event, void *data)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(relay_watches); i++)
		relay_watch(&relay_watches[i]);
	WRITE_ONCE(relay_ready, true);
	mod_delayed_work(system_freezable_wq, &relay_work, 0);
	return NOTIFY_DONE;
}

static struct notifier_block relay_store = {
	.notifier_call = relay_store_up,
};

int dtdev_relay_init(void)
{
	return register_xenstore_notifier(&relay_store);
}

/* No node is left. */
void dtdev_relay_exit(void)
{
	unsigned int i;

	unregister_xenstore_notifier(&relay_store);
	for (i = 0; i < ARRAY_SIZE(relay_watches); i++)
		if (relay_watches[i].set)
			unregister_xenbus_watch(&relay_watches[i].watch);
	cancel_delayed_work_sync(&relay_work);
}

void dtdev_relay_plan(struct dtdev_node *node)
{
	node->guest.domain = DTDEV_RELAY_NONE;
}

/* Is @irq one that a guest gets from dom0? */
bool dtdev_relay_has_locked(const struct dtdev_node *node, const struct dtdev_irq *irq)
{
	lockdep_assert_held(&node->lock);
	return node->guest.name &&
	       (irq->state == DTDEV_SPI_DOM0 || irq->state == DTDEV_SPI_OTHER);
}

/* Does no guest have it, as far as its name tells? May sleep. Returns 0 or -EBUSY. */
int dtdev_relay_idle_locked(struct dtdev_node *node)
{
	struct dtdev_guest *guest = &node->guest;
	int domain = guest->domain;

	lockdep_assert_held(&node->lock);
	if (domain == DTDEV_RELAY_NONE || !xpt_xen_lives(domain)) {
		relay_end_locked(node);
		domain = relay_find(node);
	}
	if (domain < 0)
		return 0;
	dev_err(node->dev, "guest %s, domain %d, has it: it stays as it is\n",
		guest->name, domain);
	return -EBUSY;
}

static bool relay_is_name(const char *name)
{
	size_t i;

	for (i = 0; name[i]; i++)
		if (i == RELAY_NAME_MAX || !isgraph(name[i]) || name[i] == '/')
			return false;
	return true;
}

static int relay_make_lines(struct dtdev_node *node)
{
	struct dtdev_guest *guest = &node->guest;
	unsigned int i;

	if (guest->lines)
		return 0;
	guest->lines = kcalloc(node->irq_count, sizeof(*guest->lines), GFP_KERNEL);
	if (!guest->lines)
		return -ENOMEM;
	for (i = 0; i < node->irq_count; i++)
		relay_line_init(&guest->lines[i], node->irqs[i].spi.number);
	return 0;
}

/*
 * From now on the device is that guest's; with an empty name it is nobody's, and one
 * that has it gets no interrupt any more. May sleep. Returns 0, -EINVAL (no guest
 * has such a name), -EBUSY (another guest has it, and lives) or -ENOMEM.
 */
int dtdev_relay_name_locked(struct dtdev_node *node, const char *name)
{
	struct dtdev_guest *guest = &node->guest;
	char *copy = NULL;
	int err;

	if (!relay_is_name(name))
		return -EINVAL;
	if (*name && guest->name && strcmp(guest->name, name)) {
		err = dtdev_relay_idle_locked(node);
		if (err)
			return err;
	}
	if (*name) {
		err = relay_make_lines(node);
		if (err)
			return err;
		copy = kstrdup(name, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	} else {
		relay_end_locked(node);
	}
	kfree(guest->name);
	guest->name = copy;
	relay_follow_locked(node);
	return 0;
}

/* @node is what @was, which went unasked: its guest gets its interrupts again. May sleep. */
void dtdev_relay_inherit(struct dtdev_node *node, const struct dtdev_node *was)
{
	int err = 0;

	mutex_lock(&node->lock);
	if (was->guest.name && !node->guest.name)
		err = dtdev_relay_name_locked(node, was->guest.name);
	mutex_unlock(&node->lock);
	if (was->guest.name && !err)
		dev_info(node->dev, "guest %s has it again, after a reset\n", was->guest.name);
	if (err)
		dev_err(node->dev, "guest %s is forgotten, and gets no interrupts: %d\n",
			was->guest.name, err);
}

static const char *relay_state_name(enum dtdev_relay_state state)
{
	static const char * const names[] = {
		[DTDEV_RELAY_OFF] = "off",
		[DTDEV_RELAY_WAITING] = "waiting",
		[DTDEV_RELAY_LIMITED] = "limited",
		[DTDEV_RELAY_ARMED] = "armed",
	};

	return names[state];
}

void dtdev_relay_print_locked(struct seq_buf *s, const struct dtdev_node *node)
{
	struct dtdev_relay relay;
	unsigned int i;

	lockdep_assert_held(&node->lock);
	for (i = 0; i < node->irq_count; i++) {
		if (!relay_is_line_locked(node, i))
			continue;
		relay = relay_line_look(&node->guest.lines[i]);
		seq_buf_printf(s, "%u %s turns %llu longest %llu us limited %llu spurious %llu\n",
			       node->guest.lines[i].number,
			       node->guest.lines[i].err ? "failed" : relay_state_name(relay.state),
			       relay.turns, div_u64(relay.longest, NSEC_PER_USEC),
			       relay.limited, relay.spurious);
	}
}

/*
 * No line is relayed any more, nor will be. Nobody finds the node in the list or in
 * sysfs now. May sleep.
 */
void dtdev_relay_stop(struct dtdev_node *node)
{
	mutex_lock(&node->lock);
	node->guest.stopped = true;
	relay_end_locked(node);
	mutex_unlock(&node->lock);
}

void dtdev_relay_free(struct dtdev_node *node)
{
	kfree(node->guest.lines);
	kfree(node->guest.name);
}
