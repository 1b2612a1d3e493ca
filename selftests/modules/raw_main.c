// SPDX-License-Identifier: GPL-2.0
/*
 * raw_main - the frontend, and requests that the test spells out
 *
 *	echo CMD DOMAIN BUS DEVFN OFFSET SIZE VALUE [ENTRY...] > /sys/kernel/debug/rawfront/op
 *	cat /sys/kernel/debug/rawfront/op
 *
 * Numbers are read as signed, base by prefix. Reading gives "ERR VALUE" and the
 * vectors of an enable_msix, or "timeout" where no answer came in two seconds.
 *
 * With aer=1 it says that it answers questions about PCI errors: the test does (raw_aer).
 */
#include <linux/bitops.h>
#include <linux/debugfs.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <xen/events.h>
#include <xen/grant_table.h>
#include <xen/interface/io/pciif.h>
#include <xen/xen.h>
#include <xen/xenbus.h>

#include "raw.h"

#define RAW_LINE	2048

static bool aer;
module_param(aer, bool, 0444);
MODULE_PARM_DESC(aer, "say that PCI errors are dealt with here");

static bool deaf;
module_param(deaf, bool, 0444);
MODULE_PARM_DESC(deaf, "hear nothing of functions that come and go, as NetBSD's");

static unsigned int unknown;
module_param(unknown, uint, 0444);
MODULE_PARM_DESC(unknown, "states of the backend that a deaf one does not know");

/* One connection; guarded, with the answer, by the lock. */
DEFINE_MUTEX(raw_lock);
struct raw_front *raw_front;
static struct xen_pci_op raw_answer;
static unsigned int raw_nvec;
static bool raw_timed_out;

static struct dentry *raw_dir;

static bool raw_in_dom0;
module_param_named(dom0, raw_in_dom0, bool, 0444);
MODULE_PARM_DESC(dom0, "be a frontend in dom0, too");

static irqreturn_t raw_event(int irq, void *data)
{
	return IRQ_HANDLED;
}

/* Puts @op into the page and says so. */
void raw_post(struct raw_front *front, const struct xen_pci_op *op)
{
	memcpy(&front->page->op, op, sizeof(*op));
	/* The request before the flag that says it is there. */
	wmb();
	set_bit(_XEN_PCIF_active, raw_flags(front));
	xen_clear_irq_pending(front->irq);
	notify_remote_via_evtchn(front->port);
}

/*
 * Waits for the answer to what was posted, as pcifront does: polling the channel,
 * whose interrupt the caller has disabled. Returns false after @timeout jiffies;
 * the request is withdrawn then.
 */
bool raw_await(struct raw_front *front, struct xen_pci_op *op,
	       unsigned long timeout)
{
	unsigned long deadline = jiffies + timeout;

	while (test_bit(_XEN_PCIF_active, raw_flags(front)) &&
	       time_before(jiffies, deadline)) {
		xen_poll_irq_timeout(front->irq, deadline);
		xen_clear_irq_pending(front->irq);
	}
	if (test_and_clear_bit(_XEN_PCIF_active, raw_flags(front)))
		return false;
	/* The flag before the answer. */
	rmb();
	memcpy(op, &front->page->op, sizeof(*op));
	return true;
}

/*
 * Reads "SEED COUNT" and has @run do it, connected and with the lock held. Returns
 * @len or -errno.
 */
ssize_t raw_seeded(const char __user *buf, size_t len,
		   int (*run)(u64 seed, u64 count))
{
	u64 seed, count;
	char line[64];
	int err;

	if (len >= sizeof(line))
		return -E2BIG;
	if (copy_from_user(line, buf, len))
		return -EFAULT;
	line[len] = 0;
	if (sscanf(line, "%llu %llu", &seed, &count) != 2)
		return -EINVAL;
	mutex_lock(&raw_lock);
	err = raw_front ? run(seed, count) : -ENOTCONN;
	mutex_unlock(&raw_lock);
	return err ?: len;
}

