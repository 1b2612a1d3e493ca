// SPDX-License-Identifier: GPL-2.0
/*
 * Each byte, word and dword of random devices' spaces, read and written: no place is
 * left to chance, as those are that a random guest goes to.
 */
#include <linux/array_size.h>
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_world.h"

#define DEVICES_READ	60
#define DEVICES_WRITTEN	6

static void read_all(unsigned int number)
{
	struct pciback_cfg_read read;
	unsigned int pos;
	u8 size;

	for (size = 1; size <= 4; size *= 2)
		for (pos = 0; pos < cfg.size; pos += size) {
			KTAP_ROW("seed %llu, device %u: %u at %#x", ktap_seed,
				 number, size, pos);
			check_read(pos, size);
			pciback_cfg_decide_read(&cfg, pos, size, &read);
			EXPECT_EQ(read.hw, cfg_oracle_asked(&oracle, pos, size));
		}
}

/* Before anything was written; the device is asked for what can change, and no more. */
static void a_new_guest_sees_what_is_there_now(void)
{
	unsigned int i;

	while (ktap_next_seed()) {
		random_seed(ktap_seed);
		for (i = 0; i < DEVICES_READ; i++) {
			make_device();
			move_all();
			read_all(i);
		}
	}
}

static void write_all(unsigned int number, u32 value, bool permissive)
{
	unsigned int pos;
	u8 size;

	for (size = 1; size <= 4; size *= 2) {
		move_all();
		for (pos = 0; pos < cfg.size; pos += size) {
			KTAP_ROW("seed %llu, device %u: %u at %#x, value %#x%s",
				 ktap_seed, number, size, pos, value,
				 permissive ? ", permissive" : "");
			check_write(pos, size, value, permissive);
		}
	}
}

static void what_is_written_goes_where_it_may(void)
{
	static const u32 values[] = { 0xffffffff, 0, 0xaaaaaaaa, 0x55555555 };
	unsigned int i, v;

	while (ktap_next_seed()) {
		random_seed(ktap_seed);
		for (i = 0; i < DEVICES_WRITTEN; i++) {
			make_device();
			for (v = 0; v < ARRAY_SIZE(values); v++)
				write_all(i, values[v], i & 1);
			write_all(i, random_u32(), i & 1);
		}
	}
}

KTAP_ROOM(KTAP_CASE(a_new_guest_sees_what_is_there_now),
	  KTAP_CASE(what_is_written_goes_where_it_may));
