// SPDX-License-Identifier: GPL-2.0
/*
 * raw_pace - how long a request takes
 *
 *	echo NAME=VALUE... > pace; cat pace
 *
 * Sends the same request, one after the other: count= times (1000), or as often as
 * ms= allows. The request is cmd= domain= bus= devfn= offset= size= value=, and reads
 * the ids of the function at 0000:00:00.0 if nothing is said. An enable_msix asks
 * for the first value= entries, and a disable_msix, which is not measured, follows.
 * gap= microseconds pass between requests; events= more events come with each.
 *
 * Reading gives "asked N errors N ns N p50 N p99 N max N late N", all times in ns;
 * late ones had no answer within two seconds.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <xen/events.h>

#include "figures.h"
#include "raw.h"

#define PACE_MAX	100000u
#define PACE_LINE	256

enum pace_key {
	PACE_COUNT, PACE_MS, PACE_GAP, PACE_EVENTS,
	PACE_CMD, PACE_DOMAIN, PACE_BUS, PACE_DEVFN, PACE_OFFSET, PACE_SIZE,
	PACE_VALUE, PACE_KEYS
};

static const char *const pace_names[PACE_KEYS] = {
	"count", "ms", "gap", "events",
	"cmd", "domain", "bus", "devfn", "offset", "size", "value",
};

/* Guarded by raw_lock. */
static struct figures pace;

static int pace_parse(char *line, u32 *wish)
{
	char *word, *value;
	int key, err;

	while ((word = strsep(&line, "\n "))) {
		if (!*word)
			continue;
		value = strchr(word, '=');
		if (!value)
			return -EINVAL;
		*value++ = 0;
		for (key = 0; key < PACE_KEYS; key++)
			if (!strcmp(word, pace_names[key]))
				break;
		if (key == PACE_KEYS)
			return -EINVAL;
		err = kstrtou32(value, 0, &wish[key]);
		if (err)
			return err;
	}
	if (!wish[PACE_COUNT] || wish[PACE_COUNT] > PACE_MAX)
		return -EINVAL;
	return wish[PACE_CMD] == XEN_PCI_OP_enable_msix &&
	       wish[PACE_VALUE] > SH_INFO_MAX_VEC ? -EINVAL : 0;
}

static void pace_request(struct xen_pci_op *op, const u32 *wish)
{
	u32 i;

	memset(op, 0, sizeof(*op));
	op->cmd = wish[PACE_CMD];
	op->domain = wish[PACE_DOMAIN];
	op->bus = wish[PACE_BUS];
	op->devfn = wish[PACE_DEVFN];
	op->offset = wish[PACE_OFFSET];
	op->size = wish[PACE_SIZE];
	op->value = wish[PACE_VALUE];
	if (op->cmd == XEN_PCI_OP_enable_msix)
		for (i = 0; i < op->value; i++)
			op->msix_entries[i].entry = i;
}

static u32 pace_one(struct xen_pci_op *op, u32 events)
{
	u64 began = ktime_get_ns();

	raw_post(raw_front, op);
	while (events--)
		notify_remote_via_evtchn(raw_front->port);
	if (!raw_await(raw_front, op, 2 * HZ))
		pace.late++;
	else if (op->err)
		pace.errors++;
	return min_t(u64, ktime_get_ns() - began, U32_MAX);
}

/* Not measured: what has to happen before the same request comes again. */
static void pace_between(struct xen_pci_op *op, const u32 *wish)
{
	if (wish[PACE_CMD] == XEN_PCI_OP_enable_msix) {
		op->cmd = XEN_PCI_OP_disable_msix;
		raw_post(raw_front, op);
		raw_await(raw_front, op, 2 * HZ);
	}
	if (wish[PACE_GAP])
		usleep_range(wish[PACE_GAP], wish[PACE_GAP] + 50);
	else
		cond_resched();
}

static void pace_run(struct xen_pci_op *op, u32 *took, const u32 *wish)
{
	u64 began = ktime_get_ns();
	u64 end = wish[PACE_MS] ? began + wish[PACE_MS] * NSEC_PER_MSEC : U64_MAX;
	u32 i;

	memset(&pace, 0, sizeof(pace));
	disable_irq(raw_front->irq);
	for (i = 0; i < wish[PACE_COUNT] && ktime_get_ns() < end; i++) {
		pace_request(op, wish);
		took[i] = pace_one(op, wish[PACE_EVENTS]);
		pace_between(op, wish);
	}
	enable_irq(raw_front->irq);
	pace.ns = ktime_get_ns() - began;
	figures_make(&pace, took, i);
}

static int pace_measure(const u32 *wish)
{
	struct xen_pci_op *op = kzalloc(sizeof(*op), GFP_KERNEL);
	u32 *took = kvmalloc_array(wish[PACE_COUNT], sizeof(*took), GFP_KERNEL);
	int err = op && took ? 0 : -ENOMEM;

	if (!err)
		pace_run(op, took, wish);
	kvfree(took);
	kfree(op);
	return err;
}

static ssize_t pace_write(struct file *file, const char __user *buf,
			  size_t len, loff_t *pos)
{
	u32 wish[PACE_KEYS] = { [PACE_COUNT] = 1000, [PACE_SIZE] = 4 };
	char line[PACE_LINE];
	int err;

	if (len >= sizeof(line))
		return -E2BIG;
	if (copy_from_user(line, buf, len))
		return -EFAULT;
	line[len] = 0;
	err = pace_parse(line, wish);
	if (err)
		return err;
	mutex_lock(&raw_lock);
	err = raw_front ? pace_measure(wish) : -ENOTCONN;
	mutex_unlock(&raw_lock);
	return err ?: len;
}

static int pace_show(struct seq_file *s, void *unused)
{
	mutex_lock(&raw_lock);
	figures_show(s, &pace);
	mutex_unlock(&raw_lock);
	return 0;
}

static int pace_open(struct inode *inode, struct file *file)
{
	return single_open(file, pace_show, NULL);
}

const struct file_operations raw_pace_fops = {
	.owner = THIS_MODULE,
	.open = pace_open,
	.read = seq_read,
	.write = pace_write,
	.llseek = seq_lseek,
	.release = single_release,
};
