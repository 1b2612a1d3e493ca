// SPDX-License-Identifier: GPL-2.0
/*
 * The list of capabilities in the first 256 bytes, of devices that tell the
 * truth, that err, and that lie. They may make the map smaller, never wrong.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "chain_world.h"

static void usual_capabilities_have_owners(void)
{
	static const u16 starts[] = {
		0x41, 0x42, 0x44, 0x51, 0x52, 0x54, 0x58, 0x71, 0x72, 0x74, 0x78,
		0x91, 0x98, 0x9a, 0xa2,
	};
	static const u16 nobodys[] = {
		0x40, 0x46, 0x50, 0x5a, 0x70, 0x7c, 0x90, 0x92, 0x9c, 0xa0, 0xb8,
	};
	unsigned int i;

	fake_device_usual(&dev);
	build(PCI_CFG_SPACE_EXP_SIZE);
	CHECK_CAPS(0x40, 0x50, 0x70, 0x90);
	check_extcaps(NULL, 0);
	EXPECT_EQ(cfg.nregs - pciback_cfg_header0.count, ARRAY_SIZE(starts));
	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		KTAP_ROW("%#x", starts[i]);
		EXPECT(owns(starts[i], starts[i]));
	}
	for (i = 0; i < ARRAY_SIZE(nobodys); i++) {
		KTAP_ROW("%#x", nobodys[i]);
		EXPECT(!pciback_cfg_owner(&cfg, nobodys[i]));
	}
}

static void no_list_without_its_bit(void)
{
	fake_device_usual(&dev);
	dev.hw[PCI_STATUS] &= ~PCI_STATUS_CAP_LIST;
	build(PCI_CFG_SPACE_SIZE);
	check_caps(NULL, 0);
	EXPECT_EQ(cfg.nregs, pciback_cfg_header0.count);
	/* The status, and what never changes of the header. */
	EXPECT_EQ(dev.reads, 1 + __builtin_popcountll(pciback_cfg_header0.fixed));
	EXPECT_EQ(dev.highest, PCI_INTERRUPT_PIN + 2);
}

static void empty_list(void)
{
	bare_device(0);
	build(PCI_CFG_SPACE_SIZE);
	check_caps(NULL, 0);
}

/* The two low bits of a pointer are reserved, and masked. */
static void pointers_are_rounded_down(void)
{
	fake_device_usual(&dev);
	dev.hw[PCI_CAPABILITY_LIST] = 0x43;
	dev.hw[0x41] = 0x51;
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40, 0x50, 0x70, 0x90);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_CAPABILITY_LIST, 1), 0x40);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x40, 2), 0x5001);
}

static void lists_that_bite_their_tail(void)
{
	static const u8 at[] = { 0x40, 0x50, 0x70, 0x90 };
	static const u16 places[] = { 0x40, 0x50, 0x70, 0x90 };
	unsigned int i, next;

	for (i = 0; i < ARRAY_SIZE(at); i++) {
		for (next = 0; next <= i; next++) {
			KTAP_ROW("%#x leads to %#x", at[i], at[next]);
			fake_device_usual(&dev);
			dev.hw[at[i] + 1] = at[next];
			build(PCI_CFG_SPACE_SIZE);
			check_caps(places, i + 1);
		}
	}
}

static void pointers_into_the_header_end_the_list(void)
{
	unsigned int next;

	for (next = 0; next < PCI_STD_HEADER_SIZEOF; next++) {
		KTAP_ROW("next %#x", next);
		fake_device_usual(&dev);
		dev.hw[0x51] = next;
		build(PCI_CFG_SPACE_SIZE);
		CHECK_CAPS(0x40, 0x50);
		EXPECT(!pciback_cfg_owner(&cfg, 0x72));

		dev.hw[PCI_CAPABILITY_LIST] = next;
		build(PCI_CFG_SPACE_SIZE);
		check_caps(NULL, 0);
	}
}

/* What does not end before the extended space keeps what does. */
static void capabilities_at_the_end(void)
{
	static const struct {
		u8 id, pos;
		int registers;
	} rows[] = {
		{ PCI_CAP_ID_PM, 0xf8, 2 }, { PCI_CAP_ID_PM, 0xfc, 1 },
		{ PCI_CAP_ID_VPD, 0xf8, 2 }, { PCI_CAP_ID_VPD, 0xfc, 1 },
		{ PCI_CAP_ID_MSI, 0xf4, 3 }, { PCI_CAP_ID_MSI, 0xfc, 1 },
		{ PCI_CAP_ID_MSIX, 0xf4, 3 }, { PCI_CAP_ID_MSIX, 0xfc, 1 },
		{ PCI_CAP_ID_AF, 0xf8, 1 }, { PCI_CAP_ID_AF, 0xfc, 0 },
		{ PCI_CAP_ID_EXP, 0xec, 3 }, { PCI_CAP_ID_EXP, 0xf0, 2 },
		{ PCI_CAP_ID_EXP, 0xf4, 2 }, { PCI_CAP_ID_EXP, 0xf8, 0 },
		{ PCI_CAP_ID_EXP, 0xfc, 0 }, { PCI_CAP_ID_VNDR, 0xfc, 0 },
	};
	static const u16 sizes[] = { PCI_CFG_SPACE_SIZE, PCI_CFG_SPACE_EXP_SIZE };
	unsigned int i, s;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (s = 0; s < ARRAY_SIZE(sizes); s++) {
			KTAP_ROW("%#x at %#x of %u", rows[i].id, rows[i].pos,
				 sizes[s]);
			bare_device(rows[i].pos);
			fake_device_cap(&dev, rows[i].pos, rows[i].id, 0);
			build(sizes[s]);
			CHECK_CAPS(rows[i].pos);
			/* Besides the link. */
			EXPECT_EQ(cfg.nregs - pciback_cfg_header0.count - 1,
				  rows[i].registers);
		}
	}
}

