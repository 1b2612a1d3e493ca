// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_list - the driver's attributes that list things
 *
 * A list may be longer than a page, where sysfs cuts what an ordinary attribute
 * shows. So these are binary attributes, of text: a reader gets on with its next
 * read where the last one ended. The text is made anew for each read.
 */
#include <linux/device/driver.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <linux/sysfs.h>

#include "core/bdf.h"
#include "core/quirk.h"
#include "fn/function.h"
#include "fn/power.h"
#include "fn/quirks.h"
#include "host/hide_status.h"
#include "host/registry.h"
#include "sysfs.h"

struct sysfs_list {
	struct bin_attribute bin;
	int (*show)(struct seq_buf *s);
	/* Takes one write, NULL where the list is only read. 0 or -errno. */
	int (*store)(const char *buf, size_t count);
};

/* Beyond any list that is of use, below what could hurt. */
#define SYSFS_LIST_MAX	SZ_16M

/* Copies what the whole text has from @off on. Returns the length or -errno. */
static ssize_t sysfs_list_copy(const struct sysfs_list *list, char *buf,
			       loff_t off, size_t count, size_t size)
{
	char *text = kvmalloc(size, GFP_KERNEL);
	struct seq_buf s;
	ssize_t len;

	if (!text)
		return -ENOMEM;
	seq_buf_init(&s, text, size);
	len = list->show(&s);
	if (!len && seq_buf_has_overflowed(&s))
		len = -EFBIG;
	if (!len)
		len = memory_read_from_buffer(buf, count, &off, text,
					      seq_buf_used(&s));
	kvfree(text);
	return len;
}

static ssize_t sysfs_list_read(struct file *file, struct kobject *kobj,
			       XPT_BIN_CONST struct bin_attribute *attr,
			       char *buf, loff_t off, size_t count)
{
	const struct sysfs_list *list = container_of(attr, struct sysfs_list, bin);
	ssize_t len = -EFBIG;
	size_t size;

	for (size = PAGE_SIZE; len == -EFBIG && size <= SYSFS_LIST_MAX; size *= 2)
		len = sysfs_list_copy(list, buf, off, count, size);
	return len;
}

static ssize_t sysfs_list_write(struct file *file, struct kobject *kobj,
				XPT_BIN_CONST struct bin_attribute *attr,
				char *buf, loff_t off, size_t count)
{
	const struct sysfs_list *list = container_of(attr, struct sysfs_list, bin);
	/* Its mode can be changed, what it does cannot. */
	int err = list->store ? list->store(buf, count) : -EPERM;

	return err ?: count;
}

#define SYSFS_LIST(_name, _mode, _show, _store)				\
static struct sysfs_list sysfs_##_name = {				\
	.bin = {							\
		.attr = { .name = __stringify(_name), .mode = _mode },	\
		.read = sysfs_list_read,				\
		.write = sysfs_list_write,				\
	},								\
	.show = _show,							\
	.store = _store,						\
}

/* A list with something to say of each function, in order of address. */
static int sysfs_each(struct seq_buf *s,
		      void (*say)(struct pciback_fn *fn, struct seq_buf *s))
{
	struct pciback_fn *fn;
	unsigned long key;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		say(fn, s);
		pciback_fn_put(fn);
	}
	return 0;
}

