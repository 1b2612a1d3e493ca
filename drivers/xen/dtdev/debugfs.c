// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs - the report, a line for each node that has something to give
 *
 * PATH DRIVER ok|taken|no: REASONS
 */
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/of.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "debugfs.h"
#include "inspect.h"
#include "node.h"
#include "tree.h"

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
DEFINE_SHOW_ATTRIBUTE(report);

void dtdev_debugfs_init(void)
{
	debugfs_dir = debugfs_create_dir("xen-dtdev", NULL);
	debugfs_create_file("report", 0400, debugfs_dir, NULL, &report_fops);
}

void dtdev_debugfs_exit(void)
{
	debugfs_remove(debugfs_dir);
}
