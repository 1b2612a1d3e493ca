// SPDX-License-Identifier: GPL-2.0
/*
 * ring - takes requests and gives answers
 */
#include <linux/interrupt.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/time64.h>
#include <asm/sync_bitops.h>
#include <asm/xen/hypercall.h>
#include <xen/events.h>
#include <xen/interface/event_channel.h>
#include <xen/xenbus.h>

#include "lookout.h"
#include "poll.h"
#include "ring.h"

/*
 * What one guest may have answered in its event handler before the rest is left to the
 * worker, where the scheduler is fair: so many requests an event; and of the CPU's time
 * that much at once, and a tenth in the long run, however long an access takes. One that
 * took longer is paid for before the next.
 */
#define RING_PER_EVENT		8u
#define RING_AT_ONCE		(200 * NSEC_PER_USEC)
#define RING_PRICE		10

/* The part of a request that every operation has. */
#define RING_HEAD	offsetof(struct xen_pci_op, msix_entries)

static struct workqueue_struct *ring_wq;

static unsigned long *ring_flags(const struct pciback_ring *ring)
{
	return (unsigned long *)&ring->page->flags;
}

/*
 * Copies a request out of the page, if there is one. From here on only the copy
 * counts (XSA-155).
 */
static bool ring_take(struct pciback_ring *ring)
{
	struct xen_pci_op *request = &ring->request;

	if (!sync_test_bit(_XEN_PCIF_active, ring_flags(ring)))
		return false;
	/* What the frontend wrote before it set the flag. */
	rmb();
	memcpy(request, &ring->page->op, RING_HEAD);
	if (request->cmd == XEN_PCI_OP_enable_msix)
		memcpy(request->msix_entries, ring->page->op.msix_entries,
		       sizeof(request->msix_entries));
	barrier();
	return true;
}

/*
 * Frontends give up after two seconds and may put another request in the slot
 * meanwhile. That one must not get the answer to this one.
 */
static bool ring_still_asks(const struct pciback_ring *ring)
{
	const struct xen_pci_op *op = &ring->page->op;
	const struct xen_pci_op *request = &ring->request;

	return READ_ONCE(op->cmd) == request->cmd &&
	       READ_ONCE(op->domain) == request->domain &&
	       READ_ONCE(op->bus) == request->bus &&
	       READ_ONCE(op->devfn) == request->devfn &&
	       READ_ONCE(op->offset) == request->offset &&
	       READ_ONCE(op->size) == request->size;
}

static void ring_answer(struct pciback_ring *ring,
			const struct pciback_reply *reply)
{
	struct xen_pci_op *op = &ring->page->op;
	unsigned int i;

	if (!ring_still_asks(ring))
		return;
	WRITE_ONCE(op->err, reply->err);
	WRITE_ONCE(op->value, reply->value);
	for (i = 0; i < reply->nvec; i++)
		WRITE_ONCE(op->msix_entries[i].vector,
			   ring->request.msix_entries[i].vector);
	/* The answer before the flag that says it is there. */
	wmb();
	sync_clear_bit(_XEN_PCIF_active, ring_flags(ring));
	notify_remote_via_irq(ring->irq);
	pciback_poll_answered(&ring->burst);
}

/* Has the guest had its share of the CPU's time? */
static bool ring_over_budget(const struct pciback_ring *ring, u64 now)
{
	return ring->paid > now + RING_PRICE * RING_AT_ONCE;
}

/* The handler has served it from @from to @to. */
static void ring_charge(struct pciback_ring *ring, u64 from, u64 to)
{
	ring->paid = max(ring->paid, from) + RING_PRICE * (to - from);
}

/* Returns false, with nothing done, if the request taken may sleep. */
static bool ring_serve_quick(struct pciback_ring *ring)
{
	struct pciback_reply reply;
	bool done;

	rcu_read_lock();
	done = ring->serve(ring, false, &reply);
	rcu_read_unlock();
	if (done)
		ring_answer(ring, &reply);
	return done;
}

/* Process context. */
static void ring_serve_slow(struct pciback_ring *ring)
{
	struct pciback_reply reply;

	ring->serve(ring, true, &reply);
	ring_answer(ring, &reply);
}

/* Returns false if the rest, starting with the request taken, is the worker's. */
static bool ring_serve_here(struct pciback_ring *ring, unsigned int *served)
{
	u64 now = ktime_get_ns(), then;

	while (ring_take(ring)) {
		pciback_poll_came(&ring->burst);
		if (*served == RING_PER_EVENT || ring_over_budget(ring, now) ||
		    !ring_serve_quick(ring))
			return false;
		(*served)++;
		then = now;
		now = ktime_get_ns();
		ring_charge(ring, then, now);
	}
	return true;
}

static void ring_note_ahead(struct pciback_ring *ring, unsigned int requests)
{
	ring->ahead = min(ring->ahead + requests, RING_PER_EVENT);
}

/*
 * Was an event that served @served requests for nothing? Late EOI makes a guest
 * wait for those, longer each time. But every request has an event, and one that
 * was answered while the handler was at it anyway has its event still to come.
 */
static bool ring_is_spurious(struct pciback_ring *ring, unsigned int served)
{
	if (served) {
		ring_note_ahead(ring, served - 1);
		return false;
	}
	if (!ring->ahead)
		return true;
	ring->ahead--;
	return false;
}

