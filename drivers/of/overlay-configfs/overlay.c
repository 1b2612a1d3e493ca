// SPDX-License-Identifier: GPL-2.0
/*
 * overlay - all of them, and in which order they lie
 *
 * One mutex for everything here. Nothing that a guest has a hand in waits for
 * it: who writes here is this domain's administrator.
 */
#define pr_fmt(fmt) "dt-overlay: " fmt

#include <linux/configfs.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/firmware.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "apply.h"
#include "change.h"
#include "core/blob.h"
#include "overlay.h"

struct dtovl {
	struct list_head list;		/* in the order they were applied */
	struct config_item *item;	/* its directory; NULL: gone */
	const struct dtovl_ops *ops;	/* of that */
	struct dtovl_change change;
	char *path;			/* of the firmware; NULL: none */

	u8 head[8];			/* the blob's first bytes, until its size is known */
	u8 *data;			/* stays, to be applied again */
	u32 size, received;

	struct dtovl **below;		/* whose directories it holds */
	unsigned int below_count;

	char name[];
};

static DEFINE_MUTEX(overlay_lock);
static LIST_HEAD(overlay_applied);
static unsigned int overlay_count;	/* how many are applied */

static bool overlay_is_applied(const struct dtovl *overlay)
{
	return overlay->change.id;
}

/* One that was kept when its directory went. */
static struct dtovl *overlay_find_kept(const char *name)
{
	struct dtovl *overlay;

	list_for_each_entry(overlay, &overlay_applied, list)
		if (!overlay->item && !strcmp(overlay->name, name))
			return overlay;
	return NULL;
}

static struct dtovl *overlay_new(const char *name)
{
	size_t len = strlen(name);
	struct dtovl *overlay = kzalloc(struct_size(overlay, name, len + 1), GFP_KERNEL);

	if (!overlay)
		return NULL;
	memcpy(overlay->name, name, len);
	overlay->change.say.name = overlay->name;
	INIT_LIST_HEAD(&overlay->list);
	return overlay;
}

/*
 * For a new directory. Returns an overlay, which may be applied already, or an
 * error.
 */
struct dtovl *dtovl_open(const char *name, struct config_item *item,
			 const struct dtovl_ops *ops)
{
	struct dtovl *overlay;

	mutex_lock(&overlay_lock);
	overlay = overlay_find_kept(name);
	if (overlay)
		module_put(THIS_MODULE);
	else
		overlay = overlay_new(name);
	if (overlay) {
		overlay->item = item;
		overlay->ops = ops;
	}
	mutex_unlock(&overlay_lock);
	return overlay ?: ERR_PTR(-ENOMEM);
}

static void overlay_forget_blob(struct dtovl *overlay)
{
	kvfree(overlay->data);
	overlay->data = NULL;
	overlay->size = 0;
	overlay->received = 0;
}

/* For another one: of what was there, nothing is left. */
static void overlay_forget(struct dtovl *overlay)
{
	overlay_forget_blob(overlay);
	kfree(overlay->path);
	overlay->path = NULL;
}

/*
 * The directories of those below cannot be removed as long as this one is there.
 * Where that cannot be had, the kernel still refuses.
 */
static void overlay_hold_below(struct dtovl *overlay)
{
	struct dtovl *other;

	overlay->below = kcalloc(overlay_count, sizeof(*overlay->below), GFP_KERNEL);
	if (!overlay->below)
		return;
	list_for_each_entry(other, &overlay_applied, list)
		if (other->item &&
		    dtovl_touch_meet(&other->change.touch, &overlay->change.touch) &&
		    !other->ops->hold(other->item))
			overlay->below[overlay->below_count++] = other;
}

static void overlay_let_below_go(struct dtovl *overlay)
{
	while (overlay->below_count) {
		struct dtovl *other = overlay->below[--overlay->below_count];

		other->ops->let_go(other->item);
	}
	kfree(overlay->below);
	overlay->below = NULL;
}

static bool overlay_is_complete(const struct dtovl *overlay)
{
	return overlay->data && overlay->received == overlay->size;
}

