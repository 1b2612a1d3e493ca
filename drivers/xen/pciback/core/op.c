// SPDX-License-Identifier: GPL-2.0
/*
 * op - decodes a frontend's request
 *
 * Pure: any context.
 */
#include <linux/types.h>
#include <xen/interface/io/pciif.h>

#include "op.h"

/* Ranges of the address: what does not fit names no function we could have. */
static bool op_decode_bdf(const struct xen_pci_op *raw, struct pciback_bdf *bdf)
{
	if (raw->domain > 0xffff || raw->bus > 0xff || raw->devfn > 0xff)
		return false;
	*bdf = (struct pciback_bdf){ raw->domain, raw->bus, raw->devfn };
	return true;
}

/*
 * Decodes @raw, a private copy. Returns XEN_PCI_ERR_success or the code that
 * answers the guest: not_implemented for an operation that is not one of a
 * frontend's (the aer_* ones go the other way), dev_not_found for an address
 * out of range, op_failed for an impossible count of vectors.
 */
int pciback_op_decode(const struct xen_pci_op *raw, struct pciback_op *op)
{
	*op = (struct pciback_op){
		.cmd = raw->cmd,
		.offset = raw->offset,
		.size = raw->size,
		.value = raw->value,
	};

	if (raw->cmd > XEN_PCI_OP_disable_msix)
		return XEN_PCI_ERR_not_implemented;
	if (!op_decode_bdf(raw, &op->guest_bdf))
		return XEN_PCI_ERR_dev_not_found;
	if (raw->cmd == XEN_PCI_OP_enable_msix) {
		if (raw->value < 1 || raw->value > SH_INFO_MAX_VEC)
			return XEN_PCI_ERR_op_failed;
		op->nvec = raw->value;
	}
	return XEN_PCI_ERR_success;
}
