// SPDX-License-Identifier: GPL-2.0
/*
 * floorback - a PCI backend that answers at once and does nothing
 *
 * Loaded in dom0 instead of xen-pciback. Connects as that does, and then says of
 * every request that it is done, without a look at it: what a guest measures is
 * two event channel notifications, the least that a backend can take.
 */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <asm/sync_bitops.h>
#include <xen/events.h>
#include <xen/interface/io/pciif.h>
#include <xen/xen.h>
#include <xen/xenbus.h>

struct floor_back {
	struct xen_pci_sharedinfo *page;	/* NULL: not connected */
	int irq;
};

static irqreturn_t floor_event(int irq, void *data)
{
	struct floor_back *back = data;

	if (sync_test_and_clear_bit(_XEN_PCIF_active,
				    (unsigned long *)&back->page->flags))
		notify_remote_via_irq(irq);
	xen_irq_lateeoi(irq, 0);
	return IRQ_HANDLED;
}

static void floor_disconnect(struct xenbus_device *xdev)
{
	struct floor_back *back = dev_get_drvdata(&xdev->dev);

	if (!back->page)
		return;
	unbind_from_irqhandler(back->irq, back);
	xenbus_unmap_ring_vfree(xdev, back->page);
	back->page = NULL;
}

static int floor_connect(struct xenbus_device *xdev)
{
	struct floor_back *back = dev_get_drvdata(&xdev->dev);
	unsigned int ref, port;
	grant_ref_t grant;
	void *page;
	int err;

	if (back->page)
		return 0;
	err = xenbus_gather(XBT_NIL, xdev->otherend, "pci-op-ref", "%u", &ref,
			    "event-channel", "%u", &port, NULL);
	if (err)
		return err;
	grant = ref;
	err = xenbus_map_ring_valloc(xdev, &grant, 1, &page);
	if (err)
		return err;
	back->page = page;
	err = bind_interdomain_evtchn_to_irqhandler_lateeoi(xdev, port,
							    floor_event, 0,
							    "floorback", back);
	if (err < 0) {
		xenbus_unmap_ring_vfree(xdev, page);
		back->page = NULL;
		return err;
	}
	back->irq = err;
	return xenbus_switch_state(xdev, XenbusStateConnected);
}

static void floor_changed(struct xenbus_device *xdev, enum xenbus_state state)
{
	int err;

	switch (state) {
	case XenbusStateInitialised:
		err = floor_connect(xdev);
		if (err)
			xenbus_dev_fatal(xdev, err, "cannot connect");
		break;
	case XenbusStateClosing:
	case XenbusStateClosed:
		floor_disconnect(xdev);
		xenbus_switch_state(xdev, XenbusStateClosed);
		break;
	default:
		break;
	}
}

static int floor_probe(struct xenbus_device *xdev,
		       const struct xenbus_device_id *id)
{
	struct floor_back *back = kzalloc(sizeof(*back), GFP_KERNEL);

	if (!back)
		return -ENOMEM;
	dev_set_drvdata(&xdev->dev, back);
	return xenbus_switch_state(xdev, XenbusStateInitWait);
}

static void floor_remove(struct xenbus_device *xdev)
{
	floor_disconnect(xdev);
	kfree(dev_get_drvdata(&xdev->dev));
}

static const struct xenbus_device_id floor_ids[] = {
	{ "pci" },
	{ "" },
};

static struct xenbus_driver floor_driver = {
	.name = "floorback",
	.ids = floor_ids,
	.probe = floor_probe,
	.remove = floor_remove,
	.otherend_changed = floor_changed,
};

static int __init floor_init(void)
{
	return xen_initial_domain() ? xenbus_register_backend(&floor_driver) :
				      -ENODEV;
}

static void __exit floor_exit(void)
{
	xenbus_unregister_driver(&floor_driver);
}

module_init(floor_init);
module_exit(floor_exit);

MODULE_DESCRIPTION("A Xen PCI backend that does nothing");
MODULE_LICENSE("GPL");