static int overlay_apply(struct dtovl *overlay)
{
	int err;

	dtovl_say_forget(&overlay->change.say);
	err = dtovl_apply(&overlay->change, overlay->data, overlay->size);
	if (!overlay_is_applied(overlay)) {
		overlay_forget_blob(overlay);
		return err;
	}
	overlay_hold_below(overlay);
	list_add_tail(&overlay->list, &overlay_applied);
	overlay_count++;
	return err;
}

static void overlay_free(struct dtovl *overlay)
{
	overlay_forget(overlay);
	dtovl_say_forget(&overlay->change.say);
	kfree(overlay);
}

static int overlay_unapply(struct dtovl *overlay)
{
	int err;

	if (!overlay_is_applied(overlay))
		return 0;
	err = dtovl_remove(&overlay->change);
	if (err)
		return err;
	overlay_let_below_go(overlay);
	list_del_init(&overlay->list);
	overlay_count--;
	return 0;
}

/*
 * Its directory is gone: it is removed from the tree, if its user @may. May sleep
 * long.
 */
void dtovl_close(struct dtovl *overlay, bool may)
{
	int err;

	mutex_lock(&overlay_lock);
	overlay->item = NULL;
	err = may || !overlay_is_applied(overlay) ? overlay_unapply(overlay) : -EPERM;
	if (err) {
		/* configfs cannot be told any more, but the module must stay. */
		__module_get(THIS_MODULE);
		pr_err("%s: error %d: it stays applied; to try again, make its directory anew and remove that\n",
		       overlay->name, err);
	} else {
		overlay_free(overlay);
	}
	mutex_unlock(&overlay_lock);
}

static int overlay_refuse(struct dtovl *overlay, int err, const char *why)
{
	overlay_forget_blob(overlay);
	return dtovl_refuse(&overlay->change.say, err, "%s", why);
}

/* The size is in the first bytes. Returns 0, -EAGAIN: not yet, or -errno. */
static int overlay_receive_head(struct dtovl *overlay, const u8 **data, u32 *len)
{
	u32 part = min_t(u32, *len, sizeof(overlay->head) - overlay->received);
	int err;

	memcpy(overlay->head + overlay->received, *data, part);
	overlay->received += part;
	*data += part;
	*len -= part;
	err = dtovl_blob_size(overlay->head, overlay->received, &overlay->size);
	if (err == -EINVAL)
		return overlay_refuse(overlay, err, "it is no flattened device tree");
	if (err == -EFBIG)
		return overlay_refuse(overlay, err, "it is larger than 1 MiB, says its header");
	if (err)
		return err;
	overlay->data = kvmalloc(overlay->size, GFP_KERNEL);
	if (!overlay->data)
		return overlay_refuse(overlay, -ENOMEM, "out of memory");
	memcpy(overlay->data, overlay->head, overlay->received);
	return 0;
}

/* Adds a piece, and applies what is complete. */
static int overlay_receive(struct dtovl *overlay, const u8 *data, u32 len)
{
	u32 part;
	int err;

	if (overlay_is_applied(overlay)) {
		dtovl_say_forget(&overlay->change.say);
		return dtovl_refuse(&overlay->change.say, -EPERM,
				    "one is applied by way of this directory");
	}
	if (overlay_is_complete(overlay))
		overlay_forget(overlay);
	if (!overlay->received)
		dtovl_say_forget(&overlay->change.say);
	if (!overlay->data) {
		err = overlay_receive_head(overlay, &data, &len);
		if (err)
			return err == -EAGAIN ? 0 : err;
	}
	part = min(len, overlay->size - overlay->received);
	if (len > part)
		pr_info("%s: %u bytes behind the overlay are left out\n", overlay->name,
			len - part);
	memcpy(overlay->data + overlay->received, data, part);
	overlay->received += part;
	return overlay_is_complete(overlay) ? overlay_apply(overlay) : 0;
}

/*
 * The next @len bytes of the blob. May sleep long. Returns 0, -EPERM (it is applied
 * already), or why what is complete now could not be applied.
 */
int dtovl_receive(struct dtovl *overlay, const void *data, u32 len)
{
	int err;

	mutex_lock(&overlay_lock);
	err = overlay_receive(overlay, data, len);
	mutex_unlock(&overlay_lock);
	return err;
}

