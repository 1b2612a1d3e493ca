// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_device - <device>/pciback/, what is known of one seized function
 *
 * The group comes and goes with the driver, so drvdata is there while an
 * attribute is being read.
 */
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <linux/sysfs.h>

#include "core/bdf.h"
#include "fn/function.h"
#include "fn/quirks.h"
#include "host/isolation.h"
#include "host/owner.h"
#include "host/pages.h"
#include "host/together.h"
#include "sysfs.h"

static struct pciback_fn *sysfs_fn(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static const char *const sysfs_states[] = {
	[PCIBACK_FN_IDLE] = "idle",
	[PCIBACK_FN_ASSIGNED] = "assigned",
	[PCIBACK_FN_CLEANING] = "cleaning",
	[PCIBACK_FN_GONE] = "gone",
};

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	enum pciback_fn_state state = READ_ONCE(fn->custody.state);

	/* By somebody else than us, not who will hear that we have taken it. */
	if (state == PCIBACK_FN_IDLE && pciback_owner_is_guest(fn) &&
	    !READ_ONCE(fn->taken))
		state = PCIBACK_FN_ASSIGNED;
	return sysfs_emit(buf, "%s\n", sysfs_states[state]);
}
static DEVICE_ATTR_RO(state);

/* The number of the domain that has it; nothing while none has. */
static ssize_t owner_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	int owner = pciback_owner(fn);

	if (owner == PCIBACK_OWNER_NONE || READ_ONCE(fn->taken))
		return 0;
	if (owner == PCIBACK_OWNER_UNKNOWN)
		return sysfs_emit(buf, "unknown\n");
	return sysfs_emit(buf, "%d\n", owner);
}
static DEVICE_ATTR_RO(owner);

/* What @say has to say of it, a page at most. */
static ssize_t sysfs_say(struct device *dev, char *buf,
			 void (*say)(struct pciback_fn *fn, struct seq_buf *s))
{
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE);
	say(sysfs_fn(dev), &s);
	return seq_buf_used(&s);
}

/* "BDF HOLDER" for each that shares its requester id. */
static ssize_t together_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	return sysfs_say(dev, buf, pciback_together_show);
}
static DEVICE_ATTR_RO(together);

/* "BAR N BDF HOLDER" for each that has registers in the same page of memory. */
static ssize_t shared_pages_show(struct device *dev, struct device_attribute *attr,
				 char *buf)
{
	return sysfs_say(dev, buf, pciback_pages_show);
}
static DEVICE_ATTR_RO(shared_pages);

/* Whose memory its DMA reaches. */
static ssize_t isolation_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	return sysfs_say(dev, buf, pciback_isolation_show);
}
static DEVICE_ATTR_RO(isolation);

static ssize_t guest_bdf_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	char text[PCIBACK_BDF_STRLEN];
	ssize_t len = 0;

	mutex_lock(&fn->lock);
	if (fn->tenant) {
		pciback_bdf_format(fn->guest_bdf, text);
		len = sysfs_emit(buf, "%s\n", text);
	}
	mutex_unlock(&fn->lock);
	return len;
}
static DEVICE_ATTR_RO(guest_bdf);

static ssize_t reset_method_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	ssize_t len;

	mutex_lock(&fn->lock);
	len = sysfs_emit(buf, "%s\n", fn->reset_method ?: "none");
	mutex_unlock(&fn->lock);
	return len;
}
static DEVICE_ATTR_RO(reset_method);

/* "0", or "-ERRNO" and what stood in the way, if it is known. */
static ssize_t reset_result_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	ssize_t len;

	mutex_lock(&fn->lock);
	len = sysfs_emit(buf, "%d%s%s\n", fn->custody.reset_result,
			 *fn->reset_note ? " " : "", fn->reset_note);
	mutex_unlock(&fn->lock);
	return len;
}
static DEVICE_ATTR_RO(reset_result);

static ssize_t ops_show(struct device *dev, struct device_attribute *attr,
			char *buf)
{
	return sysfs_emit(buf, "%ld\n", atomic_long_read(&sysfs_fn(dev)->ops));
}
static DEVICE_ATTR_RO(ops);

static const char *const sysfs_errors[] = {
	[PCIBACK_ERROR_CORRECTABLE] = "correctable",
	[PCIBACK_ERROR_NONFATAL] = "nonfatal",
	[PCIBACK_ERROR_FATAL] = "fatal",
	[PCIBACK_ERROR_RECOVERED] = "recovered",
	[PCIBACK_ERROR_ISOLATED] = "isolated",
};

/* "KIND COUNT", a line for each kind. */
static ssize_t errors_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct pciback_fn *fn = sysfs_fn(dev);
	ssize_t len = 0;
	unsigned int i;

	for (i = 0; i < PCIBACK_ERROR_COUNTS; i++)
		len += sysfs_emit_at(buf, len, "%s %d\n", sysfs_errors[i],
				     atomic_read(&fn->errors.counts[i]));
	return len;
}
static DEVICE_ATTR_RO(errors);

/* "REG:SIZE BITS LAST COUNT" for each register a guest could not write. */
static ssize_t refused_writes_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	const struct pciback_learn *learn = &sysfs_fn(dev)->learn;
	ssize_t len = 0;
	unsigned int i;

	for (i = 0; i < READ_ONCE(learn->used); i++) {
		const struct pciback_learned *entry = &learn->entries[i];

		len += sysfs_emit_at(buf, len, "%03x:%u %08x %08x %u\n",
				     entry->offset, entry->size,
				     READ_ONCE(entry->bits),
				     READ_ONCE(entry->last),
				     READ_ONCE(entry->count));
	}
	if (READ_ONCE(learn->lost))
		len += sysfs_emit_at(buf, len, "more %u\n", READ_ONCE(learn->lost));
	return len;
}
static DEVICE_ATTR_RO(refused_writes);

/* Lines to write to the driver's quirks, should the device need them. */
static ssize_t quirks_suggested_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	return sysfs_say(dev, buf, pciback_quirks_suggest);
}
static DEVICE_ATTR_RO(quirks_suggested);

static struct attribute *sysfs_device_attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_owner.attr,
	&dev_attr_isolation.attr,
	&dev_attr_together.attr,
	&dev_attr_shared_pages.attr,
	&dev_attr_guest_bdf.attr,
	&dev_attr_reset_method.attr,
	&dev_attr_reset_result.attr,
	&dev_attr_ops.attr,
	&dev_attr_errors.attr,
	&dev_attr_refused_writes.attr,
	&dev_attr_quirks_suggested.attr,
	NULL
};

static const struct attribute_group sysfs_device_group = {
	.name = "pciback",
	.attrs = sysfs_device_attrs,
};

const struct attribute_group *pciback_sysfs_device_groups[] = {
	&sysfs_device_group,
	NULL
};
