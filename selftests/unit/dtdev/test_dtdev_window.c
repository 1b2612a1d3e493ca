// SPDX-License-Identifier: GPL-2.0
/* When a node above a device is its bus, and when it has registers beside it. */
#include <linux/types.h>

#include "ktap.h"
#include "window.h"

static void tells_buses_from_neighbours(void)
{
	static const struct dtdev_region bus = { 0x30800000, 0x30bfffff, 0 };
	static const struct {
		struct dtdev_region own;
		bool above, ranges, registers;
		bool is_bus;
	} rows[] = {
		{ { 0x30be0000, 0x30beffff, 0 }, true, true, false, true },
		{ { 0x30800000, 0x30bfffff, 0 }, true, true, false, true },
		{ { 0x30be0000, 0x30beffff, 0 }, false, true, false, false },
		{ { 0x30be0000, 0x30beffff, 0 }, true, false, false, false },
		{ { 0x30be0000, 0x30beffff, 0 }, true, true, true, false },
		{ { 0x307ff000, 0x308000ff, 0 }, true, true, false, false },
		{ { 0x30bff000, 0x30c00000, 0 }, true, true, false, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dtdev_window window = {
			&bus, rows[i].above, rows[i].ranges, rows[i].registers,
		};

		KTAP_ROW("%u", i);
		EXPECT_EQ(dtdev_window_is_bus(&window, &rows[i].own), rows[i].is_bus);
	}
}

KTAP_ROOM(KTAP_CASE(tells_buses_from_neighbours));