static int overlay_load(struct dtovl *overlay, const struct firmware *firmware)
{
	u32 size;
	int err;

	overlay_forget_blob(overlay);
	dtovl_say_forget(&overlay->change.say);
	err = dtovl_blob_size(firmware->data, firmware->size, &size);
	if (err == -EFBIG)
		return overlay_refuse(overlay, err, "it is larger than 1 MiB");
	if (err || size > firmware->size)
		return overlay_refuse(overlay, -EINVAL,
				      "it is no flattened device tree, or shorter than its header says");
	return overlay_receive(overlay, firmware->data, firmware->size);
}

/*
 * Applies the firmware file of that name. May sleep long. Returns 0, -EPERM (it is
 * applied already), what the firmware loader returns, or why it could not be
 * applied.
 */
int dtovl_load(struct dtovl *overlay, const char *name)
{
	const struct firmware *firmware = NULL;
	char *path = kstrdup(name, GFP_KERNEL);
	int err;

	if (!path)
		return -ENOMEM;
	err = request_firmware_direct(&firmware, name, NULL);
	mutex_lock(&overlay_lock);
	if (overlay_is_applied(overlay)) {
		err = err ?: -EPERM;
	} else if (err) {
		dtovl_say_forget(&overlay->change.say);
		dtovl_refuse(&overlay->change.say, err, "there is no firmware file %s", name);
	} else {
		swap(overlay->path, path);
		err = overlay_load(overlay, firmware);
		if (!overlay_is_applied(overlay))
			swap(overlay->path, path);
	}
	mutex_unlock(&overlay_lock);
	release_firmware(firmware);
	kfree(path);
	return err;
}

ssize_t dtovl_print_status(struct dtovl *overlay, char *page)
{
	ssize_t len;

	mutex_lock(&overlay_lock);
	len = sysfs_emit(page, "%s\n", overlay_is_applied(overlay) ? "applied" : "unapplied");
	mutex_unlock(&overlay_lock);
	return len;
}

/*
 * Takes an applied one out of the tree, its directory and its blob staying, or applies
 * it again. May sleep long. Returns 0, also if it is so already, -ENODATA: there is
 * none, or why it could not be done.
 */
int dtovl_switch(struct dtovl *overlay, bool on)
{
	int err = 0;

	mutex_lock(&overlay_lock);
	if (!on)
		err = overlay_unapply(overlay);
	else if (overlay_is_applied(overlay))
		err = 0;
	else if (overlay_is_complete(overlay))
		err = overlay_apply(overlay);
	else
		err = -ENODATA;
	mutex_unlock(&overlay_lock);
	return err;
}

/* Why the last blob was refused, or what is missing of one. */
ssize_t dtovl_print_error(struct dtovl *overlay, char *page)
{
	const char *text;
	ssize_t len;

	mutex_lock(&overlay_lock);
	text = overlay->change.say.text;
	if (text)
		len = sysfs_emit(page, "%s\n", text);
	else if (overlay->data && !overlay_is_complete(overlay))
		len = sysfs_emit(page, "incomplete: %u of %u bytes\n", overlay->received,
				 overlay->size);
	else if (!overlay->data && overlay->received)
		len = sysfs_emit(page, "incomplete: %u bytes\n", overlay->received);
	else
		len = sysfs_emit(page, "none\n");
	mutex_unlock(&overlay_lock);
	return len;
}

ssize_t dtovl_print_path(struct dtovl *overlay, char *page)
{
	ssize_t len;

	mutex_lock(&overlay_lock);
	len = sysfs_emit(page, "%s\n", overlay->path ?: "");
	mutex_unlock(&overlay_lock);
	return len;
}

/* The names of those that have to be removed before. */
ssize_t dtovl_print_on_top(struct dtovl *overlay, char *page)
{
	struct dtovl *other = overlay;
	struct seq_buf s;

	seq_buf_init(&s, page, PAGE_SIZE);
	mutex_lock(&overlay_lock);
	if (overlay_is_applied(overlay))
		list_for_each_entry_continue(other, &overlay_applied, list)
			if (dtovl_touch_meet(&other->change.touch, &overlay->change.touch))
				seq_buf_printf(&s, "%s\n", other->name);
	mutex_unlock(&overlay_lock);
	return seq_buf_used(&s);
}