static bool raw_send(struct raw_front *front, struct xen_pci_op *op)
{
	bool answered;

	disable_irq(front->irq);
	raw_post(front, op);
	answered = raw_await(front, op, 2 * HZ);
	enable_irq(front->irq);
	return answered;
}

/* Takes the next number off @line. */
static int raw_number(char **line, s64 *value)
{
	char *word;

	do {
		word = strsep(line, " \t\n");
	} while (word && !*word);
	return word ? kstrtoll(word, 0, value) : -ENODATA;
}

static int raw_parse(char *line, struct xen_pci_op *op, unsigned int *nvec)
{
	s64 field[7], entry;
	unsigned int i;
	int err;

	memset(op, 0, sizeof(*op));
	for (i = 0; i < ARRAY_SIZE(field); i++) {
		err = raw_number(&line, &field[i]);
		if (err)
			return -EINVAL;
	}
	op->cmd = field[0];
	op->domain = field[1];
	op->bus = field[2];
	op->devfn = field[3];
	op->offset = field[4];
	op->size = field[5];
	op->value = field[6];
	for (*nvec = 0; *nvec < SH_INFO_MAX_VEC; (*nvec)++) {
		err = raw_number(&line, &entry);
		if (err)
			return err == -ENODATA ? 0 : err;
		op->msix_entries[*nvec].entry = entry;
		op->msix_entries[*nvec].vector = -1;
	}
	return 0;
}

static ssize_t raw_op_write(struct file *file, const char __user *buf,
			    size_t count, loff_t *pos)
{
	char *line;
	int err;

	if (count >= RAW_LINE)
		return -E2BIG;
	line = memdup_user_nul(buf, count);
	if (IS_ERR(line))
		return PTR_ERR(line);

	mutex_lock(&raw_lock);
	err = raw_front ? 0 : -ENOTCONN;
	if (!err)
		err = raw_parse(line, &raw_answer, &raw_nvec);
	if (!err)
		raw_timed_out = !raw_send(raw_front, &raw_answer);
	mutex_unlock(&raw_lock);
	kfree(line);
	return err ?: count;
}

static int raw_op_show(struct seq_file *s, void *unused)
{
	unsigned int i;

	mutex_lock(&raw_lock);
	if (raw_timed_out) {
		seq_puts(s, "timeout\n");
	} else {
		seq_printf(s, "%d %#x", raw_answer.err, raw_answer.value);
		for (i = 0; i < raw_nvec; i++)
			seq_printf(s, " %u", raw_answer.msix_entries[i].vector);
		seq_puts(s, "\n");
	}
	mutex_unlock(&raw_lock);
	return 0;
}

static int raw_op_open(struct inode *inode, struct file *file)
{
	return single_open(file, raw_op_show, NULL);
}

