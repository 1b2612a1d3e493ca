/* SPDX-License-Identifier: GPL-2.0 */
/* The registers are part of the kernel's interface to user space. */
#include_next <linux/pci_regs.h>