static irqreturn_t ring_event(int irq, void *data)
{
	struct pciback_ring *ring = data;
	unsigned int served = 0;
	bool is_answer, is_done;

	/* Events come as soon as the channel is bound, the number later. */
	ring->irq = irq;
	is_answer = pciback_ask_event(&ring->ask, ring_flags(ring));
	is_done = ring_serve_here(ring, &served);
	if (!is_done) {
		ring_note_ahead(ring, served);
		pciback_ring_hand_over(ring);
	} else if (served && pciback_poll_begin(&ring->burst)) {
		ring_note_ahead(ring, served);
		pciback_lookout_join(&ring->lookout);
	} else {
		xen_irq_lateeoi(irq, !is_answer && ring_is_spurious(ring, served) ?
				     XEN_EOI_FLAG_SPURIOUS : 0);
	}
	return IRQ_HANDLED;
}

/* Answers the request in the page, if there is one. Caller: alone with it. May not sleep. */
enum pciback_ring_look pciback_ring_look(struct pciback_ring *ring)
{
	if (!ring_take(ring))
		return PCIBACK_RING_QUIET;
	ring_note_ahead(ring, 1);
	pciback_burst_had(&ring->burst);
	return ring_serve_quick(ring) ? PCIBACK_RING_ANSWERED :
					PCIBACK_RING_MAY_SLEEP;
}

/* Whoever is alone with the request taken leaves it, and that, to the worker. Any context. */
void pciback_ring_hand_over(struct pciback_ring *ring)
{
	queue_work(ring_wq, &ring->work);
}

/* Nobody is alone with a request any more; one that came meanwhile has its event pending. */
void pciback_ring_let_events(struct pciback_ring *ring)
{
	xen_irq_lateeoi(ring->irq, 0);
}

static void ring_work(struct work_struct *work)
{
	struct pciback_ring *ring = container_of(work, struct pciback_ring,
						 work);

	ring_serve_slow(ring);
	pciback_ring_let_events(ring);
}

/* Returns when nobody is at a request that came before. May sleep. */
static void ring_flush(struct pciback_ring *ring)
{
	/* The lookout may hand over to the worker, but not the other way. */
	pciback_lookout_flush();
	flush_work(&ring->work);
}

void pciback_ring_init(struct pciback_ring *ring, pciback_ring_serve_t serve)
{
	ring->serve = serve;
	INIT_WORK(&ring->work, ring_work);
	ring->irq = -1;
	pciback_burst_init(&ring->burst);
	pciback_ask_init(&ring->ask);
}

/*
 * Maps the page and binds the channel that a frontend offers. Caller: the
 * guest's lock, not connected. May sleep. Returns 0 or -errno.
 */
int pciback_ring_connect(struct pciback_ring *ring, struct xenbus_device *xdev,
			 unsigned int ref, evtchn_port_t port)
{
	grant_ref_t grant = ref;
	void *page;
	int err;

	err = xenbus_map_ring_valloc(xdev, &grant, 1, &page);
	if (err)
		return err;
	ring->page = page;
	ring->ahead = 0;
	err = bind_interdomain_evtchn_to_irqhandler_lateeoi(xdev, port,
							    ring_event, 0,
							    "pciback", ring);
	if (err < 0) {
		ring->page = NULL;
		xenbus_unmap_ring_vfree(xdev, page);
		return err;
	}
	ring->irq = err;
	ring->ref = ref;
	ring->port = port;
	pciback_ask_connect(&ring->ask, page, err);
	/* A frontend is attached: unloading would pull its devices away. */
	__module_get(THIS_MODULE);
	return 0;
}

/* Is that the page and channel we have? Caller: the guest's lock. */
bool pciback_ring_is_connected_to(const struct pciback_ring *ring,
				  unsigned int ref, evtchn_port_t port)
{
	return ring->page && ring->ref == ref && ring->port == port;
}

/*
 * Has the frontend closed its end of the channel? Caller: the guest's lock, connected.
 * Xen is asked by port; the kernel has given us the number of an interrupt only.
 */
bool pciback_ring_is_left(const struct pciback_ring *ring)
{
	struct evtchn_status status = { .dom = DOMID_SELF };

	while (++status.port < xen_evtchn_nr_channels())
		if (irq_from_evtchn(status.port) == ring->irq)
			break;
	return !HYPERVISOR_event_channel_op(EVTCHNOP_status, &status) &&
	       status.status == EVTCHNSTAT_unbound;
}

/*
 * Lets go of channel and page. Caller: the guest's lock. May sleep, at most as
 * long as the operation under way; connected or not.
 *
 * 1. no question is put into the page, no answer read from it
 * 2. no handler starts any more; one that ran may have left the rest to others
 * 3. the lookout does not know it any more; the worker has finished, and nobody can
 *    queue it
 * 4. nobody looks at the page any more
 */
void pciback_ring_disconnect(struct pciback_ring *ring,
			     struct xenbus_device *xdev)
{
	if (!ring->page)
		return;
	pciback_ask_disconnect(&ring->ask);
	disable_irq(ring->irq);
	ring_flush(ring);
	unbind_from_irqhandler(ring->irq, ring);
	ring->irq = -1;
	xenbus_unmap_ring_vfree(xdev, ring->page);
	ring->page = NULL;
	module_put(THIS_MODULE);
}

/* Waits until no operation is under way that began before the call. May sleep. */
void pciback_ring_wait(struct pciback_ring *ring)
{
	synchronize_rcu();
	ring_flush(ring);
}

int pciback_ring_module_init(void)
{
	ring_wq = alloc_workqueue("pciback-ops",
				  WQ_HIGHPRI | WQ_UNBOUND |
				  WQ_MEM_RECLAIM | WQ_FREEZABLE, 0);
	if (!ring_wq)
		return -ENOMEM;
	pciback_lookout_init(ring_wq);
	return 0;
}

void pciback_ring_module_exit(void)
{
	destroy_workqueue(ring_wq);
}
