// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs - the report, a line for each node that has something to give
 *
 * PATH DRIVER ok|taken|no: REASONS
 *
 * "check" has that of one node only: whoever writes its path reads its line.
 */
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "debugfs.h"
#include "inspect.h"
#include "node.h"
#include "tree.h"

#define DEBUGFS_REPORT_SIZE	(256 << 10)

static struct dentry *debugfs_dir;

static void debugfs_driver(struct seq_file *s, struct device *dev)
{
	if (!dev) {
		seq_puts(s, " -");
		return;
	}
	device_lock(dev);
	seq_printf(s, " %s", dev->driver ? dev->driver->name : "-");
	device_unlock(dev);
}

static void debugfs_verdict(struct seq_file *s, struct device_node *np,
			    struct device *dev, const struct dtdev_tree *tree,
			    struct dtdev_report *report)
{
	struct dtdev_node *node = dtdev_node_find(np);

	if (node) {
		dtdev_node_put(node);
		seq_puts(s, " taken\n");
		return;
	}
	node = dtdev_node_find_below(np);
	if (node) {
		seq_printf(s, " no: %s below it has been taken\n", node->path);
		dtdev_node_put(node);
		return;
	}
	memset(report, 0, sizeof(*report));
	dtdev_inspect(np, dev, tree, report);
	if (report->reasons)
		seq_printf(s, " no: %s\n", report->text);
	else if (!dev && dtdev_tree_enabled(np))
		seq_puts(s, " no: dom0 has no device of it\n");
	else
		seq_puts(s, " ok\n");
}

static void debugfs_line(struct seq_file *s, struct device_node *np,
			 const struct dtdev_tree *tree,
			 struct dtdev_report *report)
{
	struct device *dev;
	char *path;

	if (!dtdev_inspect_has_resources(np))
		return;
	path = dtdev_tree_path(np);
	dev = dtdev_tree_device(np);
	seq_puts(s, path ?: "?");
	kfree(path);
	debugfs_driver(s, dev);
	debugfs_verdict(s, np, dev, tree, report);
	put_device(dev);
}

static int report_show(struct seq_file *s, void *unused)
{
	struct dtdev_report *report;
	struct dtdev_tree tree;
	u32 i;
	int err;

	report = kmalloc(sizeof(*report), GFP_KERNEL);
	if (!report)
		return -ENOMEM;
	err = dtdev_tree_read(&tree);
	if (!err) {
		for (i = 0; i < tree.node_count; i++)
			debugfs_line(s, tree.nodes[i], &tree, report);
		dtdev_tree_free(&tree);
	}
	kfree(report);
	return err;
}

/* Who begins small goes through all nodes again and again until it fits. */
static int report_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, report_show, NULL, DEBUGFS_REPORT_SIZE);
}

static const struct file_operations report_fops = {
	.owner = THIS_MODULE,
	.open = report_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

/* Of the node that was asked for; no line, if none was or it has nothing to give. */
static int check_show(struct seq_file *s, void *unused)
{
	struct device_node *np = s->private;
	struct dtdev_report *report;
	struct dtdev_tree tree;
	int err;

	if (!np)
		return 0;
	report = kmalloc(sizeof(*report), GFP_KERNEL);
	if (!report)
		return -ENOMEM;
	err = dtdev_tree_read(&tree);
	if (!err) {
		debugfs_line(s, np, &tree, report);
		dtdev_tree_free(&tree);
	}
	kfree(report);
	return err;
}

static int check_open(struct inode *inode, struct file *file)
{
	return single_open(file, check_show, NULL);
}

static ssize_t check_write(struct file *file, const char __user *from, size_t count,
			   loff_t *at)
{
	struct seq_file *s = file->private_data;
	struct device_node *np;
	char *path;

	if (count > PATH_MAX)
		return -EINVAL;
	path = memdup_user_nul(from, count);
	if (IS_ERR(path))
		return PTR_ERR(path);
	np = of_find_node_by_path(strim(path));
	kfree(path);
	if (!np)
		return -ENOENT;
	mutex_lock(&s->lock);
	swap(np, *(struct device_node **)&s->private);
	mutex_unlock(&s->lock);
	of_node_put(np);
	return count;
}

static int check_release(struct inode *inode, struct file *file)
{
	struct seq_file *s = file->private_data;

	of_node_put(s->private);
	return single_release(inode, file);
}

static const struct file_operations check_fops = {
	.owner = THIS_MODULE,
	.open = check_open,
	.read = seq_read,
	.write = check_write,
	.llseek = seq_lseek,
	.release = check_release,
};

void dtdev_debugfs_init(void)
{
	debugfs_dir = debugfs_create_dir("xen-dtdev", NULL);
	debugfs_create_file("report", 0400, debugfs_dir, NULL, &report_fops);
	debugfs_create_file("check", 0600, debugfs_dir, NULL, &check_fops);
}

void dtdev_debugfs_exit(void)
{
	debugfs_remove(debugfs_dir);
}
