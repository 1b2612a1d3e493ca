/* SPDX-License-Identifier: GPL-2.0 */
/*
 * op - one request of a frontend (xen/interface/io/pciif.h, magic "7")
 *
 * The ring copies a request out of the shared page once; from then on only the
 * copy is looked at (XSA-155), and only through what is decoded here.
 */
#ifndef PCIBACK_CORE_OP_H
#define PCIBACK_CORE_OP_H

#include <linux/types.h>
#include <xen/interface/io/pciif.h>

#include "bdf.h"

/* A request decoded: every value in here is in range for its type. */
struct pciback_op {
	u32 cmd;		/* XEN_PCI_OP_conf_read ... _disable_msix */
	struct pciback_bdf guest_bdf;
	s32 offset;		/* of conf_*: checked against the function later */
	s32 size;
	u32 value;
	u32 nvec;		/* of enable_msix: 1 ... SH_INFO_MAX_VEC */
};

int pciback_op_decode(const struct xen_pci_op *raw, struct pciback_op *op);

#endif
