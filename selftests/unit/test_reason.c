// SPDX-License-Identifier: GPL-2.0
/* Reasons by name and back, and which classes are one. */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "reason.h"

static void names_are_found(void)
{
	int i;

	for (i = 0; i < PCIBACK_REASONS; i++) {
		const char *name = pciback_reason_name(i);

		KTAP_ROW("%s", name);
		EXPECT_EQ(pciback_reason_find(name, strlen(name)), i);
		EXPECT_EQ(pciback_reason_find(name, strlen(name) - 1), -EINVAL);
		EXPECT_EQ(pciback_reason_find(name, 0), -EINVAL);
	}
	EXPECT_EQ(pciback_reason_find("NetWork", 7), PCIBACK_REASON_NETWORK);
	EXPECT_EQ(pciback_reason_find("networks", 8), -EINVAL);
}

static void bridges_that_make_the_machine(void)
{
	static const struct {
		u32 class, reasons;
	} rows[] = {
		{ 0x060000, PCIBACK_REASON_BIT(PCIBACK_REASON_HOST_BRIDGE) },
		{ 0x060100, PCIBACK_REASON_BIT(PCIBACK_REASON_ISA_BRIDGE) },
		{ 0x0601ff, PCIBACK_REASON_BIT(PCIBACK_REASON_ISA_BRIDGE) },
		{ 0x060400, 0 },
		{ 0x010600, 0 },
		{ 0x000600, 0 },
		{ 0, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%06x", rows[i].class);
		EXPECT_EQ(pciback_reason_of_class(rows[i].class), rows[i].reasons);
		EXPECT(!(rows[i].reasons & ~PCIBACK_REASONS_UNNAMED));
	}
}

KTAP_ROOM(KTAP_CASE(names_are_found),
	  KTAP_CASE(bridges_that_make_the_machine));
