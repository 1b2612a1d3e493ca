/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Drift around linux/pci_regs.h: capabilities that an older kernel has no name
 * for are there on the device all the same. The numbers are the specification's.
 */
#ifndef XPT_COMPAT_LINUX_PCI_REGS_H
#define XPT_COMPAT_LINUX_PCI_REGS_H

#include_next <linux/pci_regs.h>

#ifndef PCI_EXT_CAP_ID_PMUX
#define PCI_EXT_CAP_ID_PMUX	0x1A
#endif
#ifndef PCI_EXT_CAP_ID_VF_REBAR
#define PCI_EXT_CAP_ID_VF_REBAR	0x24
#endif
#ifndef PCI_EXT_CAP_ID_NPEM
#define PCI_EXT_CAP_ID_NPEM	0x29
#endif
#ifndef PCI_EXT_CAP_ID_PL_32GT
#define PCI_EXT_CAP_ID_PL_32GT	0x2A
#endif
#ifndef PCI_EXT_CAP_ID_DOE
#define PCI_EXT_CAP_ID_DOE	0x2E
#endif
#ifndef PCI_EXT_CAP_ID_DEV3
#define PCI_EXT_CAP_ID_DEV3	0x2F
#endif
#ifndef PCI_EXT_CAP_ID_IDE
#define PCI_EXT_CAP_ID_IDE	0x30
#endif
#ifndef PCI_EXT_CAP_ID_PL_64GT
#define PCI_EXT_CAP_ID_PL_64GT	0x31
#endif

#endif
