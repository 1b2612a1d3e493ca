// SPDX-License-Identifier: GPL-2.0
/*
 * pin - which properties, and how the lines are
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "pin.h"

/* By what stands before "-gpios" or "-gpio". */
static const struct {
	const char *name;
	bool active;
} pin_table[] = {
	{ "enable", true },
	{ "phy-reset", false },		/* of the PHY, by fec's binding */
	{ "powerdown", false },
	{ "reset", false },
	{ "shutdown", false },
	{ "snps,reset", false },	/* the same, by dwmac's */
};

/* The length of what stands before the end; 0: it has none of the two. */
static size_t pin_length(const char *property)
{
	static const char * const ends[] = { "-gpios", "-gpio" };
	size_t len = strlen(property), end;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		end = strlen(ends[i]);
		if (len > end && !strcmp(property + len - end, ends[i]))
			return len - end;
	}
	return 0;
}

/* Does @property name lines that have to be in some state? */
bool dtdev_pin_find(const char *property, struct dtdev_pin *pin)
{
	size_t len = pin_length(property);
	unsigned int i;

	for (i = 0; len && i < ARRAY_SIZE(pin_table); i++) {
		if (strlen(pin_table[i].name) != len ||
		    memcmp(pin_table[i].name, property, len))
			continue;
		memcpy(pin->name, property, len);
		pin->name[len] = '\0';
		pin->active = pin_table[i].active;
		return true;
	}
	return false;
}
