// SPDX-License-Identifier: GPL-2.0
/*
 * raw_walk - random states and offers in xenstore
 *
 *	echo SEED COUNT > walk
 *
 * The frontend's directory is the guest's own: it may say anything there, and
 * change its mind at once. What it said last is that it is Closed.
 */
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <xen/xenbus.h>

#include "raw.h"

/* Says the truth about what is offered every other time, so that some connect. */
static int walk_offer(struct rnd_state *rnd, struct raw_front *front)
{
	const char *dir = front->xdev->nodename;
	bool honest = prandom_u32_state(rnd) % 2;
	int err;

	err = xenbus_printf(XBT_NIL, dir, "pci-op-ref", "%u",
			    honest ? front->ref : prandom_u32_state(rnd));
	if (!err)
		err = xenbus_printf(XBT_NIL, dir, "event-channel", "%u",
				    honest ? front->port :
					     prandom_u32_state(rnd) % 4096);
	if (!err)
		err = xenbus_printf(XBT_NIL, dir, "magic", "%s",
				    prandom_u32_state(rnd) % 4 ? XEN_PCI_MAGIC :
								 "rubbish");
	return err;
}

static int walk_step(struct rnd_state *rnd, struct raw_front *front)
{
	static const char *const odd[] = { "", "-1", "99", "4294967299", "Connected" };
	const char *dir = front->xdev->nodename;
	unsigned int whim = prandom_u32_state(rnd) % 16;

	if (whim < 4)
		return walk_offer(rnd, front);
	if (whim == 4)
		return xenbus_write(XBT_NIL, dir, "state",
				    odd[prandom_u32_state(rnd) % ARRAY_SIZE(odd)]);
	return xenbus_printf(XBT_NIL, dir, "state", "%u",
			     prandom_u32_state(rnd) % 9);
}

static int walk_about(u64 seed, u64 count)
{
	struct rnd_state rnd;
	int err = 0;

	prandom_seed_state(&rnd, seed);
	while (!err && count-- && !signal_pending(current))
		err = walk_step(&rnd, raw_front);
	return err ?: xenbus_printf(XBT_NIL, raw_front->xdev->nodename, "state",
				    "%d", XenbusStateClosed);
}

static ssize_t walk_write(struct file *file, const char __user *buf,
			  size_t len, loff_t *pos)
{
	return raw_seeded(buf, len, walk_about);
}

const struct file_operations raw_walk_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = walk_write,
};