/* None reaches into the next, wherever in the list that is. */
static void overlapping_capabilities(void)
{
	fake_device_usual(&dev);
	fake_device_cap(&dev, 0x44, PCI_CAP_ID_PCIX, 0);
	dev.hw[0x41] = 0x44;
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40, 0x44);
	EXPECT(owns(0x42, 0x42));
	EXPECT(!pciback_cfg_owner(&cfg, 0x44));
	EXPECT(owns(0x45, 0x45) && owns(0x46, 0x46) && owns(0x48, 0x48));

	dev.hw[PCI_CAPABILITY_LIST] = 0x44;
	dev.hw[0x45] = 0x40;
	dev.hw[0x41] = 0;
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x44, 0x40);
	EXPECT(owns(0x42, 0x42) && owns(0x48, 0x48));
}

/* The PCI core acts on the first: what acts through it is laid over that one. */
static void a_second_one_of_a_kind(void)
{
	bare_device(0x80);
	fake_device_cap(&dev, 0x80, PCI_CAP_ID_PM, 0x40);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_PM, 0x60);
	fake_device_cap(&dev, 0x60, PCI_CAP_ID_MSI, 0xa0);
	fake_device_cap(&dev, 0xa0, PCI_CAP_ID_MSI, 0);
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x80, 0x40, 0x60, 0xa0);
	EXPECT(owns(0x82, 0x82) && owns(0x84, 0x84));
	EXPECT(!pciback_cfg_owner(&cfg, 0x42) && !pciback_cfg_owner(&cfg, 0x44));
	/* A place that interrupts are sent to stays closed in any of them. */
	EXPECT(owns(0x62, 0x62) && owns(0x64, 0x64) && owns(0x68, 0x68));
	EXPECT(!pciback_cfg_owner(&cfg, 0xa2));
	EXPECT(owns(0xa4, 0xa4) && owns(0xa8, 0xa8));
	EXPECT(pciback_cfg_owner(&cfg, 0xa4)->field->closed);
}

/* Each byte of address, data, masks, pending: and no more than there are. */
static void message_interrupts_are_closed(void)
{
	static const struct {
		u16 control;
		u16 length;
	} rows[] = {
		{ 0, 10 }, { 0x80, 14 }, { 0x100, 20 }, { 0x180, 24 },
	};
	unsigned int i, pos;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("control %#x", rows[i].control);
		bare_device(0x40);
		fake_device_cap(&dev, 0x40, PCI_CAP_ID_MSI, 0);
		fake_device_put(&dev, 0x42, 2, rows[i].control);
		build(PCI_CFG_SPACE_SIZE);
		for (pos = 0x44; pos < 0x40u + rows[i].length; pos++)
			EXPECT(pciback_cfg_owner(&cfg, pos)->field->closed);
		EXPECT(!pciback_cfg_owner(&cfg, pos));
	}
}

/* A version and a kind, and which registers that has room for. */
static void express_is_as_long_as_it_says(void)
{
	static const struct {
		u16 flags;
		bool link, second;
	} rows[] = {
		{ 0x0001, true, false },	/* endpoint of 1.1 */
		{ 0x0011, true, false },	/* legacy endpoint */
		{ 0x0091, false, false },	/* endpoint in the root complex */
		{ 0x00a1, false, false },	/* event collector */
		{ 0x0002, true, true },
		{ 0x0012, true, true },
		{ 0x0092, true, true },
		{ 0x0042, true, true },		/* root port */
		{ 0x000f, true, true },		/* a version to come */
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("flags %#x", rows[i].flags);
		bare_device(0x80);
		fake_device_cap(&dev, 0x80, PCI_CAP_ID_EXP, 0);
		fake_device_put(&dev, 0x82, 2, rows[i].flags);
		build(PCI_CFG_SPACE_SIZE);
		EXPECT(owns(0x88, 0x88) && owns(0x8a, 0x8a));
		EXPECT_EQ(!!pciback_cfg_owner(&cfg, 0x92), rows[i].link);
		EXPECT_EQ(!!pciback_cfg_owner(&cfg, 0xa8), rows[i].second);
	}
}

