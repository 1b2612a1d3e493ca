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
#include <linux/sysfs.h>

#include "core/quiesce.h"
#include "node.h"
#include "sysfs.h"

/* The node lives at least as long as its directory. */
static struct dtdev_node *class_node(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static ssize_t path_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	return sysfs_emit(buf, "%s\n", class_node(dev)->path);
}
static DEVICE_ATTR_RO(path);

static const char *class_state(const struct dtdev_node *node)
{
	if (node->parted)
		return "returning";
	return node->fence.up && !node->fence.partial ? "released" : "held";
}

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct dtdev_node *node = class_node(dev);
	ssize_t len;

	mutex_lock(&node->lock);
	len = sysfs_emit(buf, "%s\n", class_state(node));
	mutex_unlock(&node->lock);
	return len;
}
static DEVICE_ATTR_RO(state);

static ssize_t driver_was_show(struct device *dev, struct device_attribute *attr,
			       char *buf)
{
	struct dtdev_node *node = class_node(dev);

	return sysfs_emit(buf, "%s\n", node->driver_was ?: "none");
}
static DEVICE_ATTR_RO(driver_was);

static void class_print_irq(struct seq_buf *s, const struct dtdev_irq *irq)
{
	seq_buf_printf(s, "%u %s %s", irq->spi.number,
		       dtdev_spi_trigger_name(&irq->spi),
		       dtdev_spi_state_name(irq->state));
	if (irq->state == DTDEV_SPI_UNKNOWN)
		seq_buf_printf(s, ": Xen answers %d", irq->answer);
	seq_buf_printf(s, "\n");
}

static ssize_t interrupts_show(struct device *dev, struct device_attribute *attr,
			       char *buf)
{
	struct dtdev_node *node = class_node(dev);
	struct seq_buf s;
	unsigned int i;

	seq_buf_init(&s, buf, PAGE_SIZE);
	mutex_lock(&node->lock);
	for (i = 0; i < node->irq_count; i++)
		class_print_irq(&s, &node->irqs[i]);
	if (node->other_irqs)
		seq_buf_printf(&s, "others %u: no guest can have them\n",
			       node->other_irqs);
	mutex_unlock(&node->lock);
	return seq_buf_used(&s);
}
static DEVICE_ATTR_RO(interrupts);

static ssize_t iomem_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct dtdev_node *node = class_node(dev);
	struct seq_buf s;
	unsigned int i;

	seq_buf_init(&s, buf, PAGE_SIZE);
	for (i = 0; i < node->region_count; i++)
		seq_buf_printf(&s, "%#llx-%#llx\n", node->regions[i].start,
			       node->regions[i].end);
	return seq_buf_used(&s);
}
static DEVICE_ATTR_RO(iomem);

static ssize_t clocks_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct dtdev_node *node = class_node(dev);
	struct clk_bulk_data *clock;
	struct seq_buf s;
	int i;

	seq_buf_init(&s, buf, PAGE_SIZE);
	for (i = 0; i < node->hold.clock_count; i++) {
		clock = &node->hold.clocks[i];
		seq_buf_printf(&s, "%s %lu\n", clock->id ?: "-",
			       clk_get_rate(clock->clk));
	}
	return seq_buf_used(&s);
}
static DEVICE_ATTR_RO(clocks);

static ssize_t reset_method_show(struct device *dev, struct device_attribute *attr,
				 char *buf)
{
	struct dtdev_reset *reset = &class_node(dev)->reset;

	if (reset->method == DTDEV_RESET_QUIESCE)
		return sysfs_emit(buf, "%s %s\n", dtdev_reset_name(reset),
				  reset->quiesce->compatible);
	return sysfs_emit(buf, "%s\n", dtdev_reset_name(reset));
}
static DEVICE_ATTR_RO(reset_method);

static ssize_t reset_result_show(struct device *dev, struct device_attribute *attr,
				 char *buf)
{
	struct dtdev_node *node = class_node(dev);
	ssize_t len;

	mutex_lock(&node->lock);
	if (node->reset.result)
		len = sysfs_emit(buf, "error %d, try %u\n", node->reset.result,
				 node->reset.count);
	else
		len = sysfs_emit(buf, "ok %u\n", node->reset.count);
	mutex_unlock(&node->lock);
	return len;
}
static DEVICE_ATTR_RO(reset_result);

static ssize_t fence_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct dtdev_node *node = class_node(dev);
	struct dtdev_fence *fence = &node->fence;
	struct seq_buf s;
	unsigned int i;

	seq_buf_init(&s, buf, PAGE_SIZE);
	mutex_lock(&node->lock);
	for (i = 0; fence->up && i < fence->count; i++)
		seq_buf_printf(&s, "up %#llx,%llu\n", fence->runs[i].first,
			       fence->runs[i].count);
	if (!fence->up && fence->err)
		seq_buf_printf(&s, "down: Xen answers %d\n", fence->err);
	else if (!fence->up)
		seq_buf_printf(&s, "down\n");
	if (fence->partial)
		seq_buf_printf(&s, "partial: other pages hold registers of other devices\n");
	mutex_unlock(&node->lock);
	return seq_buf_used(&s);
}
static DEVICE_ATTR_RO(fence);

/* Resets the device, behind the fence. The administrator knows that it is idle. */
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
	err = node->parted ? -ENODEV : dtdev_fence_lower_locked(node);
	if (!err) {
		dtdev_reset_locked(node);
		err = node->reset.result;
		dtdev_fence_raise_locked(node);
	}
	mutex_unlock(&node->lock);
	return err ?: count;
}
static DEVICE_ATTR_WO(reset);

static struct attribute *class_attrs[] = {
	&dev_attr_path.attr,
	&dev_attr_state.attr,
	&dev_attr_driver_was.attr,
	&dev_attr_interrupts.attr,
	&dev_attr_iomem.attr,
	&dev_attr_clocks.attr,
	&dev_attr_reset_method.attr,
	&dev_attr_reset_result.attr,
	&dev_attr_fence.attr,
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
