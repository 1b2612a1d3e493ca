// SPDX-License-Identifier: GPL-2.0
/*
 * touch - keeps paths, not nodes: nodes come and go
 */
#include <linux/errno.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/paths.h"
#include "touch.h"

/* Returns 0, -EEXIST (it is there already), or -ENOMEM. Takes both strings. */
static int touch_add(struct dtovl_touch *touch, char *path, char *prop)
{
	struct dtovl_touch_entry *grown;
	unsigned int i;
	int err = -EEXIST;

	for (i = 0; i < touch->count; i++)
		if (!strcmp(touch->entries[i].path, path) &&
		    !strcmp(touch->entries[i].prop ?: "", prop ?: ""))
			goto err_strings;
	if (touch->count == touch->room) {
		err = -ENOMEM;
		grown = krealloc_array(touch->entries, touch->room * 2 + 16,
				       sizeof(*grown), GFP_KERNEL);
		if (!grown)
			goto err_strings;
		touch->entries = grown;
		touch->room = touch->room * 2 + 16;
	}
	touch->entries[touch->count++] = (struct dtovl_touch_entry){ path, prop };
	return 0;

err_strings:
	kfree(path);
	kfree(prop);
	return err;
}

/* A node called @name comes into being below @parent. */
int dtovl_touch_node(struct dtovl_touch *touch, struct device_node *parent,
		     const char *name)
{
	char *path = kasprintf(GFP_KERNEL, "%pOF/%s", parent, name);

	if (!path)
		return -ENOMEM;
	/* The root's own path is "/", or nothing, as the kernel likes it. */
	if (path[1] == '/')
		memmove(path, path + 1, strlen(path));
	return touch_add(touch, path, NULL);
}

/* A property of @np is set. */
int dtovl_touch_prop(struct dtovl_touch *touch, struct device_node *np,
		     const char *prop)
{
	char *path = kasprintf(GFP_KERNEL, "%pOF", np);
	char *copy = kstrdup(prop, GFP_KERNEL);

	if (!path || !copy) {
		kfree(path);
		kfree(copy);
		return -ENOMEM;
	}
	return touch_add(touch, path, copy);
}

/* Do they meet, so that the later one must go first? */
bool dtovl_touch_meet(const struct dtovl_touch *a, const struct dtovl_touch *b)
{
	unsigned int i, j;

	for (i = 0; i < a->count; i++)
		for (j = 0; j < b->count; j++)
			if (dtovl_paths_meet(a->entries[i].path, b->entries[j].path))
				return true;
	return false;
}

void dtovl_touch_free(struct dtovl_touch *touch)
{
	while (touch->count) {
		touch->count--;
		kfree(touch->entries[touch->count].path);
		kfree(touch->entries[touch->count].prop);
	}
	kfree(touch->entries);
	*touch = (struct dtovl_touch){ };
}
