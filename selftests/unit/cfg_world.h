/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_world - a random device, the engine that serves its guest, and the oracle beside
 *
 * Whatever the specifications do not call constant moves by itself: the engine must
 * not show what it has seen once.
 */
#ifndef UNIT_CFG_WORLD_H
#define UNIT_CFG_WORLD_H

#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_map.h"
#include "cfg_map_check.h"
#include "cfg_oracle.h"
#include "fake_device.h"
#include "ktap.h"
#include "random_device.h"

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;

/* Only bits that are not the host's clear or trap: the oracle says which. */
static inline void make_device(void)
{
	struct pciback_cfg_facts facts;

	random_device(&dev, &facts);
	cfg_oracle_build(&oracle, &facts, dev.hw);
	cfg_oracle_mark(&oracle, 'c', dev.rw1c);
	cfg_oracle_mark(&oracle, 'h', dev.trap);
	EXPECT_EQ(fake_device_build(&dev, &cfg, &facts), 0);
	EXPECT(!cfg_map_broken(&cfg));
}

static inline void move_byte(u16 pos, u8 value)
{
	if (oracle.constant[pos])
		return;
	dev.hw[pos] = value;
	oracle.hw[pos] = value;
}

static inline void move_all(void)
{
	u16 pos;

	for (pos = 0; pos < oracle.size; pos++)
		move_byte(pos, random_u32());
}

static inline void check_read(u16 pos, u8 size)
{
	EXPECT_EQ(fake_guest_read(&cfg, &dev, pos, size),
		  cfg_oracle_read(&oracle, pos, size));
}

/* What a write starts besides, register by register, and whether that may sleep. */
static inline void check_actions(const struct pciback_cfg_write *write)
{
	u8 got[4] = { 0 };
	bool sleeps = false;
	unsigned int i;

	for (i = 0; i < write->nsteps; i++)
		memset(&got[write->steps[i].pos - write->offset],
		       write->steps[i].action, write->steps[i].size);
	for (i = 0; i < write->size; i++) {
		u8 action = oracle.action[write->offset + i];

		EXPECT_EQ(got[i], action);
		sleeps |= action != PCIBACK_CFG_PLAIN && action != PCIBACK_CFG_BAR;
	}
	EXPECT_EQ(write->may_sleep, sleeps);
}

/* The engine's own word about a write, against the oracle's sorts. */
static inline void check_decision(u16 pos, u8 size, u32 value, bool permissive)
{
	struct pciback_cfg_write write;

	pciback_cfg_decide_write(&cfg, pos, size, value, permissive, &write);
	EXPECT(write.nsteps <= 4);
	EXPECT_EQ(write.refused,
		  cfg_oracle_refused(&oracle, pos, size, permissive));
	check_actions(&write);
}

/* Whoever is right about the rest: a function's addresses and decoding stay. */
static inline bool is_placed(const u8 *before)
{
	return !memcmp(before + PCI_COMMAND, dev.hw + PCI_COMMAND, 2) &&
	       !memcmp(before + PCI_BASE_ADDRESS_0, dev.hw + PCI_BASE_ADDRESS_0, 6 * 4) &&
	       !memcmp(before + PCI_ROM_ADDRESS, dev.hw + PCI_ROM_ADDRESS, 4);
}

static inline void check_write(u16 pos, u8 size, u32 value, bool permissive)
{
	u32 kept = cfg_oracle_bits(&oracle, pos, size, "wv") |
		   cfg_oracle_opened(&oracle, pos, size, permissive);
	u32 cleared = cfg_oracle_bits(&oracle, pos, size, "c") & value;
	u8 before[PCI_STD_HEADER_SIZEOF];
	u32 got;

	memcpy(before, dev.hw, sizeof(before));
	check_decision(pos, size, value, permissive);
	fake_guest_write(&cfg, &dev, pos, size, value, permissive);
	cfg_oracle_write(&oracle, pos, size, value, permissive);
	EXPECT(!dev.sprung);
	EXPECT(!memcmp(dev.hw, oracle.hw, sizeof(dev.hw)));
	memcpy(dev.hw, oracle.hw, sizeof(dev.hw));
	EXPECT(oracle.is_bridge || is_placed(before));

	got = fake_guest_read(&cfg, &dev, pos, size);
	EXPECT_EQ(got & kept, value & kept);
	EXPECT_EQ(got & cleared, 0);
	EXPECT_EQ(got, cfg_oracle_read(&oracle, pos, size));
}

#endif
