// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_driver - the driver's attributes that do things when written to
 */
#define pr_fmt(fmt) "pciback: " fmt

#include <linux/device/driver.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "core/bdf.h"
#include "fn/function.h"
#include "fn/intx.h"
#include "host/clean.h"
#include "host/hide.h"
#include "host/hide_status.h"
#include "host/owner.h"
#include "host/registry.h"
#include "host/return.h"
#include "host/stub.h"
#include "sysfs.h"

static ssize_t new_slot_store(struct device_driver *driver, const char *buf,
			      size_t count)
{
	int err;

	/* sysfs may have cut it off there, in the middle of a token. */
	if (count >= PAGE_SIZE)
		return -E2BIG;
	err = pciback_hide_add(buf, count);
	pciback_stub_takeover();
	pciback_hide_report();
	return err ?: count;
}
static DRIVER_ATTR_WO(new_slot);

/* Room for "id=", four numbers and colons between. */
#define SYSFS_ID_STRLEN	40

/* What the kernel's new_id takes, in this order; the first two must be there. */
enum sysfs_id {
	SYSFS_ID_VENDOR,
	SYSFS_ID_DEVICE,
	SYSFS_ID_SUBVENDOR,
	SYSFS_ID_SUBDEVICE,
	SYSFS_ID_CLASS,
	SYSFS_ID_CLASS_MASK,
	SYSFS_ID_DRIVER_DATA,
	SYSFS_IDS,
};

/* Fills @ids with the numbers in @line, which is changed. Returns 0 or -EINVAL. */
static int sysfs_parse_ids(char *line, u32 ids[SYSFS_IDS])
{
	unsigned int n = 0;
	char *word;

	while ((word = strsep(&line, " \t\n"))) {
		if (!*word)
			continue;
		if (n == SYSFS_IDS || kstrtou32(word, 16, &ids[n]))
			return -EINVAL;
		n++;
	}
	return n > SYSFS_ID_DEVICE ? 0 : -EINVAL;
}

/* Asks for all functions with @ids. Returns 0 or -errno, as pciback_hide_add(). */
static int sysfs_ask_for_ids(const u32 ids[SYSFS_IDS])
{
	char wish[SYSFS_ID_STRLEN];
	int len;

	if (ids[SYSFS_ID_CLASS_MASK]) {
		pr_warn("new_id takes no class: write (class=%06x) to new_slot\n",
			ids[SYSFS_ID_CLASS]);
		return -EINVAL;
	}
	len = scnprintf(wish, sizeof(wish), "id=%x:%x", ids[SYSFS_ID_VENDOR],
			ids[SYSFS_ID_DEVICE]);
	if (ids[SYSFS_ID_SUBVENDOR] != PCI_ANY_ID ||
	    ids[SYSFS_ID_SUBDEVICE] != PCI_ANY_ID)
		len += scnprintf(wish + len, sizeof(wish) - len, ":%x:%x",
				 ids[SYSFS_ID_SUBVENDOR], ids[SYSFS_ID_SUBDEVICE]);
	return pciback_hide_add(wish, len);
}

/*
 * "VVVV DDDD[ SVSV SDSD]", as drivers for vendors' devices have it: seizes those that are
 * free, now and later, and says who has the others.
 */
static ssize_t new_id_store(struct device_driver *driver, const char *buf,
			    size_t count)
{
	u32 ids[SYSFS_IDS] = {
		[SYSFS_ID_SUBVENDOR] = PCI_ANY_ID,
		[SYSFS_ID_SUBDEVICE] = PCI_ANY_ID,
	};
	char *line;
	int err;

	if (strnlen(buf, count) != count)
		return -EINVAL;
	line = kmemdup_nul(buf, count, GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	err = sysfs_parse_ids(line, ids);
	kfree(line);
	if (!err)
		err = sysfs_ask_for_ids(ids);
	if (err)
		return err;
	pciback_stub_takeover();
	err = pciback_stub_take_free();
	pciback_hide_report();
	return err ?: count;
}

const struct driver_attribute pciback_sysfs_new_id =
	__ATTR(new_id, 0200, NULL, new_id_store);

static ssize_t remove_slot_store(struct device_driver *driver, const char *buf,
				 size_t count)
{
	int err = pciback_hide_remove(buf, count);

	return err ?: count;
}
static DRIVER_ATTR_WO(remove_slot);

/* Writing "BDF" switches whether its handler answers for interrupts. */
static ssize_t irq_handler_state_store(struct device_driver *driver,
				       const char *buf, size_t count)
{
	struct pciback_bdf bdf;
	struct pciback_fn *fn;

	if (pciback_bdf_parse_line(buf, count, &bdf))
		return -EINVAL;
	fn = pciback_registry_find(bdf);
	if (!fn)
		return -ENOENT;
	pciback_intx_toggle(&fn->intx);
	pciback_fn_put(fn);
	return count;
}
static DRIVER_ATTR_WO(irq_handler_state);

/* Writing "BDF" resets it, by the best method that is safe. */
static ssize_t do_flr_store(struct device_driver *driver, const char *buf,
			    size_t count)
{
	struct pciback_bdf bdf;
	struct pciback_fn *fn;
	int err;

	if (pciback_bdf_parse_line(buf, count, &bdf))
		return -EINVAL;
	fn = pciback_registry_find(bdf);
	if (!fn)
		return -ENODEV;
	err = pciback_clean_on_request(fn);
	pciback_owner_await();
	pciback_fn_put(fn);
	return err ?: count;
}
static DRIVER_ATTR_WO(do_flr);

/* Writing "BDF" gives it back to the driver it came from. */
static ssize_t return_store(struct device_driver *driver, const char *buf,
			    size_t count)
{
	struct pciback_bdf bdf;
	int err;

	if (pciback_bdf_parse_line(buf, count, &bdf))
		return -EINVAL;
	err = pciback_return(bdf);
	return err ?: count;
}

/* DRIVER_ATTR_WO() would want a variable of this name. */
static struct driver_attribute driver_attr_return_bdf =
	__ATTR(return, 0200, NULL, return_store);

static struct attribute *sysfs_driver_attrs[] = {
	&driver_attr_new_slot.attr,
	&driver_attr_remove_slot.attr,
	&driver_attr_irq_handler_state.attr,
	&driver_attr_do_flr.attr,
	&driver_attr_return_bdf.attr,
	NULL
};

static const struct attribute_group sysfs_driver_group = {
	.attrs = sysfs_driver_attrs,
};

const struct attribute_group *pciback_sysfs_driver_groups[] = {
	&sysfs_driver_group,
	&pciback_sysfs_list_group,
	NULL
};