static void hidden_ones_are_passed_over(void)
{
	/* Each hides up to its own length, or to where the next begins. */
	bare_device(0x40);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_SHPC, 0x60);
	fake_device_cap(&dev, 0x60, PCI_CAP_ID_PM, 0x50);
	fake_device_cap(&dev, 0x50, PCI_CAP_ID_SECDEV, 0x58);
	fake_device_cap(&dev, 0x58, PCI_CAP_ID_CCRC, 0x70);
	fake_device_cap(&dev, 0x70, PCI_CAP_ID_MSI, 0x80);
	fake_device_cap(&dev, 0x80, PCI_CAP_ID_SHPC, 0);
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x60, 0x70);
	check_hidden(0x40, 0x48);
	check_hidden(0x50, 0x5c);
	check_hidden(0x80, 0x88);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x40, 4), 0);

	bare_device(0x40);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_SHPC, 0xfc);
	fake_device_cap(&dev, 0xfc, PCI_CAP_ID_SECDEV, 0x40);
	build(PCI_CFG_SPACE_EXP_SIZE);
	check_caps(NULL, 0);
	check_hidden(0xfc, 0x100);
}

/* MSI-X has its second word here, not its third. */
static void fixed_ends_where_the_capability_does(void)
{
	bare_device(0x40);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_MSIX, 0x48);
	fake_device_cap(&dev, 0x48, PCI_CAP_ID_VNDR, 0);
	build(PCI_CFG_SPACE_SIZE);
	memset(&dev.hw[0x40], 0x77, 16);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x40, 4), 0x77774811);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x44, 4), 0);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x48, 4), 0x77770009);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, 0x4c, 4), 0x77777777);
}

/* Hidden is hidden: whoever asks, and whatever is written. */
static void hidden_bytes_are_not_there(void)
{
	static u8 hw[PCI_CFG_SPACE_EXP_SIZE];
	unsigned int pos;

	fake_device_usual(&dev);
	dev.hw[0x70] = PCI_CAP_ID_SECDEV;
	memset(&dev.hw[0x72], 0x5a, 14);
	build(PCI_CFG_SPACE_SIZE);
	memcpy(hw, dev.hw, sizeof(hw));
	for (pos = 0x70; pos < 0x80; pos += 4) {
		struct pciback_cfg_write write;

		KTAP_ROW("%#x", pos);
		pciback_cfg_decide_write(&cfg, pos, 4, ~0, true, &write);
		EXPECT_EQ(write.nsteps, 0);
		EXPECT_EQ(write.refused, 0);
		fake_guest_write(&cfg, &dev, pos, 4, ~0, true);
		EXPECT_EQ(fake_guest_read(&cfg, &dev, pos, 4), 0);
		EXPECT_EQ(fake_guest_read(&cfg, &dev, pos + 1, 1), 0);
	}
	EXPECT(!memcmp(hw, dev.hw, sizeof(hw)));
}

/* Every place a capability can stand at, all in one list. */
static void capabilities_everywhere(void)
{
	unsigned int id, pos;

	for (id = 0; id < 0xff; id++) {
		const struct pciback_cfg_table *table = pciback_cfg_cap_table(id);
		u16 found[48];

		KTAP_ROW("capability %#x", id);
		fake_device_usual(&dev);
		for (pos = 0x40; pos <= 0xfc; pos += 4)
			fake_device_cap(&dev, pos, id, pos + 4);
		build(PCI_CFG_SPACE_SIZE);
		EXPECT_EQ(cfg_map_guest_caps(&cfg, found, ARRAY_SIZE(found)),
			  table && table->hidden ? 0 : 48);
		if (table && table->hidden)
			check_hidden(0x40, 0x100);
	}
}

/* A device whose list ends in one that went away. */
static void list_ends_at_all_ones(void)
{
	fake_device_usual(&dev);
	memset(&dev.hw[0x50], 0xff, 0x20);
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40);
}

/* A null capability has a next one like any other. */
static void null_capability_does_not_end_the_list(void)
{
	fake_device_usual(&dev);
	dev.hw[0x50] = 0;
	build(PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40, 0x50, 0x70, 0x90);
}

KTAP_ROOM(KTAP_CASE(usual_capabilities_have_owners),
	  KTAP_CASE(no_list_without_its_bit),
	  KTAP_CASE(empty_list),
	  KTAP_CASE(pointers_are_rounded_down),
	  KTAP_CASE(lists_that_bite_their_tail),
	  KTAP_CASE(pointers_into_the_header_end_the_list),
	  KTAP_CASE(capabilities_at_the_end),
	  KTAP_CASE(overlapping_capabilities),
	  KTAP_CASE(a_second_one_of_a_kind),
	  KTAP_CASE(message_interrupts_are_closed),
	  KTAP_CASE(express_is_as_long_as_it_says),
	  KTAP_CASE(hidden_ones_are_passed_over),
	  KTAP_CASE(fixed_ends_where_the_capability_does),
	  KTAP_CASE(hidden_bytes_are_not_there),
	  KTAP_CASE(capabilities_everywhere),
	  KTAP_CASE(list_ends_at_all_ones),
	  KTAP_CASE(null_capability_does_not_end_the_list));
