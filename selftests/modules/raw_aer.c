// SPDX-License-Identifier: GPL-2.0
/*
 * raw_aer - questions about PCI errors, answered when the test says so
 *
 *	cat aer; echo ANSWER > aer
 *
 * Reading gives "CMD DEVFN STATE" of the question that waits, or "none". What nobody
 * answers stays a question.
 */
#include <linux/bitops.h>
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <xen/events.h>
#include <xen/interface/io/pciif.h>

#include "raw.h"

static bool aer_is_asked(void)
{
	return raw_front && test_bit(_XEN_PCIB_active, raw_flags(raw_front));
}

static int aer_answer(int answer)
{
	if (!aer_is_asked())
		return -ENODATA;
	raw_front->page->aer_op.err = answer;
	/* The answer before the flag that says it is there. */
	wmb();
	clear_bit(_XEN_PCIB_active, raw_flags(raw_front));
	notify_remote_via_evtchn(raw_front->port);
	return 0;
}

static ssize_t aer_write(struct file *file, const char __user *buf, size_t len,
			 loff_t *pos)
{
	int answer, err = kstrtoint_from_user(buf, len, 0, &answer);

	if (err)
		return err;
	mutex_lock(&raw_lock);
	err = aer_answer(answer);
	mutex_unlock(&raw_lock);
	return err ?: len;
}

static int aer_show(struct seq_file *s, void *unused)
{
	const struct xen_pcie_aer_op *op;

	mutex_lock(&raw_lock);
	if (aer_is_asked()) {
		/* The flag before the question. */
		rmb();
		op = &raw_front->page->aer_op;
		seq_printf(s, "%u %u %u\n", op->cmd, op->devfn, op->err);
	} else {
		seq_puts(s, "none\n");
	}
	mutex_unlock(&raw_lock);
	return 0;
}

static int aer_open(struct inode *inode, struct file *file)
{
	return single_open(file, aer_show, NULL);
}

const struct file_operations raw_aer_fops = {
	.owner = THIS_MODULE,
	.open = aer_open,
	.read = seq_read,
	.write = aer_write,
	.llseek = seq_lseek,
	.release = single_release,
};
