// SPDX-License-Identifier: GPL-2.0
/* The configuration engine against the oracle: random guests on random devices. */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_world.h"
#include "quirk.h"

#define DEVICES		100
#define ACCESSES	2000

static void check_quirk(void)
{
	struct pciback_quirk quirk = { .mask = random_value() };
	u8 size;
	int err;

	random_place(cfg.size, &quirk.reg, &size);
	quirk.size = size;
	if (size < 4)
		quirk.mask &= (1u << 8 * size) - 1;
	KTAP_ROW("quirk %#x:%u:%#x", quirk.reg, quirk.size, quirk.mask);
	err = pciback_quirk_check(&cfg, &quirk);
	EXPECT_EQ(err, cfg_oracle_quirk(&oracle, &quirk));
	if (!err)
		pciback_quirk_open(&cfg, &quirk);
}

/* Some bytes, most of them where something is. */
static void random_event(void)
{
	unsigned int left = 1 + random_below(16);
	u16 pos;
	u8 size;

	while (left--) {
		random_place(cfg.size, &pos, &size);
		move_byte(pos, random_value());
	}
}

static void run_guest(unsigned int number, bool permissive)
{
	unsigned int i;

	for (i = random_below(3) ? 0 : random_below(64); i; i--)
		check_quirk();
	for (i = 0; i < ACCESSES; i++) {
		u32 value = random_value();
		u16 pos;
		u8 size;

		random_place(cfg.size, &pos, &size);
		KTAP_ROW("seed %llu, device %u, access %u: %u at %#x, value %#x%s",
			 ktap_seed, number, i, size, pos, value,
			 permissive ? ", permissive" : "");
		if (random_below(4) == 0)
			random_event();
		if (random_below(3) == 0)
			check_read(pos, size);
		else
			check_write(pos, size, value, permissive);
	}
}

static void the_engine_agrees_with_the_oracle(void)
{
	unsigned int i;

	while (ktap_next_seed()) {
		random_seed(ktap_seed);
		for (i = 0; i < DEVICES; i++) {
			make_device();
			run_guest(i, i & 1);
		}
	}
}

KTAP_ROOM(KTAP_CASE(the_engine_agrees_with_the_oracle));
