// SPDX-License-Identifier: GPL-2.0
/*
 * aer - the PCI core's error callbacks
 *
 * All of them: device_lock held, and pci_bus_sem for those of errors; may sleep.
 */
#include <linux/pci.h>

#include "../fn/function.h"
#include "../fn/hwaction.h"
#include "../fn/notice.h"
#include "../fn/reset.h"
#include "../fn/serving.h"
#include "../trace.h"
#include "aer.h"
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

/* The function has forgotten all. What its guest set up itself, it sets up again. */
static pci_ers_result_t aer_slot_reset(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	/* Also where a neighbour's non-fatal error led to this. */
	pciback_recall_tell(fn, PCIBACK_CLAIMANT_FROZEN);
	pciback_reset_restore(fn);
	pciback_hwaction_reapply(fn);
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

/* Somebody resets the function by the PCI core: no operation goes on meanwhile. */
static void aer_reset_prepare(struct pci_dev *dev)
{
	pciback_serving_begin(pci_get_drvdata(dev));
}

static void aer_reset_done(struct pci_dev *dev)
{
	pciback_serving_end(pci_get_drvdata(dev));
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
