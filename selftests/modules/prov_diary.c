// SPDX-License-Identifier: GPL-2.0
/* prov_diary - what was done, in the order it was done */
#include <linux/debugfs.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>

#include "provider.h"

static DEFINE_MUTEX(diary_lock);
static char diary_text[4096];
static size_t diary_len;

void diary_write(const char *what, unsigned int number, const char *how)
{
	mutex_lock(&diary_lock);
	diary_len += scnprintf(diary_text + diary_len,
			       sizeof(diary_text) - diary_len, "%s%u %s\n",
			       what, number, how);
	mutex_unlock(&diary_lock);
}

static int diary_show(struct seq_file *s, void *unused)
{
	mutex_lock(&diary_lock);
	seq_write(s, diary_text, diary_len);
	mutex_unlock(&diary_lock);
	return 0;
}

static int diary_open(struct inode *inode, struct file *file)
{
	return single_open(file, diary_show, NULL);
}

static ssize_t diary_clear(struct file *file, const char __user *buf,
			   size_t count, loff_t *at)
{
	mutex_lock(&diary_lock);
	diary_len = 0;
	mutex_unlock(&diary_lock);
	return count;
}

static const struct file_operations diary_fops = {
	.owner = THIS_MODULE,
	.open = diary_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.write = diary_clear,
	.release = single_release,
};

void diary_show_in(struct dentry *dir)
{
	debugfs_create_file("diary", 0600, dir, NULL, &diary_fops);
}
