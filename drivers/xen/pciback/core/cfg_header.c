// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_header - policy for the headers, type 0 (functions) and type 1 (bridges)
 *
 * PCI Local Bus 3.0, section 6, and PCI-to-PCI Bridge Architecture 1.2, section
 * 3. What no line names is default deny: it reads the hardware and refuses
 * writes. A bridge decides where the host's traffic goes: no guest gets one and
 * no quirk opens any of it; its table is for those who look.
 */
#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"

#define BAR(n) {							\
	.offset = PCI_BASE_ADDRESS_0 + 4 * (n), .size = 4,		\
	.action = PCIBACK_CFG_BAR, .virt = 0xffffffff,			\
	.reason = "sized by the guest, placed by the host",		\
}

#define ROM(where) {							\
	.offset = (where), .size = 4,					\
	.action = PCIBACK_CFG_ROM, .virt = 0xffffffff,			\
	.vwrite = PCI_ROM_ADDRESS_ENABLE,				\
	.reason = "sized and enabled by the guest, placed by the host",	\
}

#define ERROR_BITS (PCI_STATUS_PARITY | PCI_STATUS_SIG_TARGET_ABORT |	\
		    PCI_STATUS_REC_TARGET_ABORT |			\
		    PCI_STATUS_REC_MASTER_ABORT |			\
		    PCI_STATUS_SIG_SYSTEM_ERROR |			\
		    PCI_STATUS_DETECTED_PARITY)

#define ID(where) {							\
	.offset = (where), .size = 2, .virt = 0xffff,			\
	.reason = "a virtual function has none of its own",		\
}

#define LIST {								\
	.offset = PCI_CAPABILITY_LIST, .size = 1, .virt = 0xff,		\
	.reason = "hidden ones are not in the chain",			\
}

#define LINE {								\
	.offset = PCI_INTERRUPT_LINE, .size = 1, .virt = 0xff,		\
	.quiet = true,							\
	.reason = "the interrupt the guest binds, as the host knows it", \
}

static const struct pciback_cfg_field header0_fields[] = {
	ID(PCI_VENDOR_ID), ID(PCI_DEVICE_ID), LIST, LINE,
	{
		.offset = PCI_COMMAND, .size = 2,
		.action = PCIBACK_CFG_COMMAND,
		.virt = 0xffff,
		.vwrite = PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
			  PCI_COMMAND_MASTER | PCI_COMMAND_INVALIDATE |
			  PCI_COMMAND_PARITY | PCI_COMMAND_SERR |
			  PCI_COMMAND_INTX_DISABLE,
		.reason = "decoding off turns a guest's accesses into host bus errors (XSA-120)",
	}, {
		.offset = PCI_STATUS, .size = 2, .rw1c = ERROR_BITS,
		/* The host's recovery asks others; some interrupt until these are clear. */
		.reason = "error bits of the function itself, cleared by writing 1",
	}, {
		.offset = PCI_CACHE_LINE_SIZE, .size = 1, .write = 0xff,
		.reason = "affects only the function's own transfers",
	}, {
		.offset = PCI_LATENCY_TIMER, .size = 1,
		.virt = 0xff, .vwrite = 0xff,
		.reason = "a long timer starves the others on a conventional bus",
	}, {
		.offset = PCI_BIST, .size = 1, .write = PCI_BIST_START,
		.reason = "the function's self-test",
	},
	BAR(0), BAR(1), BAR(2), BAR(3), BAR(4), BAR(5),
	ROM(PCI_ROM_ADDRESS),
};

const struct pciback_cfg_table pciback_cfg_header0 = {
	.size = PCI_STD_HEADER_SIZEOF,
	.fixed = PCIBACK_CFG_BYTES(PCI_CLASS_REVISION, 4) |
		 PCIBACK_CFG_BYTES(PCI_HEADER_TYPE, 1) |
		 PCIBACK_CFG_BYTES(PCI_CARDBUS_CIS, 4) |
		 PCIBACK_CFG_BYTES(PCI_SUBSYSTEM_VENDOR_ID, 4) |
		 PCIBACK_CFG_BYTES(PCI_INTERRUPT_PIN, 3),
	.fields = header0_fields, .count = ARRAY_SIZE(header0_fields),
};

static const struct pciback_cfg_field header1_fields[] = {
	ID(PCI_VENDOR_ID), ID(PCI_DEVICE_ID), LIST, LINE,
	{
		.offset = PCI_STATUS, .size = 2, .hold = ERROR_BITS,
		.reason = "errors of a bridge are the host's to see and clear",
	}, {
		.offset = PCI_SEC_STATUS, .size = 2, .hold = ERROR_BITS,
		.reason = "errors of a bridge are the host's to see and clear",
	},
	BAR(0), BAR(1),
	ROM(PCI_ROM_ADDRESS1),
};

const struct pciback_cfg_table pciback_cfg_header1 = {
	.size = PCI_STD_HEADER_SIZEOF,
	.fields = header1_fields, .count = ARRAY_SIZE(header1_fields),
};
