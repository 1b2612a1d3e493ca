// SPDX-License-Identifier: GPL-2.0
/* What quirks and permissive add to the tables, and what they never open. */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "fake_device.h"
#include "ktap.h"
#include "quirk.h"

#define PM		0x40	/* where the usual device has them */
#define MSI		0x50
#define EXP		0x90
#define ATS		0x100	/* hidden */

static struct fake_device dev;
static struct pciback_cfg cfg;

/* With what the device has come to hold. */
static void start_again(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_EXP_SIZE);

	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
}

static void start(void)
{
	fake_device_usual(&dev);
	fake_device_extcap(&dev, ATS, PCI_EXT_CAP_ID_ATS, 0);
	start_again();
}

struct wanted {
	u16 pos;
	u8 size;
	u32 refused;
	u8 nsteps;
	struct {
		u16 pos;
		u8 size;
		u32 value;
		u32 write;
	} steps[4];
};

static void check_write(const struct wanted *want, bool permissive)
{
	struct pciback_cfg_write write;
	unsigned int s;

	pciback_cfg_decide_write(&cfg, want->pos, want->size, 0x44332211,
				 permissive, &write);
	KTAP_ROW("%u at %#x", want->size, want->pos);
	EXPECT_EQ(write.refused, want->refused);
	EXPECT_EQ(write.nsteps, want->nsteps);
	for (s = 0; s < write.nsteps && s < want->nsteps; s++) {
		const struct pciback_cfg_step *step = &write.steps[s];

		KTAP_ROW("%u at %#x, step %u", want->size, want->pos, s);
		EXPECT_EQ(step->pos, want->steps[s].pos);
		EXPECT_EQ(step->size, want->steps[s].size);
		EXPECT_EQ(step->value, want->steps[s].value);
		EXPECT_EQ(step->write, want->steps[s].write);
		EXPECT(!(step->pos & (step->size - 1)));
		EXPECT_EQ(step->write & (step->rw1c | step->hold), 0);
	}
}

/* Permissive lets through what no table covers, in pieces that fit. */
static void permissive_opens_plain_bits(void)
{
	static const struct wanted rows[] = {
		{ 0x200, 4, 0, 1, { { 0x200, 4, 0x44332211, 0xffffffff } } },
		{ 0x202, 2, 0, 1, { { 0x202, 2, 0x2211, 0xffff } } },
		{ 0x203, 1, 0, 1, { { 0x203, 1, 0x11, 0xff } } },
		/* An id nobody owns, a link, and bits beside a cover. */
		{ PM, 4, 0xf800ff00, 3,
		  { { PM, 1, 0x11, 0xff }, { PM + 1, 1, 0x22, 0 },
		    { PM + 2, 2, 0x4433, 0x07ff } } },
		/* PME enable stays, PME status clears by itself. */
		{ PM + 4, 4, 0x0100, 2,
		  { { PM + 4, 2, 0x2211, 0x7eff }, { PM + 6, 2, 0x4433, 0xffff } } },
		/* One that is all shadow, then three that take two writes. */
		{ PCI_INTERRUPT_LINE, 4, 0, 3,
		  { { 0x3c, 1, 0x11, 0 }, { 0x3d, 1, 0x22, 0xff },
		    { 0x3e, 2, 0x4433, 0xffff } } },
		/* Line size, timer (a shadow), header type, self-test. */
		{ PCI_CACHE_LINE_SIZE, 4, 0, 4,
		  { { 0x0c, 1, 0x11, 0xff }, { 0x0d, 1, 0x22, 0 },
		    { 0x0e, 1, 0x33, 0xff }, { 0x0f, 1, 0x44, 0xff } } },
		{ PCI_STATUS, 2, 0, 1, { { PCI_STATUS, 2, 0x2211, 0x06ff } } },
		{ MSI + PCI_MSI_FLAGS, 2, 0, 1, { { MSI + 2, 2, 0x2211, 0xffff } } },
		/* Its reset is held and started, the host's bits are shadows. */
		{ EXP + PCI_EXP_DEVCTL, 2, 0, 1,
		  { { EXP + PCI_EXP_DEVCTL, 2, 0x2211, 0x7e10 } } },
		{ PCI_VENDOR_ID, 4, 0xffffffff, 2,
		  { { 0, 2, 0x2211, 0 }, { 2, 2, 0x4433, 0 } } },
		{ PCI_COMMAND, 2, 0xfaa8, 1, { { PCI_COMMAND, 2, 0x2211, 0 } } },
		{ PCI_BASE_ADDRESS_0, 4, 0, 1,
		  { { PCI_BASE_ADDRESS_0, 4, 0x44332211, 0 } } },
		/* The first one's header leads on, the rest is not there. */
		{ ATS, 4, 0xffffffff, 1, { { ATS, 4, 0x44332211, 0 } } },
		{ ATS + 4, 4, 0, 0 },
	};
	unsigned int i;

	start();
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check_write(&rows[i], true);
}

