/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ops - what each operation of a frontend does
 */
#ifndef PCIBACK_GUEST_OPS_H
#define PCIBACK_GUEST_OPS_H

#include <linux/types.h>
#include <xen/interface/io/pciif.h>

struct pciback_guest;

struct pciback_reply {
	s32 err;		/* XEN_PCI_ERR_* */
	u32 value;
	unsigned int nvec;	/* vectors filled into the request */
};

bool pciback_ops_serve(struct pciback_guest *guest, struct xen_pci_op *request,
		       bool may_sleep, struct pciback_reply *reply);

#endif
