/* SPDX-License-Identifier: GPL-2.0 */
/*
 * aer - PCI errors of seized functions, and dom0's part in recovering from them
 *
 * The PCI core asks every driver under a port, one by one, holding pci_bus_sem
 * and the function's device_lock. A guest is never waited for in there: dom0's
 * part is done as if the function were idle, and the guest is told meanwhile and
 * recovers its driver at its own pace, or loses the function.
 */
#ifndef PCIBACK_HOST_AER_H
#define PCIBACK_HOST_AER_H

struct pci_error_handlers;

extern const struct pci_error_handlers pciback_aer_handlers;

#endif
