// SPDX-License-Identifier: GPL-2.0
/*
 * raw_pace - how long plain reads take
 *
 *	echo COUNT > pace; cat pace
 *
 * Reads the ids of the function at 0000:00:00.0, one request after the other.
 * Reading gives "p50 NS p99 NS max NS late COUNT"; late ones had no answer within
 * two seconds.
 */
#include <linux/debugfs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/uaccess.h>

#include "raw.h"

#define PACE_MAX	100000

/* Guarded by raw_lock. */
static struct {
	u32 p50, p99, max, late;
} pace;

static int pace_compare(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

static u32 pace_one(struct raw_front *front, struct xen_pci_op *op)
{
	u64 began;

	memset(op, 0, sizeof(*op));
	op->cmd = XEN_PCI_OP_conf_read;
	op->size = 4;
	began = ktime_get_ns();
	raw_post(front, op);
	if (!raw_await(front, op, 2 * HZ))
		pace.late++;
	return min_t(u64, ktime_get_ns() - began, U32_MAX);
}

static int pace_measure(u32 count)
{
	struct xen_pci_op *op = kzalloc(sizeof(*op), GFP_KERNEL);
	u32 *took = kvmalloc_array(count, sizeof(*took), GFP_KERNEL);
	u32 i;

	if (op && took) {
		memset(&pace, 0, sizeof(pace));
		disable_irq(raw_front->irq);
		for (i = 0; i < count; i++) {
			took[i] = pace_one(raw_front, op);
			cond_resched();
		}
		enable_irq(raw_front->irq);
		sort(took, count, sizeof(*took), pace_compare, NULL);
		pace.p50 = took[count / 2];
		pace.p99 = took[count - 1 - count / 100];
		pace.max = took[count - 1];
	}
	kvfree(took);
	kfree(op);
	return op && took ? 0 : -ENOMEM;
}

static ssize_t pace_write(struct file *file, const char __user *buf,
			  size_t len, loff_t *pos)
{
	u32 count;
	int err;

	err = kstrtou32_from_user(buf, len, 0, &count);
	if (err)
		return err;
	if (!count || count > PACE_MAX)
		return -EINVAL;
	mutex_lock(&raw_lock);
	err = raw_front ? pace_measure(count) : -ENOTCONN;
	mutex_unlock(&raw_lock);
	return err ?: len;
}

static int pace_show(struct seq_file *s, void *unused)
{
	mutex_lock(&raw_lock);
	seq_printf(s, "p50 %u p99 %u max %u late %u\n", pace.p50, pace.p99,
		   pace.max, pace.late);
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
