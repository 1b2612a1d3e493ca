// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs_class - a directory for each device taken; Documentation/ABI tells of
 * each attribute
 */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/device/class.h>
#include <linux/err.h>
#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "core/quiesce.h"
#include "node.h"
#include "sysfs.h"

/* The node lives at least as long as its directory. */
static struct dtdev_node *class_node(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static ssize_t class_show(struct device *dev, char *buf,
			  void (*print)(struct seq_buf *s, const struct dtdev_node *node))
{
	struct dtdev_node *node = class_node(dev);
	struct seq_buf s;

	seq_buf_init(&s, buf, PAGE_SIZE - 1);
	mutex_lock(&node->lock);
	print(&s, node);
	mutex_unlock(&node->lock);
	return dtdev_sysfs_end(&s);
}

/* An attribute is what its function class_print_NAME prints, under the lock. */
#define CLASS_ATTR_TEXT(_name)						\
static ssize_t _name##_show(struct device *dev,				\
			    struct device_attribute *attr, char *buf)	\
{									\
	return class_show(dev, buf, class_print_##_name);		\
}									\
static DEVICE_ATTR_RO(_name)

static void class_print_path(struct seq_buf *s, const struct dtdev_node *node)
{
	seq_buf_printf(s, "%s\n", node->path);
}

CLASS_ATTR_TEXT(path);

static void class_print_state(struct seq_buf *s, const struct dtdev_node *node)
{
	const char *state = node->fence.up && !node->fence.partial ? "released" : "held";

	seq_buf_printf(s, "%s\n", node->parted ? "returning" : state);
}

CLASS_ATTR_TEXT(state);

static void class_print_driver_was(struct seq_buf *s, const struct dtdev_node *node)
{
	seq_buf_printf(s, "%s\n", node->driver_was ?: "none");
}

CLASS_ATTR_TEXT(driver_was);

static void class_print_irq(struct seq_buf *s, const struct dtdev_node *node,
			    const struct dtdev_irq *irq)
{
	if (dtdev_relay_has_locked(node, irq)) {
		seq_buf_printf(s, "%u %s relayed %u\n", irq->spi.number,
			       dtdev_spi_trigger_name(&irq->spi), irq->spi.number);
		return;
	}
	seq_buf_printf(s, "%u %s %s", irq->spi.number,
		       dtdev_spi_trigger_name(&irq->spi),
		       dtdev_spi_state_name(irq->state));
	if (irq->state == DTDEV_SPI_UNKNOWN)
		seq_buf_printf(s, ": Xen answers %d", irq->answer);
	if (irq->state == DTDEV_SPI_DOM0)
		seq_buf_printf(s, ": fdt set %s xen,passthrough", node->path);
	seq_buf_printf(s, "\n");
}

static void class_print_interrupts(struct seq_buf *s, const struct dtdev_node *node)
{
	unsigned int i;

	for (i = 0; i < node->irq_count; i++)
		class_print_irq(s, node, &node->irqs[i]);
	if (node->other_irqs)
		seq_buf_printf(s, "others %u: no guest can have them\n", node->other_irqs);
}

CLASS_ATTR_TEXT(interrupts);

static void class_print_relays(struct seq_buf *s, const struct dtdev_node *node)
{
	dtdev_relay_print_locked(s, node);
}

CLASS_ATTR_TEXT(relays);

static void class_print_iomem(struct seq_buf *s, const struct dtdev_node *node)
{
	unsigned int i;

	for (i = 0; i < node->region_count; i++)
		seq_buf_printf(s, "%#llx-%#llx\n", node->regions[i].start,
			       node->regions[i].end);
}

CLASS_ATTR_TEXT(iomem);

static void class_print_clocks(struct seq_buf *s, const struct dtdev_node *node)
{
	const struct clk_bulk_data *clock;
	int i;

	for (i = 0; i < node->hold.clock_count; i++) {
		clock = &node->hold.clocks[i];
		/* Its name is the tree's: a line break in it is written as such. */
		seq_buf_printf(s, "%*pE %lu\n", (int)strlen(clock->id ?: "-"),
			       clock->id ?: "-", clk_get_rate(clock->clk));
	}
}

CLASS_ATTR_TEXT(clocks);

static void class_print_reset_method(struct seq_buf *s, const struct dtdev_node *node)
{
	seq_buf_printf(s, "%s", dtdev_reset_name(&node->reset));
	if (node->reset.method == DTDEV_RESET_QUIESCE)
		seq_buf_printf(s, " %s", node->reset.quiesce->compatible);
	seq_buf_printf(s, "\n");
}

CLASS_ATTR_TEXT(reset_method);

static void class_print_reset_result(struct seq_buf *s, const struct dtdev_node *node)
{
	if (node->reset.result)
		seq_buf_printf(s, "error %d, try %u\n", node->reset.result,
			       node->reset.count);
	else
		seq_buf_printf(s, "ok %u\n", node->reset.count);
}

CLASS_ATTR_TEXT(reset_result);

static void class_print_fence(struct seq_buf *s, const struct dtdev_node *node)
{
	const struct dtdev_fence *fence = &node->fence;
	unsigned int i;

	for (i = 0; fence->up && i < fence->count; i++)
		seq_buf_printf(s, "up %#llx,%llu\n", fence->runs[i].first,
			       fence->runs[i].count);
	if (!fence->up && fence->err)
		seq_buf_printf(s, "down: Xen answers %d\n", fence->err);
	else if (!fence->up)
		seq_buf_printf(s, "down\n");
	if (fence->partial)
		seq_buf_printf(s, "partial: other pages hold registers of other devices\n");
}

CLASS_ATTR_TEXT(fence);

static void class_print_iommu(struct seq_buf *s, const struct dtdev_node *node)
{
	const struct dtdev_stream *stream = &node->stream;

	seq_buf_printf(s, "%s", dtdev_stream_state_name(stream->state));
	if (stream->answer &&
	    (stream->state == DTDEV_STREAM_TAKEN || stream->state == DTDEV_STREAM_UNKNOWN))
		seq_buf_printf(s, ": Xen answers %d", stream->answer);
	seq_buf_printf(s, "\n");
}

CLASS_ATTR_TEXT(iommu);

/* Behind the fence. That it is idle the administrator knows, or an IOMMU tells. */
static ssize_t reset_store(struct device *dev, struct device_attribute *attr,
			   const char *buf, size_t count)
{
	struct dtdev_node *node = class_node(dev);
	bool yes;
	int err;

	err = kstrtobool(buf, &yes);
	if (err || !yes)
		return -EINVAL;
	mutex_lock(&node->lock);
	err = node->parted ? -ENODEV : dtdev_relay_idle_locked(node);
	if (!err)
		err = dtdev_stream_idle_locked(node);
	if (!err)
		err = dtdev_fence_lower_locked(node);
	if (!err) {
		dtdev_reset_locked(node);
		err = node->reset.result;
		dtdev_fence_raise_locked(node);
	}
	mutex_unlock(&node->lock);
	return err ?: count;
}
static DEVICE_ATTR_WO(reset);

static ssize_t guest_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct dtdev_node *node = class_node(dev);
	int len;

