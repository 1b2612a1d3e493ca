// SPDX-License-Identifier: GPL-2.0
/*
 * raw_keys - xenstore without a process for each look
 *
 *	echo write PATH VALUE [PATH VALUE...] > /sys/kernel/debug/rawfront/keys
 *	echo rm PATH [PATH...] > /sys/kernel/debug/rawfront/keys
 *	echo ls PATH > /sys/kernel/debug/rawfront/keys
 *	cat /sys/kernel/debug/rawfront/keys
 *
 * What is written or removed at once is one transaction. ls is answered by
 * "PATH VALUE" of the key and of those right below; by nothing where there is none.
 */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <xen/xenbus.h>

#include "raw.h"

#define KEYS_LINE	2048
#define KEYS_WORDS	32

/* The answer, and its lock. */
static DEFINE_MUTEX(keys_lock);
static char keys_text[4096];
static size_t keys_len;

/* One line of the answer; a key that is not there is none. */
static void keys_list(const char *dir, const char *node)
{
	char *value = xenbus_read(XBT_NIL, dir, node, NULL);

	if (IS_ERR(value))
		return;
	keys_len += scnprintf(keys_text + keys_len,
			      sizeof(keys_text) - keys_len, "%s%s%s %s\n", dir,
			      *node ? "/" : "", node, value);
	kfree(value);
}

static int keys_ls(const char *path)
{
	unsigned int i, n;
	char **below;

	keys_len = 0;
	keys_list(path, "");
	below = xenbus_directory(XBT_NIL, path, "", &n);
	if (IS_ERR(below))
		return PTR_ERR(below) == -ENOENT ? 0 : PTR_ERR(below);
	for (i = 0; i < n; i++)
		keys_list(path, below[i]);
	kfree(below);
	return 0;
}

/*
 * One transaction, from its start again as long as others change what it read.
 * Context: process, sleeps. Return: 0, what change() failed with, or xenbus's
 * error.
 */
int raw_change(int (*change)(struct xenbus_transaction xbt, void *data),
	       void *data)
{
	struct xenbus_transaction xbt;
	int err, ended;

	do {
		err = xenbus_transaction_start(&xbt);
		if (err)
			return err;
		err = change(xbt, data);
		ended = xenbus_transaction_end(xbt, err);
	} while (!err && ended == -EAGAIN);
	return err ?: ended;
}

struct keys_words {
	char **word;
	unsigned int n;
};

static int keys_write(struct xenbus_transaction xbt, void *data)
{
	struct keys_words *keys = data;
	int err = keys->n % 2 ? -EINVAL : 0;
	unsigned int i;

	for (i = 0; i < keys->n && !err; i += 2)
		err = xenbus_write(xbt, keys->word[i], "", keys->word[i + 1]);
	return err;
}

static int keys_rm(struct xenbus_transaction xbt, void *data)
{
	struct keys_words *keys = data;
	unsigned int i;
	int err = 0;

	for (i = 0; i < keys->n && !err; i++) {
		err = xenbus_rm(xbt, keys->word[i], "");
		if (err == -ENOENT)
			err = 0;
	}
	return err;
}

static int keys_do(char **word, unsigned int n)
{
	struct keys_words rest = { word + 1, n - 1 };

	if (n == 2 && !strcmp(word[0], "ls"))
		return keys_ls(word[1]);
	if (n > 2 && !strcmp(word[0], "write"))
		return raw_change(keys_write, &rest);
	if (n > 1 && !strcmp(word[0], "rm"))
		return raw_change(keys_rm, &rest);
	return -EINVAL;
}

static ssize_t raw_keys_write(struct file *file, const char __user *buf,
			      size_t count, loff_t *pos)
{
	char *line, *rest, *word[KEYS_WORDS];
	unsigned int n = 0;
	int err;

	if (count >= KEYS_LINE)
		return -E2BIG;
	line = memdup_user_nul(buf, count);
	if (IS_ERR(line))
		return PTR_ERR(line);
	rest = strim(line);
	while (rest && n < ARRAY_SIZE(word))
		word[n++] = strsep(&rest, " ");
	mutex_lock(&keys_lock);
	err = rest ? -E2BIG : keys_do(word, n);
	mutex_unlock(&keys_lock);
	kfree(line);
	return err ?: count;
}

static ssize_t raw_keys_read(struct file *file, char __user *buf, size_t count,
			     loff_t *pos)
{
	ssize_t ret;

	mutex_lock(&keys_lock);
	ret = simple_read_from_buffer(buf, count, pos, keys_text, keys_len);
	mutex_unlock(&keys_lock);
	return ret;
}

const struct file_operations raw_keys_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = raw_keys_read,
	.write = raw_keys_write,
	.llseek = default_llseek,
};