static const struct file_operations raw_op_fops = {
	.owner = THIS_MODULE,
	.open = raw_op_open,
	.read = seq_read,
	.write = raw_op_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static void raw_free(struct raw_front *front)
{
	if (front->irq > 0)
		unbind_from_irqhandler(front->irq, front);
	else if (front->port)
		xenbus_free_evtchn(front->xdev, front->port);
	if (front->page)
		xenbus_teardown_ring((void **)&front->page, 1, &front->ref);
	kfree(front);
}

static int raw_offer(struct xenbus_transaction xbt, void *data)
{
	struct raw_front *front = data;
	const char *dir = front->xdev->nodename;
	int err = xenbus_exists(xbt, dir, "state") ? 0 : -ENOENT;

	if (!err)
		err = xenbus_printf(xbt, dir, "pci-op-ref", "%u", front->ref);
	if (!err)
		err = xenbus_printf(xbt, dir, "event-channel", "%u",
				    front->port);
	return err ?: xenbus_printf(xbt, dir, "magic", XEN_PCI_MAGIC);
}

/* A directory that has been removed meanwhile would come back for good. */
static int raw_publish(struct raw_front *front)
{
	int err = raw_change(raw_offer, front);

	return err ?: xenbus_switch_state(front->xdev, XenbusStateInitialised);
}

static int raw_probe(struct xenbus_device *xdev,
		     const struct xenbus_device_id *id)
{
	struct raw_front *front = kzalloc(sizeof(*front), GFP_KERNEL);
	int err;

	if (!front)
		return -ENOMEM;
	front->xdev = xdev;
	err = xenbus_setup_ring(xdev, GFP_KERNEL, (void **)&front->page, 1,
				&front->ref);
	if (!err && aer)
		set_bit(_XEN_PCIB_AERHANDLER, raw_flags(front));
	if (!err)
		err = xenbus_alloc_evtchn(xdev, &front->port);
	if (!err) {
		err = bind_evtchn_to_irqhandler(front->port, raw_event, 0,
						"rawfront", front);
		front->irq = err > 0 ? err : 0;
		err = err > 0 ? 0 : err;
	}
	if (!err)
		err = raw_publish(front);
	if (err)
		raw_free(front);
	else
		dev_set_drvdata(&xdev->dev, front);
	return err;
}

static void raw_set(struct raw_front *front)
{
	mutex_lock(&raw_lock);
	raw_front = front;
	mutex_unlock(&raw_lock);
}

static void raw_backend_changed(struct xenbus_device *xdev,
				enum xenbus_state state)
{
	if (deaf && state > XenbusStateClosed)
		unknown++;
	switch (state) {
	case XenbusStateConnected:
		raw_set(dev_get_drvdata(&xdev->dev));
		xenbus_switch_state(xdev, XenbusStateConnected);
		break;
	case XenbusStateReconfiguring:
		if (!deaf)
			xenbus_switch_state(xdev, XenbusStateReconfiguring);
		break;
	case XenbusStateReconfigured:
		if (!deaf)
			xenbus_switch_state(xdev, XenbusStateConnected);
		break;
	case XenbusStateClosing:
	case XenbusStateClosed:
		raw_set(NULL);
		xenbus_frontend_closed(xdev);
		break;
	default:
		break;
	}
}

static void raw_remove(struct xenbus_device *xdev)
{
	raw_set(NULL);
	raw_free(dev_get_drvdata(&xdev->dev));
}

static const struct xenbus_device_id raw_ids[] = {
	{ "pci" },
	{ "" },
};

static struct xenbus_driver raw_driver = {
	.name = "rawfront",
	.ids = raw_ids,
	.probe = raw_probe,
	.remove = raw_remove,
	.otherend_changed = raw_backend_changed,
	/* Unbound, it says nothing: the test does. */
	.allow_rebind = true,
};

static int __init raw_init(void)
{
	int err;

	if (!xen_pv_domain() || (xen_initial_domain() && !raw_in_dom0))
		return -ENODEV;
	raw_dir = debugfs_create_dir("rawfront", NULL);
	debugfs_create_file("op", 0600, raw_dir, NULL, &raw_op_fops);
	debugfs_create_file("storm", 0600, raw_dir, NULL, &raw_storm_fops);
	debugfs_create_file("walk", 0600, raw_dir, NULL, &raw_walk_fops);
	debugfs_create_file("pace", 0600, raw_dir, NULL, &raw_pace_fops);
	debugfs_create_file("aer", 0600, raw_dir, NULL, &raw_aer_fops);
	debugfs_create_file("keys", 0600, raw_dir, NULL, &raw_keys_fops);
	err = xenbus_register_frontend(&raw_driver);
	if (err)
		debugfs_remove(raw_dir);
	return err;
}

static void __exit raw_exit(void)
{
	debugfs_remove(raw_dir);
	xenbus_unregister_driver(&raw_driver);
}

module_init(raw_init);
module_exit(raw_exit);

MODULE_DESCRIPTION("Sends crafted requests to a Xen PCI backend");
MODULE_LICENSE("GPL");
