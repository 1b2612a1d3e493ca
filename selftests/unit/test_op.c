// SPDX-License-Identifier: GPL-2.0
/* Requests of a frontend: which are taken, and what answers the others. */
#include <limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <xen/interface/io/pciif.h>

#include "ktap.h"
#include "op.h"

static struct xen_pci_op request(u32 cmd)
{
	return (struct xen_pci_op){
		.cmd = cmd,
		.domain = 0x1234, .bus = 0x56, .devfn = 0x78,
		.offset = 4, .size = 2, .value = 7,
	};
}

static void takes_each_operation(void)
{
	static const u32 cmds[] = {
		XEN_PCI_OP_conf_read, XEN_PCI_OP_conf_write,
		XEN_PCI_OP_enable_msi, XEN_PCI_OP_disable_msi,
		XEN_PCI_OP_enable_msix, XEN_PCI_OP_disable_msix,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		struct xen_pci_op raw = request(cmds[i]);
		struct pciback_op op;

		KTAP_ROW("operation %u", cmds[i]);
		EXPECT_EQ(pciback_op_decode(&raw, &op), XEN_PCI_ERR_success);
		EXPECT_EQ(op.cmd, cmds[i]);
		EXPECT_EQ(pciback_bdf_key(op.guest_bdf), 0x12345678);
		EXPECT_EQ(op.offset, 4);
		EXPECT_EQ(op.size, 2);
		EXPECT_EQ(op.value, 7);
		EXPECT_EQ(op.nvec, cmds[i] == XEN_PCI_OP_enable_msix ? 7 : 0);
	}
}

static void refuses_what_is_no_operation(void)
{
	static const u32 cmds[] = {
		XEN_PCI_OP_aer_detected, XEN_PCI_OP_aer_resume,
		XEN_PCI_OP_aer_mmio, XEN_PCI_OP_aer_slotreset,
		10, 11, 0xff, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		struct xen_pci_op raw = request(cmds[i]);
		struct pciback_op op;

		KTAP_ROW("operation %u", cmds[i]);
		EXPECT_EQ(pciback_op_decode(&raw, &op),
			  XEN_PCI_ERR_not_implemented);
	}
}

static void refuses_impossible_addresses(void)
{
	static const struct {
		u32 domain, bus, devfn;
		int err;
	} rows[] = {
		{ 0, 0, 0, XEN_PCI_ERR_success },
		{ 0xffff, 0xff, 0xff, XEN_PCI_ERR_success },
		{ 0x10000, 0, 0, XEN_PCI_ERR_dev_not_found },
		{ 0, 0x100, 0, XEN_PCI_ERR_dev_not_found },
		{ 0, 0, 0x100, XEN_PCI_ERR_dev_not_found },
		{ 0xffffffff, 0, 0, XEN_PCI_ERR_dev_not_found },
		{ 0, 0xffffffff, 0, XEN_PCI_ERR_dev_not_found },
		{ 0, 0, 0xffffffff, XEN_PCI_ERR_dev_not_found },
		{ 0x80000000, 0x80000000, 0x80000000, XEN_PCI_ERR_dev_not_found },
	};
	unsigned int i, cmd;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (cmd = 0; cmd <= XEN_PCI_OP_disable_msix; cmd++) {
			struct xen_pci_op raw = request(cmd);
			struct pciback_op op;

			KTAP_ROW("row %u, operation %u", i, cmd);
			raw.domain = rows[i].domain;
			raw.bus = rows[i].bus;
			raw.devfn = rows[i].devfn;
			EXPECT_EQ(pciback_op_decode(&raw, &op), rows[i].err);
			if (rows[i].err)
				continue;
			EXPECT_EQ(op.guest_bdf.domain, rows[i].domain);
			EXPECT_EQ(op.guest_bdf.bus, rows[i].bus);
			EXPECT_EQ(op.guest_bdf.devfn, rows[i].devfn);
		}
	}
}

static void bounds_the_count_of_vectors(void)
{
	static const struct {
		u32 value;
		int err;
	} rows[] = {
		{ 0, XEN_PCI_ERR_op_failed },
		{ 1, XEN_PCI_ERR_success },
		{ 2, XEN_PCI_ERR_success },
		{ 127, XEN_PCI_ERR_success },
		{ 128, XEN_PCI_ERR_success },
		{ 129, XEN_PCI_ERR_op_failed },
		{ 256, XEN_PCI_ERR_op_failed },
		{ 0x10001, XEN_PCI_ERR_op_failed },
		{ 0x80000000, XEN_PCI_ERR_op_failed },
		{ 0xffffffff, XEN_PCI_ERR_op_failed },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct xen_pci_op raw = request(XEN_PCI_OP_enable_msix);
		struct pciback_op op;

		KTAP_ROW("%u vectors", rows[i].value);
		raw.value = rows[i].value;
		EXPECT_EQ(pciback_op_decode(&raw, &op), rows[i].err);
		if (!rows[i].err)
			EXPECT_EQ(op.nvec, rows[i].value);
		/* To others it is only a value. */
		raw.cmd = XEN_PCI_OP_conf_write;
		EXPECT_EQ(pciback_op_decode(&raw, &op), XEN_PCI_ERR_success);
		EXPECT_EQ(op.value, rows[i].value);
		EXPECT_EQ(op.nvec, 0);
	}
}

/* The function they are for bounds them, and is not known here. */
static void passes_offsets_on(void)
{
	static const s32 hostile[] = {
		INT_MIN, INT_MIN + 1, -4096, -4, -1, 0, 1, 3, 255, 256, 4095,
		4096, INT_MAX - 3, INT_MAX,
	};
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(hostile); i++) {
		for (j = 0; j < ARRAY_SIZE(hostile); j++) {
			struct xen_pci_op raw = request(XEN_PCI_OP_conf_read);
			struct pciback_op op;

			KTAP_ROW("%d, %d", hostile[i], hostile[j]);
			raw.offset = hostile[i];
			raw.size = hostile[j];
			EXPECT_EQ(pciback_op_decode(&raw, &op),
				  XEN_PCI_ERR_success);
			EXPECT_EQ(op.offset, hostile[i]);
			EXPECT_EQ(op.size, hostile[j]);
		}
	}
}

/* What answers, and the vectors, are no part of a request. */
static void ignores_the_rest(void)
{
	struct xen_pci_op raw = request(XEN_PCI_OP_enable_msix);
	struct pciback_op plain, noisy;

	EXPECT_EQ(pciback_op_decode(&raw, &plain), XEN_PCI_ERR_success);
	raw.err = -1;
	raw.info = 0xffffffff;
	memset(raw.msix_entries, 0xff, sizeof(raw.msix_entries));
	EXPECT_EQ(pciback_op_decode(&raw, &noisy), XEN_PCI_ERR_success);
	EXPECT(!memcmp(&plain, &noisy, sizeof(plain)));
}

KTAP_ROOM(KTAP_CASE(takes_each_operation),
	  KTAP_CASE(refuses_what_is_no_operation),
	  KTAP_CASE(refuses_impossible_addresses),
	  KTAP_CASE(bounds_the_count_of_vectors),
	  KTAP_CASE(passes_offsets_on),
	  KTAP_CASE(ignores_the_rest));
