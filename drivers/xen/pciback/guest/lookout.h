/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lookout - one worker watches the pages of all guests that are in a burst
 *
 * A guest joins with a request's event, whose EOI is then the lookout's to give: until
 * it leaves, the lookout is alone with its requests. They are answered in turn, one for
 * each guest. One that may sleep goes, with the guest, to the ring's own worker.
 *
 * This is for a CPU with nothing else to do: it ends for all as soon as anything else
 * wants to run there, Xen has run something else there, or somebody waits for it to
 * end. No more than one CPU watches, and after 20 us in vain it yields the real one: a
 * guest may be waiting for that.
 */
#ifndef PCIBACK_GUEST_LOOKOUT_H
#define PCIBACK_GUEST_LOOKOUT_H

#include <linux/list.h>
#include <linux/llist.h>
#include <linux/types.h>

struct workqueue_struct;

struct pciback_lookout {
	struct llist_node joining;
	struct list_head member;
	u64 waited;			/* the lookout's count as it joined */
};

void pciback_lookout_join(struct pciback_lookout *at);
void pciback_lookout_flush(void);

void pciback_lookout_init(struct workqueue_struct *wq);

#endif
