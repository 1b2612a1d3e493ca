// SPDX-License-Identifier: GPL-2.0
/*
 * ops - the only switch on operation codes
 */
#include <linux/types.h>
#include <linux/xarray.h>
#include <xen/interface/io/pciif.h>

#include "../core/bdf.h"
#include "../core/cfg_filter.h"
#include "../core/op.h"
#include "../fn/function.h"
#include "../fn/hwaction.h"
#include "../fn/hwcfg.h"
#include "../fn/intx.h"
#include "../fn/msi.h"
#include "../fn/serving.h"
#include "../trace.h"
#include "guest.h"
#include "ops.h"

static void ops_disable_msi(struct pciback_fn *fn, struct pciback_reply *reply)
{
	pciback_msi_disable(fn);
	/* Drivers go back to the line without another word. */
	if (pciback_hwaction_is_decoding(fn))
		pciback_hwaction_line(fn);
	reply->err = XEN_PCI_ERR_success;
	reply->value = 0;
}

static void ops_enable_msix(struct pciback_fn *fn, const struct pciback_op *op,
			    struct xen_pci_op *request,
			    struct pciback_reply *reply)
{
	reply->err = pciback_msix_enable(fn, request->msix_entries, op->nvec);
	if (reply->err)
		return;
	reply->value = 0;
	reply->nvec = op->nvec;
}

/* A read, or a write as decided. */
static void ops_access(struct pciback_fn *fn, const struct pciback_op *op,
		       const struct pciback_cfg_write *write,
		       struct pciback_reply *reply)
{
	if (op->cmd == XEN_PCI_OP_conf_read)
		reply->err = pciback_hwcfg_read(fn, op->offset, op->size,
						&reply->value);
	else
		reply->err = pciback_hwcfg_write(fn, write);
}

static bool ops_may_sleep(const struct pciback_op *op,
			  const struct pciback_cfg_write *write)
{
	return op->cmd == XEN_PCI_OP_conf_write ? write->may_sleep :
						  op->cmd != XEN_PCI_OP_conf_read;
}

static void ops_dispatch(struct pciback_fn *fn, const struct pciback_op *op,
			 const struct pciback_cfg_write *write,
			 struct xen_pci_op *request, struct pciback_reply *reply)
{
	switch (op->cmd) {
	case XEN_PCI_OP_conf_read:
	case XEN_PCI_OP_conf_write:
		ops_access(fn, op, write, reply);
		break;
	case XEN_PCI_OP_enable_msi:
		reply->err = pciback_msi_enable(fn, &reply->value);
		break;
	case XEN_PCI_OP_enable_msix:
		ops_enable_msix(fn, op, request, reply);
		break;
	case XEN_PCI_OP_disable_msi:
	case XEN_PCI_OP_disable_msix:
		ops_disable_msi(fn, reply);
		break;
	}
}

/*
 * What may sleep keeps resets from outside away, and waits for one under way, but not for
 * long. What waits for configuration access does not, as a reset does both.
 */
static void ops_dispatch_alone(struct pciback_fn *fn, const struct pciback_op *op,
			       const struct pciback_cfg_write *write,
			       struct xen_pci_op *request,
			       struct pciback_reply *reply)
{
	bool turn = pciback_hwcfg_needs_turn(write);

	if (turn && !pciback_serving_begin_soon(fn)) {
		reply->err = XEN_PCI_ERR_op_failed;
		return;
	}
	/* Pairs with recover_freeze(), which looks whether we are here after it says so. */
	smp_mb__after_atomic();
	if (READ_ONCE(fn->errors.frozen))
		reply->err = XEN_PCI_ERR_dev_not_found;
	else
		ops_dispatch(fn, op, write, request, reply);
	if (turn)
		pciback_serving_end(fn);
}

/* Returns false, with nothing done, if that may sleep and @may_sleep does not say so. */
static bool ops_serve_fn(struct pciback_fn *fn, const struct pciback_op *op,
			 struct xen_pci_op *request, bool may_sleep,
			 struct pciback_reply *reply)
{
	struct pciback_cfg_write write;

	/* Reads have no steps, and leave the rest of it alone. */
	write.nsteps = 0;
	if (op->cmd == XEN_PCI_OP_conf_write)
		reply->err = pciback_hwcfg_decide_write(fn, op->offset, op->size,
							op->value, &write);
	if (!reply->err && may_sleep)
		ops_dispatch_alone(fn, op, &write, request, reply);
	else if (!reply->err && (pciback_serving_is_taken(fn) || ops_may_sleep(op, &write)))
		return false;
	else if (!reply->err)
		ops_access(fn, op, &write, reply);
	atomic_long_inc(&fn->ops);
	return true;
}

/*
 * Serves the request that @ring has copied, and fills in @reply. Returns false, with
 * nothing done, if that may sleep and @may_sleep does not say so. The caller is
 * alone with the guest's functions (ring.h); without @may_sleep it holds the
 * RCU read lock, with it the flush in pciback_ring_wait() protects the function.
 */
bool pciback_ops_serve(struct pciback_ring *ring, bool may_sleep,
		       struct pciback_reply *reply)
{
	struct pciback_guest *guest = container_of(ring, struct pciback_guest, ring);
	struct xen_pci_op *request = &ring->request;
	struct pciback_fn *fn;
	struct pciback_op op;

	*reply = (struct pciback_reply){ .value = request->value };
	reply->err = pciback_op_decode(request, &op);
	if (reply->err)
		return true;
	fn = xa_load(&guest->functions, pciback_bdf_key(op.guest_bdf));
	if (!fn || READ_ONCE(fn->errors.frozen))
		reply->err = XEN_PCI_ERR_dev_not_found;
	else if (!ops_serve_fn(fn, &op, request, may_sleep, reply))
		return false;
	trace_op(guest->claimant.tenant.domid, op.guest_bdf, op.cmd, op.offset, op.size,
		 reply->value, reply->err);
	return true;
}
