// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_driver - the driver's attributes; Documentation/ABI tells of each
 */
#include <linux/device/driver.h>
#include <linux/seq_buf.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "core/bdf.h"
#include "host/function.h"
#include "host/hide.h"
#include "host/clean.h"
#include "host/quirks.h"
#include "host/registry.h"
#include "host/stub.h"
#include "sysfs.h"

static ssize_t new_slot_store(struct device_driver *driver, const char *buf,
			      size_t count)
{
	int err = pciback_hide_add(buf, count);

	pciback_stub_takeover();
	return err ?: count;
}
static DRIVER_ATTR_WO(new_slot);

static ssize_t remove_slot_store(struct device_driver *driver, const char *buf,
				 size_t count)
{
	int err = pciback_hide_remove(buf, count);

	return err ?: count;
}
static DRIVER_ATTR_WO(remove_slot);

static ssize_t slots_show(struct device_driver *driver, char *buf)
{
	return pciback_hide_show_slots(buf, PAGE_SIZE);
}
static DRIVER_ATTR_RO(slots);

static ssize_t hide_status_show(struct device_driver *driver, char *buf)
{
	return pciback_hide_show_status(buf, PAGE_SIZE);
}
static DRIVER_ATTR_RO(hide_status);

/* Writing "BDF" turns it on, "-BDF" off; reading lists where it is on. */
static ssize_t permissive_store(struct device_driver *driver, const char *buf,
				size_t count)
{
	bool on = buf[0] != '-';
	struct pciback_bdf bdf;
	struct pciback_fn *fn;

	if (pciback_bdf_parse_line(buf + !on, count - !on, &bdf))
		return -EINVAL;
	fn = pciback_registry_find(bdf);
	if (!fn)
		return -ENODEV;
	if (on && !READ_ONCE(fn->permissive))
		pci_warn(fn->dev, "permissive: the guest may write registers that no table covers\n");
	WRITE_ONCE(fn->permissive, on);
	pciback_fn_put(fn);
	return count;
}

/*
 * Lists for which each function has a line, or none: @want says which. The text
 * is the address.
 */
static ssize_t sysfs_list(char *buf, bool (*want)(const struct pciback_fn *fn))
{
	char text[PCIBACK_BDF_STRLEN];
	struct pciback_fn *fn;
	unsigned long key;
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE);
	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		if (want(fn)) {
			pciback_bdf_format(fn->bdf, text);
			seq_buf_printf(&s, "%s\n", text);
		}
		pciback_fn_put(fn);
	}
	return seq_buf_used(&s);
}

static bool sysfs_is_permissive(const struct pciback_fn *fn)
{
	return READ_ONCE(fn->permissive);
}

static ssize_t permissive_show(struct device_driver *driver, char *buf)
{
	return sysfs_list(buf, sysfs_is_permissive);
}
static DRIVER_ATTR_RW(permissive);

/* Writing "BDF" lets its guest switch message interrupts and INTx itself. */
static ssize_t allow_interrupt_control_store(struct device_driver *driver,
					     const char *buf, size_t count)
{
	struct pciback_bdf bdf;
	struct pciback_fn *fn;

	if (pciback_bdf_parse_line(buf, count, &bdf))
		return -EINVAL;
	fn = pciback_registry_find(bdf);
	if (!fn)
		return -ENODEV;
	WRITE_ONCE(fn->allow_interrupt_control, true);
	pciback_fn_put(fn);
	return count;
}

static bool sysfs_is_interrupt_control(const struct pciback_fn *fn)
{
	return READ_ONCE(fn->allow_interrupt_control);
}

static ssize_t allow_interrupt_control_show(struct device_driver *driver,
					    char *buf)
{
	return sysfs_list(buf, sysfs_is_interrupt_control);
}
static DRIVER_ATTR_RW(allow_interrupt_control);

static ssize_t quirks_store(struct device_driver *driver, const char *buf,
			    size_t count)
{
	int err = pciback_quirks_write(buf, count);

	return err ?: count;
}

static ssize_t quirks_show(struct device_driver *driver, char *buf)
{
	struct pciback_fn *fn;
	unsigned long key;
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE);
	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		pciback_quirks_show(fn, &s);
		pciback_fn_put(fn);
	}
	return seq_buf_used(&s);
}
static DRIVER_ATTR_RW(quirks);

/* "BDF:on|off:[not ]acking:COUNT", of the stand-in handlers for INTx. */
static ssize_t irq_handlers_show(struct device_driver *driver, char *buf)
{
	struct pciback_fn *fn;
	unsigned long key;
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE);
	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		seq_buf_printf(&s, "%s:%s:%sing:%ld\n", pci_name(fn->dev),
			       READ_ONCE(fn->intx.on) ? "on" : "off",
			       READ_ONCE(fn->intx.ack) ? "ack" : "not ack",
			       READ_ONCE(fn->intx.handled));
		pciback_fn_put(fn);
	}
	return seq_buf_used(&s);
}
static DRIVER_ATTR_RO(irq_handlers);

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
	WRITE_ONCE(fn->intx.ack, !READ_ONCE(fn->intx.ack));
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
	err = pciback_stub_return(bdf);
	return err ?: count;
}

/* DRIVER_ATTR_WO() would want a variable of this name. */
static struct driver_attribute driver_attr_return_bdf =
	__ATTR(return, 0200, NULL, return_store);

static struct attribute *sysfs_driver_attrs[] = {
	&driver_attr_new_slot.attr,
	&driver_attr_remove_slot.attr,
	&driver_attr_slots.attr,
	&driver_attr_hide_status.attr,
	&driver_attr_permissive.attr,
	&driver_attr_allow_interrupt_control.attr,
	&driver_attr_quirks.attr,
	&driver_attr_irq_handlers.attr,
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
	NULL
};
