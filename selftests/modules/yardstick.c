// SPDX-License-Identifier: GPL-2.0
/*
 * yardstick - what a backend's figures are held against
 *
 * Loaded in dom0; files in /sys/kernel/debug/yardstick:
 *
 *	config	echo DDDD:BB:SS.F OFFSET SIZE COUNT > config; cat config
 *		how long that many reads of the device itself take, from the kernel,
 *		as "asked N errors N ns N p50 N p99 N max N late 0"
 *	running	nanoseconds that the virtual CPUs of dom0 have had a real one, all
 *		together
 */
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/xen/hypercall.h>
#include <xen/interface/vcpu.h>
#include <xen/xen.h>
#include <xen/xen-ops.h>

#include "figures.h"

#define YARD_MAX	100000u

static struct dentry *yard_dir;

/* Guards what comes of it. */
static DEFINE_MUTEX(yard_lock);
static struct figures yard_config;

static int yard_read(struct pci_dev *dev, int offset, int size)
{
	u32 dword;
	u16 word;
	u8 byte;

	switch (size) {
	case 1:
		return pci_read_config_byte(dev, offset, &byte);
	case 2:
		return pci_read_config_word(dev, offset, &word);
	default:
		return pci_read_config_dword(dev, offset, &dword);
	}
}

static int yard_measure(struct pci_dev *dev, int offset, int size, u32 count)
{
	u32 *took = kvmalloc_array(count, sizeof(*took), GFP_KERNEL);
	u64 first = ktime_get_ns(), began;
	u32 i;

	if (!took)
		return -ENOMEM;
	memset(&yard_config, 0, sizeof(yard_config));
	for (i = 0; i < count; i++) {
		began = ktime_get_ns();
		if (yard_read(dev, offset, size))
			yard_config.errors++;
		took[i] = min_t(u64, ktime_get_ns() - began, U32_MAX);
		cond_resched();
	}
	yard_config.ns = ktime_get_ns() - first;
	figures_make(&yard_config, took, count);
	kvfree(took);
	return 0;
}

static ssize_t yard_config_write(struct file *file, const char __user *buf,
				 size_t len, loff_t *pos)
{
	unsigned int domain, bus, slot, func, offset, size, count;
	struct pci_dev *dev;
	char line[64];
	int err;

	if (len >= sizeof(line))
		return -E2BIG;
	if (copy_from_user(line, buf, len))
		return -EFAULT;
	line[len] = 0;
	if (sscanf(line, "%x:%x:%x.%x %i %i %i", &domain, &bus, &slot, &func,
		   &offset, &size, &count) != 7 || !count || count > YARD_MAX)
		return -EINVAL;
	dev = pci_get_domain_bus_and_slot(domain, bus, PCI_DEVFN(slot, func));
	if (!dev)
		return -ENODEV;
	mutex_lock(&yard_lock);
	err = yard_measure(dev, offset, size, count);
	mutex_unlock(&yard_lock);
	pci_dev_put(dev);
	return err ?: len;
}

static int yard_config_show(struct seq_file *s, void *unused)
{
	mutex_lock(&yard_lock);
	figures_show(s, &yard_config);
	mutex_unlock(&yard_lock);
	return 0;
}

static int yard_config_open(struct inode *inode, struct file *file)
{
	return single_open(file, yard_config_show, NULL);
}

static const struct file_operations yard_config_fops = {
	.owner = THIS_MODULE,
	.open = yard_config_open,
	.read = seq_read,
	.write = yard_config_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int yard_running_show(struct seq_file *s, void *unused)
{
	struct vcpu_runstate_info info;
	u64 sum = 0;
	int cpu, err;

	for_each_online_cpu(cpu) {
		err = HYPERVISOR_vcpu_op(VCPUOP_get_runstate_info,
					 xen_vcpu_nr(cpu), &info);
		if (err)
			return err;
		sum += info.time[RUNSTATE_running];
	}
	seq_printf(s, "%llu\n", sum);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(yard_running);

static int __init yard_init(void)
{
	if (!xen_initial_domain())
		return -ENODEV;
	yard_dir = debugfs_create_dir("yardstick", NULL);
	debugfs_create_file("config", 0600, yard_dir, NULL, &yard_config_fops);
	debugfs_create_file("running", 0400, yard_dir, NULL, &yard_running_fops);
	return 0;
}

static void __exit yard_exit(void)
{
	debugfs_remove(yard_dir);
}

module_init(yard_init);
module_exit(yard_exit);

MODULE_DESCRIPTION("Measures what a Xen PCI backend is held against");
MODULE_LICENSE("GPL");
