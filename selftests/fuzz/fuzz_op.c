// SPDX-License-Identifier: GPL-2.0
/*
 * Any bytes in the shared page: the answer is one of the protocol's codes, what
 * was decoded is in range, and nothing but the request's own fields decides.
 */
#include <linux/string.h>
#include <linux/types.h>
#include <xen/interface/io/pciif.h>

#include "fuzz.h"
#include "op.h"

/* The codes the guest may be told by decoding, and no errno among them. */
static bool is_code(int err)
{
	switch (err) {
	case XEN_PCI_ERR_success:
	case XEN_PCI_ERR_dev_not_found:
	case XEN_PCI_ERR_not_implemented:
	case XEN_PCI_ERR_op_failed:
		return true;
	default:
		return false;
	}
}

static bool is_known(u32 cmd)
{
	return cmd == XEN_PCI_OP_conf_read || cmd == XEN_PCI_OP_conf_write ||
	       cmd == XEN_PCI_OP_enable_msi || cmd == XEN_PCI_OP_disable_msi ||
	       cmd == XEN_PCI_OP_enable_msix || cmd == XEN_PCI_OP_disable_msix;
}

static bool is_address(const struct xen_pci_op *raw)
{
	return raw->domain < 0x10000 && raw->bus < 0x100 && raw->devfn < 0x100;
}

static void check_success(const struct xen_pci_op *raw,
			  const struct pciback_op *op)
{
	ORACLE(is_known(op->cmd) && op->cmd == raw->cmd);
	ORACLE(op->guest_bdf.domain == raw->domain);
	ORACLE(op->guest_bdf.bus == raw->bus);
	ORACLE(op->guest_bdf.devfn == raw->devfn);
	ORACLE(op->offset == raw->offset && op->size == raw->size);
	ORACLE(op->value == raw->value);
	if (op->cmd == XEN_PCI_OP_enable_msix)
		ORACLE(op->nvec == raw->value && op->nvec >= 1 &&
		       op->nvec <= 128);
	else
		ORACLE(!op->nvec);
}

static void check_failure(const struct xen_pci_op *raw, int err)
{
	switch (err) {
	case XEN_PCI_ERR_not_implemented:
		ORACLE(!is_known(raw->cmd));
		break;
	case XEN_PCI_ERR_dev_not_found:
		ORACLE(is_known(raw->cmd) && !is_address(raw));
		break;
	default:
		ORACLE(raw->cmd == XEN_PCI_OP_enable_msix && is_address(raw));
		ORACLE(raw->value < 1 || raw->value > 128);
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct xen_pci_op raw, noisy;
	struct pciback_op op, again;
	int err;

	memset(&raw, 0, sizeof(raw));
	memcpy(&raw, data, size < sizeof(raw) ? size : sizeof(raw));
	noisy = raw;
	memset(&op, 0xa5, sizeof(op));
	err = pciback_op_decode(&raw, &op);
	ORACLE(is_code(err));
	if (err)
		check_failure(&raw, err);
	else
		check_success(&raw, &op);

	/* The same request again, with all that is no part of it changed. */
	noisy.err = ~raw.err;
	noisy.info = ~raw.info;
	memset(noisy.msix_entries, 0xff, sizeof(noisy.msix_entries));
	memset(&again, 0x5a, sizeof(again));
	ORACLE(pciback_op_decode(&noisy, &again) == err);
	if (!err)
		check_success(&raw, &again);
	return 0;
}
