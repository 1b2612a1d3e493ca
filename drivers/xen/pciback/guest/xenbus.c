// SPDX-License-Identifier: GPL-2.0
/*
 * xenbus - from xenbus callbacks to guests
 *
 * The callbacks run on the thread that serves all watches of the machine: none
 * of them does more than kick a worker, except for the end of a device.
 */
#include <linux/errno.h>
#include <xen/xenbus.h>

#include "guest.h"
#include "life.h"
#include "xenbus.h"

static void xenbus_otherend(struct xenbus_device *xdev, enum xenbus_state state)
{
	struct pciback_guest *guest = dev_get_drvdata(&xdev->dev);

	/*
	 * The domain is gone. Toolstacks leave our directory behind, so nobody
	 * else ends the device: this calls xenbus_remove().
	 */
	if (state == XenbusStateUnknown)
		device_unregister(&xdev->dev);
	else if (guest)
		pciback_guest_kick(guest);
}

static void xenbus_own(struct xenbus_watch *watch, const char *path,
		       const char *token)
{
	struct pciback_guest *guest = container_of(watch, struct pciback_guest, watch);

	WRITE_ONCE(guest->is_written, true);
	pciback_guest_kick(guest);
}

/* One event under way is enough: the worker looks at everything (XSA-349). */
static bool xenbus_own_will_handle(struct xenbus_watch *watch, const char *path,
				   const char *token)
{
	return !watch->nr_pending;
}

static void xenbus_end(struct xenbus_device *xdev, struct pciback_guest *guest)
{
	if (guest->is_watching)
		unregister_xenbus_watch(&guest->watch);
	dev_set_drvdata(&xdev->dev, NULL);
	pciback_life_end(guest);
}

static int xenbus_begin(struct xenbus_device *xdev,
			const struct xenbus_device_id *id)
{
	struct pciback_guest *guest = pciback_life_begin(xdev);
	int err;

	if (!guest) {
		xenbus_dev_fatal(xdev, -ENOMEM, "no memory for a guest");
		return -ENOMEM;
	}
	dev_set_drvdata(&xdev->dev, guest);

	err = xenbus_switch_state(xdev, XenbusStateInitWait);
	if (!err)
		err = xenbus_watch_path(xdev, xdev->nodename, &guest->watch,
					xenbus_own_will_handle, xenbus_own);
	if (err) {
		xenbus_end(xdev, guest);
		return err;
	}
	guest->is_watching = true;
	pciback_guest_kick(guest);
	return 0;
}

static void xenbus_remove(struct xenbus_device *xdev)
{
	struct pciback_guest *guest = dev_get_drvdata(&xdev->dev);

	if (guest)
		xenbus_end(xdev, guest);
}

static const struct xenbus_device_id xenbus_ids[] = {
	{ "pci" },
	{ "" },
};

static struct xenbus_driver xenbus_driver = {
	.name = "pciback",
	.ids = xenbus_ids,
	.probe = xenbus_begin,
	.remove = xenbus_remove,
	.otherend_changed = xenbus_otherend,
};

int pciback_xenbus_init(void)
{
	return xenbus_register_backend(&xenbus_driver);
}

/* Ends all connections, too. May sleep. */
void pciback_xenbus_exit(void)
{
	xenbus_unregister_driver(&xenbus_driver);
	pciback_guest_flush();
}
