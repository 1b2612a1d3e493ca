// SPDX-License-Identifier: GPL-2.0
/*
 * measured - all that core/ does for a request
 */
#include <xen/interface/io/pciif.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "measured.h"
#include "op.h"

static u32 measured_write(struct pciback_cfg *cfg, const struct pciback_op *op)
{
	struct pciback_cfg_write write;
	unsigned int i;
	u32 value = 0;

	pciback_cfg_decide_write(cfg, op->offset, op->size, op->value, false,
				 &write);
	for (i = 0; i < write.nsteps; i++) {
		if (!pciback_cfg_needs_current(&write.steps[i]))
			value ^= pciback_cfg_merge(&write.steps[i], 0);
		pciback_cfg_commit(cfg, &write.steps[i]);
	}
	return value;
}

static u32 measured_one(struct pciback_cfg *cfg, const struct xen_pci_op *raw)
{
	struct pciback_cfg_read read;
	struct pciback_op op;

	if (pciback_op_decode(raw, &op) ||
	    !pciback_cfg_access_ok(cfg, op.offset, op.size))
		return 0;
	if (op.cmd != XEN_PCI_OP_conf_read)
		return measured_write(cfg, &op);
	pciback_cfg_decide_read(cfg, op.offset, op.size, &read);
	return read.hw | read.shadow;
}

u32 measured(struct pciback_cfg *cfg, const struct xen_pci_op *op,
	     unsigned long count)
{
	u32 value = 0;

	while (count--)
		value ^= measured_one(cfg, op);
	return value;
}
