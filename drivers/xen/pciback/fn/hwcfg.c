// SPDX-License-Identifier: GPL-2.0
/*
 * hwcfg - configuration accesses of a guest, on the real function
 *
 * Exclusion: whoever serves the guest's operations (guest/ring.h). Reads and
 * plain writes run in any context; a write that may sleep says so beforehand.
 */
#include <linux/nospec.h>
#include <linux/pci.h>
#include <xen/interface/io/pciif.h>

#include "../core/cfg_filter.h"
#include "../core/cfg_map.h"
#include "../core/learn.h"
#include "../trace.h"
#include "function.h"
#include "hwaction.h"
#include "hwbits.h"
#include "hwcfg.h"
#include "tenant.h"

/* PCIBIOS_* or -errno, as the PCI core has it, to what guests are told. */
static int hwcfg_error(int err)
{
	switch (err) {
	case PCIBIOS_SUCCESSFUL:
		return XEN_PCI_ERR_success;
	case PCIBIOS_DEVICE_NOT_FOUND:
		return XEN_PCI_ERR_dev_not_found;
	case PCIBIOS_BAD_REGISTER_NUMBER:
		return XEN_PCI_ERR_invalid_offset;
	case PCIBIOS_SET_FAILED:
		return XEN_PCI_ERR_access_denied;
	default:
		return XEN_PCI_ERR_op_failed;
	}
}

/* Any context. Returns XEN_PCI_ERR_*; at most one access to the hardware. */
int pciback_hwcfg_read(struct pciback_fn *fn, s32 offset, s32 size, u32 *value)
{
	struct pciback_cfg_read decision;
	u32 hardware = 0;
	int err = 0;

	*value = 0;
	if (!pciback_cfg_access_ok(fn->cfg, offset, size))
		return XEN_PCI_ERR_invalid_offset;
	offset = array_index_nospec(offset, fn->cfg->size);
	pciback_cfg_decide_read(fn->cfg, offset, size, &decision);
	trace_decision(fn->bdf, false, offset, size, decision.hw,
		       decision.shadow);
	if (decision.hw)
		err = pciback_hwbits_get(fn->dev, offset, size, &hardware);
	*value = (hardware & decision.hw) | decision.shadow;
	return hwcfg_error(err);
}

/* Any context, touches nothing. Returns XEN_PCI_ERR_*. */
int pciback_hwcfg_decide_write(struct pciback_fn *fn, s32 offset, s32 size,
			       u32 value, struct pciback_cfg_write *write)
{
	if (!pciback_cfg_access_ok(fn->cfg, offset, size))
		return XEN_PCI_ERR_invalid_offset;
	offset = array_index_nospec(offset, fn->cfg->size);
	pciback_cfg_decide_write(fn->cfg, offset, size, value,
				 pciback_hwaction_is_permissive(fn), write);
	return XEN_PCI_ERR_success;
}

/* Keeps account of bits that went nowhere, and says so once per register. */
static void hwcfg_refused(struct pciback_fn *fn,
			  const struct pciback_cfg_write *write)
{
	u32 now = 0, bits;

	pciback_hwcfg_read(fn, write->offset, write->size, &now);
	/* Writing what is there anyway asks for nothing. */
	bits = write->refused & (now ^ write->value);
	if (!bits || !pciback_learn_refused(&fn->learn, write->offset,
					    write->size, write->value, bits) ||
	    !pciback_tenant_may_log(fn->tenant))
		return;
	pci_info(fn->dev,
		 "domain %u wrote %#x at %#x:%u, bits %#x refused; see refused_writes and quirks_suggested\n",
		 fn->tenant->domid, write->value, write->offset, write->size,
		 bits);
}

/* Is @write for who has the function's turn (serving.h)? */
bool pciback_hwcfg_needs_turn(const struct pciback_cfg_write *write)
{
	unsigned int i;

	for (i = 0; i < write->nsteps; i++)
		if (!pciback_hwaction_needs_turn(write->steps[i].action))
			return false;
	return true;
}

/*
 * Carries out @write, as decided. May sleep if @write->may_sleep.
 * Returns XEN_PCI_ERR_* of the first step that failed; later ones are not
 * tried. Bits that were refused are no error: to a driver, they are read-only.
 */
int pciback_hwcfg_write(struct pciback_fn *fn,
			const struct pciback_cfg_write *write)
{
	unsigned int i;
	int err;

	trace_decision(fn->bdf, true, write->offset, write->size,
		       write->refused, write->value);
	if (write->refused)
		hwcfg_refused(fn, write);
	for (i = 0; i < write->nsteps; i++) {
		struct pciback_cfg_step step = write->steps[i];

		err = pciback_hwaction(fn, &step);
		if (err)
			return hwcfg_error(err);
		pciback_cfg_commit(fn->cfg, &step);
	}
	return XEN_PCI_ERR_success;
}
