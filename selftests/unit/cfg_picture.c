// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_picture - registers as the specifications draw them, highest bit first
 */
#include <linux/array_size.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_oracle.h"
#include "cfg_picture.h"

#define BAR	.action = PCIBACK_CFG_BAR
#define ROM	.action = PCIBACK_CFG_ROM

/* PCI Local Bus 3.0, 6.1 and 6.2 */
const struct cfg_picture cfg_picture_header0[] = {
	/* Vendor and device */
	{ 0x00, "ssssssss ssssssss" },
	{ 0x02, "ssssssss ssssssss" },
	/*
	 * Command: 10 interrupt disable, 8 SERR#, 6 parity response, 4 memory
	 * write and invalidate, 2 bus master, 1 memory space, 0 I/O space.
	 * Not for a guest: 9 fast back-to-back, 5 VGA snoop, 3 special cycles.
	 */
	{ 0x04, "sssssvsv svsvsvvv", .action = PCIBACK_CFG_COMMAND },
	/* Status: 15-11 and 8 are errors, cleared by writing 1. */
	{ 0x06, "cccccrrc rrrrrrrr" },
	/* Cache line size, latency timer, BIST (6: start) */
	{ 0x0c, "wwwwwwww" },
	{ 0x0d, "vvvvvvvv" },
	{ 0x0f, "rwrrrrrr" },
	/* Base addresses, and the ROM's with its enable bit */
	{ 0x10, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x14, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x18, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x1c, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x20, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x24, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x30, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbv", ROM },
	/* Where the list begins, and the interrupt line */
	{ 0x34, "ssssssss" },
	{ 0x3c, "ssssssss", .quiet = true },
	{ 0 },
};

/*
 * A letter a byte. What it is (class, kind of header, subsystem, where its card's
 * structure is) and what it asks for (pin, grant, latency) stays as it is made.
 */
const char cfg_constant_header0[] =
	"-------- kkkk--k- -------- -------- -------- kkkkkkkk -------- -----kkk";

/* PCI-to-PCI Bridge 1.2, 3.2: who looks at a bridge leaves it as it is. */
const struct cfg_picture cfg_picture_header1[] = {
	{ 0x00, "ssssssss ssssssss" },
	{ 0x02, "ssssssss ssssssss" },
	/* Status of the near and of the far side: errors stay. */
	{ 0x06, "hhhhhrrh rrrrrrrr" },
	{ 0x1e, "hhhhhrrh rrrrrrrr" },
	{ 0x10, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x14, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb", BAR },
	{ 0x38, "bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbv", ROM },
	{ 0x34, "ssssssss" },
	{ 0x3c, "ssssssss", .quiet = true },
	{ 0 },
};

static const struct cfg_picture power_management[] = {
	/* Capabilities: 15-11 say from which states PME# can come. */
	{ 2, "sssssrrr rrrrrrrr" },
	/*
	 * Control and status: 15 PME status, 14-13 data scale, 12-9 data
	 * select, 8 PME enable, 3 no soft reset, 1-0 power state.
	 */
	{ 4, "crrwwwws rrrrrrww", .action = PCIBACK_CFG_PM_CTRL },
	{ 0 },
};

static const struct cfg_picture vital_product_data[] = {
	/* 15 tells when it is done, and which way it goes: the host's. */
	{ 2, "svvvvvvv vvvvvvvv", .quiet = true, .action = PCIBACK_CFG_VPD_ADDR },
	{ 4, "ssssssssssssssss ssssssssssssssss" },
	{ 0 },
};

static const struct cfg_picture message_interrupts[] = {
	{ 2, "rrrrrrrr rrrrrrrr", .quiet = true, .action = PCIBACK_CFG_MSI_FLAGS },
	/* Address, perhaps its upper half, data, perhaps masks: what there is. */
	{ 4, "rrrrrrrrrrrrrrrr rrrrrrrrrrrrrrrr", .closed = true },
	{ 8, "rrrrrrrrrrrrrrrr", .closed = true },
	{ 10, "rrrrrrrrrrrrrrrr", .closed = true },
	{ 12, "rrrrrrrrrrrrrrrr", .closed = true },
	{ 14, "rrrrrrrrrrrrrrrr", .closed = true },
	{ 16, "rrrrrrrrrrrrrrrr rrrrrrrrrrrrrrrr", .closed = true },
	{ 20, "rrrrrrrrrrrrrrrr rrrrrrrrrrrrrrrr", .closed = true },
	{ 0 },
};

static const struct cfg_picture message_interrupts_x[] = {
	{ 2, "rrrrrrrr rrrrrrrr", .quiet = true, .action = PCIBACK_CFG_MSIX_FLAGS },
	/* Where the table is, and the bits of those pending. */
	{ 4, "rrrrrrrrrrrrrrrr rrrrrrrrrrrrrrrr", .closed = true },
	{ 8, "rrrrrrrrrrrrrrrr rrrrrrrrrrrrrrrr", .closed = true },
	{ 0 },
};

static const struct cfg_picture pci_x[] = {
	/* 6-4 split transactions, 3-2 read size, 1 ordering, 0 parity recovery */
	{ 2, "rrrrrrrr rwwwwwww" },
	/* 29 split error message, 19 unexpected, 18 discarded */
	{ 4, "rrcrrrrr rrrrccrr rrrrrrrr rrrrrrrr" },
	{ 0 },
};

/* PCI Express 7.5.3 */
static const struct cfg_picture express[] = {
	/*
	 * Device control: 15 reset, 14-12 read request, 11 no snoop, 10 auxiliary
	 * power, 9 phantom functions, 8 extended tag, 7-5 payload, 4 relaxed
	 * ordering, 3-0 error reporting.
	 */
	{ 0x08, "hwwwwrrV VVVwVVVV", .action = PCIBACK_CFG_DEVCTL },
	/* Device status: 6 emergency power, 3-0 errors, for the host's recovery */
	{ 0x0a, "rrrrrrrr rhrrhhhh", .quiet = true },
	/* Link status: 15 and 14 bandwidth, for whoever has the link */
	{ 0x12, "hhrrrrrr rrrrrrrr" },
	/* Device control 2: 9 and 8 ordering by id, 3-0 time-out */
	{ 0x28, "rrrrrrww rrrrwwww" },
	{ 0 },
};

static const struct cfg_picture advanced_features[] = {
	{ 4, "rrrrrrrh", .action = PCIBACK_CFG_AF_CTRL },	/* 0: reset */
	{ 0 },
};

/* PCI Express 7.8.4: three registers each, then control */
static const struct cfg_picture error_reporting[] = {
	/*
	 * Uncorrectable: 31-12 of the transaction layer, 5 and 4 of the link's. The
	 * host's recovery looks what they are, whoever would clear them before.
	 */
	{ 0x04, "hhhhhhhh hhhhhhhh hhhhrrrr rrhhrrrr", .quiet = true },
	{ 0x08, "VVVVVVVV VVVVVVVV VVVVVVVV VVVVVVVV" },
	{ 0x0c, "VVVVVVVV VVVVVVVV VVVVVVVV VVVVVVVV" },
	/* Correctable: 15-12, 8-6, 0 */
	{ 0x10, "rrrrrrrr rrrrrrrr hhhhrrrh hhrrrrrh", .quiet = true },
	{ 0x14, "VVVVVVVV VVVVVVVV VVVVVVVV VVVVVVVV" },
	/* 8 check, 6 generate the end-to-end sum */
	{ 0x18, "rrrrrrrr rrrrrrrr rrrrrrrV rVrrrrrr" },
	{ 0 },
};

static u32 dword(const struct cfg_oracle *oracle, u16 pos)
{
	u32 value = 0;
	u8 i = 4;

	while (i--)
		value = value << 8 | cfg_oracle_byte(oracle, pos + i);
	return value;
}

/* Message control: 7 says 64 bits of address, 8 says masks. */
static u16 measure_messages(const struct cfg_oracle *oracle, u16 pos)
{
	u16 control = dword(oracle, pos) >> 16;

	return 10 + (control & 0x80 ? 4 : 0) + (control & 0x100 ? 10 : 0);
}

/* To the registers of the last slot, or short of the link's, by version. */
static u16 measure_express(const struct cfg_oracle *oracle, u16 pos)
{
	u16 caps = dword(oracle, pos) >> 16;
	bool in_root_complex = (caps >> 4 & 15) == 9 || (caps >> 4 & 15) == 10;

	if ((caps & 15) >= 2)
		return in_root_complex ? 0x2c : 0x3c;
	return in_root_complex ? 0x0c : 0x14;
}

/* Bytes of a table: bits 1 to 5 of its register are 32, 64, 128, 128, 256. */
static u16 measure_table(u32 capability, unsigned int bits)
{
	static const u16 phases[] = { 0, 32, 64, 128, 128, 256 };
	unsigned int i, most = 0;

	for (i = 0; i < 6; i++)
		if (capability >> i & 1)
			most = phases[i];
	return most * bits / 8;
}

/* Twelve bytes a channel; tables stand 16 times bits 31-24 from the start. */
static u16 measure_channels(const struct cfg_oracle *oracle, u16 pos)
{
	u32 port = dword(oracle, pos + 4), table = dword(oracle, pos + 8);
	unsigned int last = port & 7, i;
	u32 end = 0x10 + 12 * (last + 1);
	u32 bits = 4;

	for (i = 0; ; i++) {
		u32 start = table >> 24 << 4;

		if (start && start + measure_table(table, bits) > end)
			end = start + measure_table(table, bits);
		if (i > last)
			return end;
		table = dword(oracle, pos + 0x10 + 12 * i);
		bits = 1 << (port >> 10 & 3);
	}
}

/* A bit for each number of the egress vector, 0 is 256. */
static u16 measure_access_control(const struct cfg_oracle *oracle, u16 pos)
{
	u16 bits = cfg_oracle_byte(oracle, pos + 5), length = 8;

	if (!(cfg_oracle_byte(oracle, pos + 4) & 0x20))
		return length;
	if (!bits)
		bits = 256;
	for (; bits > 32; bits -= 32)
		length += 4;
	return length + 4;
}

static u16 measure_resizable(const struct cfg_oracle *oracle, u16 pos)
{
	return 4 + (dword(oracle, pos + 8) >> 5 & 7) * 8;
}

/* The steering tags stand here only if bits 10-9 are 01. */
static u16 measure_hints(const struct cfg_oracle *oracle, u16 pos)
{
	u32 requester = dword(oracle, pos + 4);

	if ((requester >> 9 & 3) != 1)
		return 12;
	return 12 + 2 * ((requester >> 16 & 0x7ff) + 1);
}

/*
 * What is constant beside the capability's own header: what it can do. Whatever tells
 * how things are, was programmed, or may be by the other end, is not.
 */
static const struct cfg_capability first_ones[] = {
	{ 0x01, .length = 8, .pictures = power_management, .constant = "--kk" },
	{ 0x03, .length = 8, .pictures = vital_product_data },
	{ 0x05, .measure = measure_messages, .pictures = message_interrupts },
	{ 0x07, .length = 8, .pictures = pci_x },
	{ 0x0b, true, 4 },			/* central resource control */
	{ 0x0c, true, 8 },			/* standard hot-plug */
	{ 0x0d, .length = 8, .constant = "---- kkkk" },	/* a bridge's subsystem */
	{ 0x0f, true, 16 },			/* secure device: an IOMMU */
	{ 0x10, .measure = measure_express, .pictures = express, .constant = "--kk" },
	{ 0x11, .length = 12, .pictures = message_interrupts_x, .constant = "---- kkkkkkkk" },
	{ 0x13, .length = 6, .pictures = advanced_features, .constant = "--kk" },
};

static const struct cfg_capability extended_ones[] = {
	{ 0x01, .length = 0x2c, .pictures = error_reporting },
	{ 0x02, true, .measure = measure_channels },
	{ 0x03, .length = 12, .constant = "---- kkkkkkkk" },	/* serial number */
	{ 0x06, true, 12 },			/* root complex link */
	{ 0x07, true, 8 },			/* root complex event collector */
	{ 0x08, true, .measure = measure_channels },
	{ 0x09, true, .measure = measure_channels },
	{ 0x0a, true, 20 },			/* root complex registers */
	{ 0x0c, true, 8 },			/* configuration access */
	{ 0x0d, true, .measure = measure_access_control },
	{ 0x0f, true, 8 },			/* address translation */
	{ 0x10, true, 0x40 },			/* single root sharing */
	{ 0x11, true, 4 },			/* multi root sharing */
	{ 0x12, true, 40 },			/* multicast, without overlay */
	{ 0x13, true, 16 },			/* page requests */
	{ 0x15, true, .measure = measure_resizable },
	{ 0x17, true, .measure = measure_hints },
	{ 0x18, true, 8 },			/* latency tolerance */
	{ 0x19, true, 12 + 16 * 2 },		/* secondary express */
	{ 0x1a, true, 16 },			/* protocol multiplexing */
	{ 0x1b, true, 8 },			/* address spaces */
	{ 0x1d, true, 0x30 },			/* downstream containment */
	{ 0x1e, true, 20 },			/* L1 substates */
	{ 0x1f, true, 12 },			/* precision time */
	{ 0x24, true, .measure = measure_resizable },
	{ 0x25, true, 12 },			/* data link features */
	{ 0x26, true, 0x20 + 16 },		/* 16 GT/s */
	{ 0x29, true, 16 },			/* enclosure lights */
	{ 0x2a, true, 0x20 + 16 },		/* 32 GT/s */
	{ 0x2e, true, 24 },			/* object exchange */
	{ 0x30, true, 8 },			/* integrity and encryption */
	{ 0x31, true, 0x10 + 16 },		/* 64 GT/s */
};

const struct cfg_capability *cfg_capability_find(bool extended, u16 id)
{
	const struct cfg_capability *known = extended ? extended_ones : first_ones;
	unsigned int i, count = extended ? ARRAY_SIZE(extended_ones) :
					   ARRAY_SIZE(first_ones);

	for (i = 0; i < count; i++)
		if (known[i].id == id)
			return &known[i];
	return NULL;
}