static void sysfs_say_address(const struct pciback_fn *fn, struct seq_buf *s)
{
	char text[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(fn->bdf, text);
	seq_buf_printf(s, "%s\n", text);
}

SYSFS_LIST(slots, 0444, pciback_hide_show_slots, NULL);
SYSFS_LIST(hide_status, 0444, pciback_hide_show_status, NULL);

/* Writing "BDF" turns it on, "-BDF" off; reading lists where it is on. */
static int permissive_store(const char *buf, size_t count)
{
	bool on = buf[0] != '-';
	struct pciback_fn *fn = pciback_registry_find_line(buf + !on, count - !on);

	if (IS_ERR(fn))
		return PTR_ERR(fn);
	if (on && !READ_ONCE(fn->permissive))
		pci_warn(fn->dev, "permissive: the guest may write registers that no table covers\n");
	WRITE_ONCE(fn->permissive, on);
	pciback_fn_put(fn);
	return 0;
}

static void permissive_say(struct pciback_fn *fn, struct seq_buf *s)
{
	if (READ_ONCE(fn->permissive))
		sysfs_say_address(fn, s);
}

static int permissive_show(struct seq_buf *s)
{
	return sysfs_each(s, permissive_say);
}

SYSFS_LIST(permissive, 0644, permissive_show, permissive_store);

/* Writing "BDF" lets its guest switch message interrupts and INTx itself. */
static int allow_interrupt_control_store(const char *buf, size_t count)
{
	struct pciback_fn *fn = pciback_registry_find_line(buf, count);

	if (IS_ERR(fn))
		return PTR_ERR(fn);
	WRITE_ONCE(fn->allow_interrupt_control, true);
	pciback_fn_put(fn);
	return 0;
}

static void allow_interrupt_control_say(struct pciback_fn *fn, struct seq_buf *s)
{
	if (READ_ONCE(fn->allow_interrupt_control))
		sysfs_say_address(fn, s);
}

static int allow_interrupt_control_show(struct seq_buf *s)
{
	return sysfs_each(s, allow_interrupt_control_say);
}

SYSFS_LIST(allow_interrupt_control, 0644, allow_interrupt_control_show,
	   allow_interrupt_control_store);

/*
 * Functions that sleep while dom0 does. Those without a bridge's part do so anyway, so
 * there is nothing to turn on.
 */
static int qubes_exp_pm_suspend_store(const char *buf, size_t count)
{
	struct pciback_fn *fn = pciback_registry_find_line(buf, count);

	if (IS_ERR(fn))
		return PTR_ERR(fn);
	pciback_fn_put(fn);
	return 0;
}

static void qubes_exp_pm_suspend_say(struct pciback_fn *fn, struct seq_buf *s)
{
	if (pciback_power_sleeps(fn))
		sysfs_say_address(fn, s);
}

static int qubes_exp_pm_suspend_show(struct seq_buf *s)
{
	return sysfs_each(s, qubes_exp_pm_suspend_say);
}

SYSFS_LIST(qubes_exp_pm_suspend, 0644, qubes_exp_pm_suspend_show,
	   qubes_exp_pm_suspend_store);

/* Writing "BDF" has a bridge do so, too. */
static int qubes_exp_pm_suspend_force_store(const char *buf, size_t count)
{
	struct pciback_fn *fn = pciback_registry_find_line(buf, count);

	if (IS_ERR(fn))
		return PTR_ERR(fn);
	pciback_power_force(fn);
	pciback_fn_put(fn);
	return 0;
}

static void qubes_exp_pm_suspend_force_say(struct pciback_fn *fn, struct seq_buf *s)
{
	if (READ_ONCE(fn->sleeps))
		sysfs_say_address(fn, s);
}

static int qubes_exp_pm_suspend_force_show(struct seq_buf *s)
{
	return sysfs_each(s, qubes_exp_pm_suspend_force_say);
}

SYSFS_LIST(qubes_exp_pm_suspend_force, 0644, qubes_exp_pm_suspend_force_show,
	   qubes_exp_pm_suspend_force_store);

static int quirks_show(struct seq_buf *s)
{
	return sysfs_each(s, pciback_quirks_show);
}

/*
 * One line: [DDDD:]BB:SS.F-REG:SIZE:MASK adds, with a '-' before it removes.
 * Returns 0, -EINVAL (malformed, or beyond the function's space),
 * -ENODEV (not ours), -EPERM (must stay the host's), -ENOSPC (too many), -ENOENT
 * (nothing to remove).
 */
static int quirks_store(const char *buf, size_t count)
{
	bool remove = count && *buf == '-';
	struct pciback_quirk quirk;
	struct pciback_bdf bdf;
	struct pciback_fn *fn;
	int err;

	err = pciback_quirk_parse(buf + remove, count - remove, &bdf, &quirk);
	if (err)
		return err;
	fn = pciback_registry_find(bdf);
	if (!fn)
		return -ENODEV;
	if (remove)
		err = pciback_quirks_remove(fn, &quirk);
	else
		err = pciback_quirks_add(fn, &quirk);
	pciback_fn_put(fn);
	return err;
}

SYSFS_LIST(quirks, 0644, quirks_show, quirks_store);

/* "BDF:on|off:[not ]acking:COUNT", of the stand-in handlers for INTx. */
static void irq_handlers_say(struct pciback_fn *fn, struct seq_buf *s)
{
	seq_buf_printf(s, "%s:%s:%sing:%ld\n", pci_name(fn->dev),
		       READ_ONCE(fn->intx.on) ? "on" : "off",
		       READ_ONCE(fn->intx.ack) ? "ack" : "not ack",
		       READ_ONCE(fn->intx.handled));
}

static int irq_handlers_show(struct seq_buf *s)
{
	return sysfs_each(s, irq_handlers_say);
}

SYSFS_LIST(irq_handlers, 0444, irq_handlers_show, NULL);

static XPT_BIN_CONST struct bin_attribute *XPT_BIN_CONST sysfs_lists[] = {
	&sysfs_slots.bin,
	&sysfs_hide_status.bin,
	&sysfs_permissive.bin,
	&sysfs_allow_interrupt_control.bin,
	&sysfs_qubes_exp_pm_suspend.bin,
	&sysfs_qubes_exp_pm_suspend_force.bin,
	&sysfs_quirks.bin,
	&sysfs_irq_handlers.bin,
	NULL
};

const struct attribute_group pciback_sysfs_list_group = {
	.bin_attrs = sysfs_lists,
};