/* A quirk opens its own bits, beside what the tables allow. */
static void quirks_open_their_bits(void)
{
	static const struct pciback_quirk quirks[] = {
		{ 0x200, 4, 0x00f00f00 }, { 0x206, 2, 0x8001 },
		{ PCI_BIST, 1, 0x0f }, { PCI_STATUS, 2, 0xff10 },
		{ PM + 6, 2, 0xffff }, { 0xffc, 4, 0x01000000 },
	};
	static const struct wanted rows[] = {
		{ 0x200, 4, 0xff0ff0ff, 1, { { 0x200, 4, 0x44332211, 0x00f00f00 } } },
		{ 0x200, 1, 0xff, 0 },
		{ 0x201, 1, 0xf0, 1, { { 0x201, 1, 0x11, 0x0f } } },
		{ 0x202, 2, 0xff0f, 1, { { 0x202, 2, 0x2211, 0x00f0 } } },
		{ 0x204, 4, 0x7ffeffff, 1, { { 0x204, 4, 0x44332211, 0x80010000 } } },
		{ 0x204, 2, 0xffff, 0 },
		{ PCI_BIST, 1, 0xb0, 1, { { PCI_BIST, 1, 0x11, 0x4f } } },
		/* What clears by 1 still does no more than that. */
		{ PCI_STATUS, 2, 0x00ef, 1, { { PCI_STATUS, 2, 0x2211, 0x0610 } } },
		{ PM + 4, 4, 0x61fc, 2,
		  { { PM + 4, 2, 0x2211, 0x1e03 }, { PM + 6, 2, 0x4433, 0xffff } } },
		{ 0xfff, 1, 0xfe, 1, { { 0xfff, 1, 0x11, 0x01 } } },
	};
	unsigned int i;

	start();
	for (i = 0; i < ARRAY_SIZE(quirks); i++) {
		KTAP_ROW("quirk %u", i);
		EXPECT_EQ(pciback_quirk_check(&cfg, &quirks[i]), 0);
		pciback_quirk_open(&cfg, &quirks[i]);
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check_write(&rows[i], false);

	pciback_quirk_close_all(&cfg);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_cfg_write write;
		unsigned int s;

		KTAP_ROW("%u at %#x, closed", rows[i].size, rows[i].pos);
		pciback_cfg_decide_write(&cfg, rows[i].pos, rows[i].size, ~0,
					 false, &write);
		for (s = 0; s < write.nsteps; s++)
			EXPECT(write.steps[s].reg);
	}
}

