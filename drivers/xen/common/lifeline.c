// SPDX-License-Identifier: GPL-2.0
/*
 * lifeline - looks at what drivers have made of a device: at all that is below it,
 * so that a bridge answers for what is behind it
 */
#include <linux/blkdev.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/if.h>
#include <linux/kernel.h>
#include <linux/netdevice.h>
#include <linux/string.h>
#include <linux/watchdog.h>

#include "lifeline.h"

struct lifeline_look {
	void (*found)(enum xpt_lifeline kind, const char *name, void *data);
	void *data;
};

static bool lifeline_is_console(struct device *dev)
{
	struct console *con;
	char name[32];
	bool is = false;

	console_list_lock();
	for_each_console(con) {
		snprintf(name, sizeof(name), "%s%d", con->name, con->index);
		is = is || !strcmp(name, dev_name(dev));
	}
	console_list_unlock();
	return is;
}

static bool lifeline_is_open_disk(struct device *dev)
{
	return atomic_read(&dev_to_bdev(dev)->bd_openers);
}

static bool lifeline_is_up(struct device *dev)
{
	return READ_ONCE(to_net_dev(dev)->flags) & IFF_UP;
}

/* The class device's own data are its watchdog's, as long as that is there. */
static bool lifeline_is_ticking(struct device *dev)
{
	struct watchdog_device *wdd = dev_get_drvdata(dev);

	return wdd && watchdog_active(wdd);
}

/* By the class of what a driver has made. */
static const struct {
	const char *class;
	enum xpt_lifeline kind;
	bool (*is)(struct device *dev);
} lifeline_classes[] = {
	{ "tty", XPT_LIFELINE_CONSOLE, lifeline_is_console },
	{ "block", XPT_LIFELINE_DISK, lifeline_is_open_disk },
	{ "net", XPT_LIFELINE_NETWORK, lifeline_is_up },
	{ "watchdog", XPT_LIFELINE_WATCHDOG, lifeline_is_ticking },
};

static int lifeline_look(struct device *dev, void *data)
{
	struct lifeline_look *look = data;
	unsigned int i;

	for (i = 0; dev->class && i < ARRAY_SIZE(lifeline_classes); i++)
		if (!strcmp(dev->class->name, lifeline_classes[i].class) &&
		    lifeline_classes[i].is(dev))
			look->found(lifeline_classes[i].kind, dev_name(dev), look->data);
	return device_for_each_child(dev, look, lifeline_look);
}

/*
 * Calls @found for each thing below @dev that dom0 lives on, as of now: with its kind
 * and the name of what the driver has made (ttyS0, sda1, eth0). May sleep. Caller: does
 * not hold a lock that a driver's remove below @dev waits for.
 */
void xpt_lifeline_below(struct device *dev,
			void (*found)(enum xpt_lifeline kind, const char *name,
				      void *data),
			void *data)
{
	struct lifeline_look look = { found, data };

	device_for_each_child(dev, &look, lifeline_look);
}