	mutex_lock(&node->lock);
	len = sysfs_emit(buf, "%s\n", node->guest.name ?: "");
	mutex_unlock(&node->lock);
	return len;
}

static ssize_t guest_store(struct device *dev, struct device_attribute *attr,
			   const char *buf, size_t count)
{
	struct dtdev_node *node = class_node(dev);
	char *name = kstrndup(buf, count, GFP_KERNEL);
	int err;

	if (!name)
		return -ENOMEM;
	mutex_lock(&node->lock);
	err = node->parted ? -ENODEV : dtdev_relay_name_locked(node, strim(name));
	mutex_unlock(&node->lock);
	kfree(name);
	return err ?: count;
}
static DEVICE_ATTR_RW(guest);

static struct attribute *class_attrs[] = {
	&dev_attr_path.attr,
	&dev_attr_state.attr,
	&dev_attr_driver_was.attr,
	&dev_attr_interrupts.attr,
	&dev_attr_guest.attr,
	&dev_attr_relays.attr,
	&dev_attr_iomem.attr,
	&dev_attr_clocks.attr,
	&dev_attr_reset_method.attr,
	&dev_attr_reset_result.attr,
	&dev_attr_fence.attr,
	&dev_attr_iommu.attr,
	&dev_attr_reset.attr,
	NULL
};
ATTRIBUTE_GROUPS(class);

static struct class class_dtdev = {
	.name = "xen-dtdev",
	.dev_groups = class_groups,
};

int dtdev_sysfs_class_init(void)
{
	return class_register(&class_dtdev);
}

void dtdev_sysfs_class_exit(void)
{
	class_unregister(&class_dtdev);
}

int dtdev_sysfs_class_add(struct dtdev_node *node)
{
	node->class_dev = device_create(&class_dtdev, node->dev, 0, node, "%s",
					dev_name(node->dev));
	return PTR_ERR_OR_ZERO(node->class_dev);
}

/* Waits until nobody is in an attribute any more. */
void dtdev_sysfs_class_del(struct dtdev_node *node)
{
	device_unregister(node->class_dev);
}
