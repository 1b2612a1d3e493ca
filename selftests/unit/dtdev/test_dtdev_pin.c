// SPDX-License-Identifier: GPL-2.0
/* Lines that a device works only with. */
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "pin.h"

static void finds_lines(void)
{
	static const struct {
		const char *property, *name;
		bool active;
	} rows[] = {
		{ "reset-gpios", "reset", false },
		{ "reset-gpio", "reset", false },
		{ "enable-gpios", "enable", true },
		{ "phy-reset-gpios", "phy-reset", false },
		{ "snps,reset-gpio", "snps,reset", false },
		{ "powerdown-gpios", "powerdown", false },
		{ "shutdown-gpios", "shutdown", false },
	};
	struct dtdev_pin pin;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].property);
		EXPECT(dtdev_pin_find(rows[i].property, &pin));
		EXPECT(!strcmp(pin.name, rows[i].name));
		EXPECT_EQ(pin.active, rows[i].active);
	}
}

static void leaves_others(void)
{
	static const char * const rows[] = {
		"", "gpios", "-gpios", "-gpio", "cd-gpios", "reset", "resets", "reset-gpios-",
		"preset-gpios", "reset-gpioss", "reset--gpios", "enable-gpi", "rese-gpios",
	};
	struct dtdev_pin pin;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i]);
		EXPECT(!dtdev_pin_find(rows[i], &pin));
	}
}

KTAP_ROOM(KTAP_CASE(finds_lines), KTAP_CASE(leaves_others));
