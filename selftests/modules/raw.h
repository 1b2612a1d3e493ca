/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rawfront - a pcifront that sends what it is told
 *
 * Loaded in a guest instead of xen-pcifront, or with dom0=1 in dom0, to be the
 * frontend of a connection that dom0 has with itself. Connects like a frontend
 * does, and then leaves everything to the test, by files in
 * /sys/kernel/debug/rawfront:
 *
 *	op	one request, spelled out (raw_main)
 *	storm	random requests, as fast as they are answered (raw_storm)
 *	walk	random states and offers in xenstore (raw_walk)
 *	pace	how long a request takes (raw_pace)
 *	aer	answers to questions about PCI errors (raw_aer)
 *	keys	xenstore, for what a toolstack would do (raw_keys)
 */
#ifndef RAW_H
#define RAW_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/grant_table.h>
#include <xen/interface/io/pciif.h>

struct xenbus_device;
struct xenbus_transaction;

struct raw_front {
	struct xenbus_device *xdev;
	struct xen_pci_sharedinfo *page;
	grant_ref_t ref;
	evtchn_port_t port;
	int irq;
};

extern struct mutex raw_lock;
extern struct raw_front *raw_front;	/* NULL: not connected; raw_lock */

static inline unsigned long *raw_flags(struct raw_front *front)
{
	return (unsigned long *)&front->page->flags;
}

void raw_post(struct raw_front *front, const struct xen_pci_op *op);
bool raw_await(struct raw_front *front, struct xen_pci_op *op,
	       unsigned long timeout);

int raw_change(int (*change)(struct xenbus_transaction xbt, void *data),
	       void *data);

ssize_t raw_seeded(const char __user *buf, size_t len,
		   int (*run)(u64 seed, u64 count));

extern const struct file_operations raw_storm_fops;
extern const struct file_operations raw_walk_fops;
extern const struct file_operations raw_pace_fops;
extern const struct file_operations raw_aer_fops;
extern const struct file_operations raw_keys_fops;

#endif