/* Even quirks that no check has seen do not open what must stay closed. */
static void quirks_do_not_uncover(void)
{
	static const u16 covered[] = {
		PCI_VENDOR_ID, PCI_COMMAND, PCI_BASE_ADDRESS_0, PCI_ROM_ADDRESS,
		ATS, ATS + 4,
	};
	static u8 hw[PCI_CFG_SPACE_EXP_SIZE];
	unsigned int i;

	start();
	memset(cfg.quirk, 0xff, sizeof(cfg.quirk));
	memcpy(hw, dev.hw, sizeof(hw));
	for (i = 0; i < ARRAY_SIZE(covered); i++) {
		KTAP_ROW("%#x", covered[i]);
		fake_guest_write(&cfg, &dev, covered[i], 2, 0xffff, false);
		EXPECT(!memcmp(hw, dev.hw, sizeof(hw)));
	}
}

/* Only what the hardware shows is merged: the rest of a byte stays. */
static void opened_bits_keep_their_neighbours(void)
{
	static const struct pciback_quirk quirk = { 0x200, 2, 0x0ff0 };

	start();
	pciback_quirk_open(&cfg, &quirk);
	fake_device_put(&dev, 0x200, 4, 0xa5a5a5a5);
	fake_guest_write(&cfg, &dev, 0x200, 4, 0xffffffff, false);
	EXPECT_EQ(fake_device_get(&dev, 0x200, 4), 0xa5a5aff5);
	fake_guest_write(&cfg, &dev, 0x200, 4, 0, false);
	EXPECT_EQ(fake_device_get(&dev, 0x200, 4), 0xa5a5a005);
}

/* Addresses, data and masks are closed, as far as the capability says that it goes. */
static void message_interrupts_end_where_they_say(void)
{
	struct pciback_quirk quirk = { .size = 1, .mask = 0xff };
	unsigned int bit, extra, end;

	for (bit = 0; bit < 16 * 4; bit++) {
		u16 flags = 1u << bit / 4 | (bit & 1) << 7 | (bit & 2) << 7;

		end = 10 + (flags & 0x80 ? 4 : 0) + (flags & 0x100 ? 10 : 0);
		start();
		fake_device_put(&dev, MSI + PCI_MSI_FLAGS, 2, flags);
		start_again();
		for (extra = 4; extra < 28; extra++) {
			KTAP_ROW("flags %#x, byte %u", flags, extra);
			quirk.reg = MSI + extra;
			EXPECT_EQ(pciback_quirk_check(&cfg, &quirk), extra < end ? -EPERM : 0);
		}
	}
}

/* What never changes is not looked at again, until somebody may have changed it. */
static void opened_bytes_are_not_fixed(void)
{
	static const struct pciback_quirk quirk = { PCI_SUBSYSTEM_ID, 1, 0x0f };

	start();
	fake_device_put(&dev, PCI_SUBSYSTEM_VENDOR_ID, 4, 0x33334444);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_SUBSYSTEM_VENDOR_ID, 4), 0x00011028);
	fake_guest_write(&cfg, &dev, PCI_SUBSYSTEM_VENDOR_ID, 4, 0x5555, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_SUBSYSTEM_VENDOR_ID, 4), 0x00011028);
	fake_guest_write(&cfg, &dev, PCI_SUBSYSTEM_VENDOR_ID, 2, 0x5555, true);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_SUBSYSTEM_VENDOR_ID, 4), 0x00015555);
	pciback_quirk_open(&cfg, &quirk);
	fake_guest_write(&cfg, &dev, PCI_SUBSYSTEM_ID, 1, 0xff, false);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PCI_SUBSYSTEM_ID, 2), 0x003f);

	/* A capability's kind, as any other byte that nobody owns. */
	fake_guest_write(&cfg, &dev, PM, 2, 0x0909, true);
	EXPECT_EQ(fake_guest_read(&cfg, &dev, PM, 2), MSI << 8 | 0x09);
}

KTAP_ROOM(KTAP_CASE(permissive_opens_plain_bits),
	  KTAP_CASE(quirks_open_their_bits),
	  KTAP_CASE(quirks_do_not_uncover),
	  KTAP_CASE(opened_bits_keep_their_neighbours),
	  KTAP_CASE(message_interrupts_end_where_they_say),
	  KTAP_CASE(opened_bytes_are_not_fixed));
