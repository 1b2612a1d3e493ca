// SPDX-License-Identifier: GPL-2.0
/* Timers that dom0 has its time from: the architecture's, not each that is called so. */
#include <linux/types.h>
#include <string.h>

#include "ktap.h"
#include "timer.h"

static bool is_one(const char *compatible)
{
	const char *timer;
	unsigned int i;

	for (i = 0; (timer = dtdev_timer(i)); i++)
		if (!strcmp(timer, compatible))
			return true;
	return false;
}

static void knows_the_architectures(void)
{
	EXPECT(is_one("arm,armv7-timer"));
	EXPECT(is_one("arm,armv7-timer-mem"));
	EXPECT(is_one("arm,armv8-timer"));
	EXPECT(!is_one("cdns,ttc"));
	EXPECT(!is_one("snps,dw-apb-timer"));
	EXPECT(!is_one("timer"));
}

KTAP_ROOM(KTAP_CASE(knows_the_architectures));
