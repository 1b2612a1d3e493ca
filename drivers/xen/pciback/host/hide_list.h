/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hide_list - what hide.c and hide_status.c share, and nobody else sees
 */
#ifndef PCIBACK_HOST_HIDE_LIST_H
#define PCIBACK_HOST_HIDE_LIST_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/xarray.h>

#include "../core/selector.h"

struct hide_wish {
	struct list_head node;
	struct pciback_selector selector;
	u32 force;		/* PCIBACK_REASON_BIT()s: no reason to keep it */
	int error;		/* the last failure to seize, 0: none */
	unsigned long failed;	/* whose: pciback_bdf_key() */
	int bad;		/* offset of what is malformed, -1: nothing */
	bool from_list;		/* of hide=, so hide_status tells of it */
	bool by_override;	/* a driver_override's: ends when its function leaves us */
	bool reported;		/* the log has told of it */
	char text[];
};

/* Guards both lists. Taken with device_lock held, never around it. */
extern struct mutex pciback_hide_lock;
extern struct list_head pciback_hide_wishes;
/* Addresses taken back by remove_slot, by pciback_bdf_key(). */
extern struct xarray pciback_hide_exceptions;

int pciback_hide_each_address(const struct pciback_selector *selector,
			      int (*visit)(struct pciback_bdf bdf, void *data),
			      void *data);
struct hide_wish *pciback_hide_find_locked(struct pci_dev *dev);
u32 pciback_hide_force_locked(struct pci_dev *dev);

#endif
