// SPDX-License-Identifier: GPL-2.0
/*
 * aer - the PCI core's error callbacks
 *
 * All of them: device_lock held, and pci_bus_sem for those of errors; may sleep.
 */
#include <linux/pci.h>

#include "../fn/found.h"
#include "../fn/function.h"
#include "../fn/notice.h"
#include "../fn/power.h"
#include "../fn/serving.h"
#include "../fn/state.h"
#include "../trace.h"
#include "aer.h"
#include "owner.h"
#include "recall.h"

/* "Frozen" is what the PCI core calls a fatal error. */
static pci_ers_result_t aer_detected(struct pci_dev *dev,
				     pci_channel_state_t state)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	trace_error(fn->bdf, (__force int)state);
	switch (state) {
	case pci_channel_io_normal:
		atomic_inc(&fn->errors.counts[PCIBACK_ERROR_NONFATAL]);
		pciback_notice(fn, PCIBACK_NOTICE_ERROR);
		pciback_recall_tell(fn, PCIBACK_CLAIMANT_NORMAL);
		return PCI_ERS_RESULT_CAN_RECOVER;
	case pci_channel_io_frozen:
		atomic_inc(&fn->errors.counts[PCIBACK_ERROR_FATAL]);
		pciback_notice(fn, PCIBACK_NOTICE_ERROR);
		pciback_recall_tell(fn, PCIBACK_CLAIMANT_FROZEN);
		return PCI_ERS_RESULT_NEED_RESET;
	default:
		pciback_recall_tell(fn, PCIBACK_CLAIMANT_LOST);
		return PCI_ERS_RESULT_DISCONNECT;
	}
}

static pci_ers_result_t aer_mmio_enabled(struct pci_dev *dev)
{
	return PCI_ERS_RESULT_RECOVERED;
}

/* A guest has it by somebody who has not told us, and whom we cannot tell. */
static void aer_isolate(struct pciback_fn *fn)
{
	if (!pciback_owner_is_guest(fn))
		return;
	dev_warn_ratelimited(&fn->dev->dev, "error not recovered: its link was reset, and who gave it to a domain is not known: its DMA and interrupts are off\n");
	atomic_inc(&fn->errors.counts[PCIBACK_ERROR_ISOLATED]);
	pciback_notice(fn, PCIBACK_NOTICE_ISOLATED);
}

/* The function has forgotten all. What its guest set up itself, it sets up again. */
static pci_ers_result_t aer_slot_reset(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);
	/* Also where a neighbour's non-fatal error led to this. */
	bool told = pciback_recall_tell(fn, PCIBACK_CLAIMANT_FROZEN);

	/* PCI Express, 5.3.1.4: in D0, whatever it was before. */
	dev->current_state = PCI_D0;
	if (pciback_state_restore(fn))
		return PCI_ERS_RESULT_DISCONNECT;
	if (!told && !fn->cfg->is_bridge)
		aer_isolate(fn);
	return PCI_ERS_RESULT_RECOVERED;
}

static void aer_resume(struct pci_dev *dev)
{
	pciback_recall_tell(pci_get_drvdata(dev), PCIBACK_CLAIMANT_HOST_DONE);
}

/* Where the kernel does not tell of these, the count stays 0. */
static void __maybe_unused aer_correctable(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	atomic_inc(&fn->errors.counts[PCIBACK_ERROR_CORRECTABLE]);
}

/*
 * Somebody resets the function by the PCI core, which will save what it holds: it has to
 * be awake for that, and no operation of a guest's goes on meanwhile.
 */
static void aer_reset_prepare(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	pciback_custody_touch(&fn->custody);
	pciback_serving_begin_alone(fn);
	pciback_state_wake(fn);
	if (fn->found)
		pciback_found_complete(fn->found);
}

/* What the PCI core has put back it had from the device. */
static void aer_reset_done(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	pciback_state_restore(fn);
	pciback_serving_end(fn);
	pciback_owner_expect(fn);
	if (READ_ONCE(fn->custody.state) == PCIBACK_FN_IDLE)
		pciback_power_sleep_locked(fn);
}

const struct pci_error_handlers pciback_aer_handlers = {
	.error_detected = aer_detected,
	.mmio_enabled = aer_mmio_enabled,
	.slot_reset = aer_slot_reset,
	.resume = aer_resume,
	XPT_COR_ERROR_DETECTED(aer_correctable)
	.reset_prepare = aer_reset_prepare,
	.reset_done = aer_reset_done,
};
