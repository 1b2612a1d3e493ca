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

/* Returns false if the write has to wait for a context that may sleep. */
static bool ops_conf_write(struct pciback_fn *fn, const struct pciback_op *op,
			   bool may_sleep, struct pciback_reply *reply)
{
	struct pciback_cfg_write write;

	reply->err = pciback_hwcfg_decide_write(fn, op->offset, op->size,
						op->value, &write);
	if (reply->err)
		return true;
	if (write.may_sleep && !may_sleep)
		return false;
	reply->err = pciback_hwcfg_write(fn, &write);
	return true;
}

static void ops_disable_msi(struct pciback_fn *fn, struct pciback_reply *reply)
{
	pciback_msi_disable(fn);
	/* Drivers go back to the line without another word. */
	if (pciback_hwaction_is_decoding(fn))
		pciback_intx_enable(&fn->intx);
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

/* Returns false if the operation has to wait for a context that may sleep. */
static bool ops_dispatch(struct pciback_fn *fn, const struct pciback_op *op,
			 struct xen_pci_op *request, bool may_sleep,
			 struct pciback_reply *reply)
{
	switch (op->cmd) {
	case XEN_PCI_OP_conf_read:
		reply->err = pciback_hwcfg_read(fn, op->offset, op->size,
						&reply->value);
		return true;
	case XEN_PCI_OP_conf_write:
		return ops_conf_write(fn, op, may_sleep, reply);
	}
	if (!may_sleep)
		return false;

	switch (op->cmd) {
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
	return true;
}

/* What may sleep keeps resets from outside away; during one, nothing answers. */
static void ops_dispatch_alone(struct pciback_fn *fn, const struct pciback_op *op,
			       struct xen_pci_op *request,
			       struct pciback_reply *reply)
{
	if (!pciback_serving_try_begin(fn)) {
		reply->err = XEN_PCI_ERR_op_failed;
		return;
	}
	/* Pairs with recover_freeze(), which looks whether we are here after it says so. */
	smp_mb__after_atomic();
	if (READ_ONCE(fn->errors.frozen))
		reply->err = XEN_PCI_ERR_dev_not_found;
	else
		ops_dispatch(fn, op, request, true, reply);
	pciback_serving_end(fn);
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
	if (!fn || READ_ONCE(fn->errors.frozen)) {
		reply->err = XEN_PCI_ERR_dev_not_found;
	} else {
		if (!may_sleep && !ops_dispatch(fn, &op, request, false, reply))
			return false;
		if (may_sleep)
			ops_dispatch_alone(fn, &op, request, reply);
		atomic_long_inc(&fn->ops);
	}
	trace_op(guest->claimant.tenant.domid, op.guest_bdf, op.cmd, op.offset, op.size,
		 reply->value, reply->err);
	return true;
}
