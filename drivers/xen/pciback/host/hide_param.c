// SPDX-License-Identifier: GPL-2.0
/*
 * hide_param - the parameter hide=, as long as it comes and as often as it is given, and
 * ids=, which is the same in the words of vfio-pci
 *
 * A value does not end what the one before it has begun, so each is kept apart.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "hide_param.h"

/* Before the module's init, and after its exit, nobody else is here. */
static char *values;
static size_t values_len;

/*
 * Where the driver is built in, values come before there is memory to be had: from the
 * kernel's command line, which stays, and has no room for more of them.
 */
#define HIDE_PARAM_EARLY_MAX	128

static struct {
	const char *value;
	int (*add)(const char *value);
} early[HIDE_PARAM_EARLY_MAX];

static unsigned int early_count;

static bool hide_param_is_early(void)
{
	return !__is_defined(MODULE) && !slab_is_available();
}

static int hide_param_add(const char *value)
{
	size_t len = strlen(value) + 1;
	char *more = kvmalloc(values_len + len, GFP_KERNEL);

	if (!more)
		return -ENOMEM;
	if (values)
		memcpy(more, values, values_len);
	memcpy(more + values_len, value, len);
	kvfree(values);
	values = more;
	values_len += len;
	return 0;
}

/*
 * ids= as vfio-pci has it: VVVV:DDDD[:SVSV:SDSD], separated by commas. Quotes around the
 * whole, which modprobe.d's lines may keep, go.
 */
static int hide_param_add_ids(const char *value)
{
	char *list = kstrdup(value, GFP_KERNEL), *rest = list, *id, *wish;
	int err = list ? 0 : -ENOMEM;

	while (!err && (id = strsep(&rest, ",'\""))) {
		if (!*id)
			continue;
		wish = kasprintf(GFP_KERNEL, "(id=%s)", id);
		err = wish ? hide_param_add(wish) : -ENOMEM;
		kfree(wish);
	}
	kfree(list);
	return err;
}

static int hide_param_take(const char *value, int (*add)(const char *value))
{
	if (!hide_param_is_early())
		return add(value);
	if (early_count == ARRAY_SIZE(early))
		return -ENOSPC;
	early[early_count].value = value;
	early[early_count++].add = add;
	return 0;
}

static int hide_param_set(const char *value, const struct kernel_param *kp)
{
	return hide_param_take(value, hide_param_add);
}

static int hide_param_set_ids(const char *value, const struct kernel_param *kp)
{
	return hide_param_take(value, hide_param_add_ids);
}

/* A page of it, a blank between values. */
static int hide_param_get(char *buffer, const struct kernel_param *kp)
{
	size_t len = min_t(size_t, values_len, PAGE_SIZE - 1), i;

	for (i = 0; i < len; i++)
		buffer[i] = values[i] ?: ' ';
	if (len == values_len && len)
		len--;
	buffer[len++] = '\n';
	return len;
}

static void hide_param_free(void *unused)
{
	kvfree(values);
	values = NULL;
	values_len = 0;
}

const struct kernel_param_ops pciback_hide_param_ops = {
	.set = hide_param_set,
	.get = hide_param_get,
	.free = hide_param_free,
};

const struct kernel_param_ops pciback_hide_ids_ops = {
	.set = hide_param_set_ids,
	.get = hide_param_get,
};

/* All values, each with the zero at its end, @len bytes. Returns 0 or -ENOMEM. */
int pciback_hide_param(const char **all, size_t *len)
{
	unsigned int i;
	int err;

	for (i = 0; i < early_count; i++) {
		err = early[i].add(early[i].value);
		if (err)
			return err;
	}
	early_count = 0;
	*all = values;
	*len = values_len;
	return 0;
}
