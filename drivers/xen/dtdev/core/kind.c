// SPDX-License-Identifier: GPL-2.0
/*
 * kind - kinds that are read and written by CPUs only
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "kind.h"

/* In doubt, one is not here: I2C and SPI have engines of their own on some boards. */
static const char * const quiet[] = {
	"adc", "can", "clock-controller", "efuse", "gpio", "interrupt-controller", "keypad",
	"mailbox", "phy", "pinctrl", "pmu", "pwm", "reset-controller", "rtc", "serial",
	"syscon", "thermal-sensor", "timer", "uart", "watchdog",
	/* Arm's PrimeCells, which older trees call by their number. */
	"pl011", "pl031", "pl061", "sp804", "sp805",
};

/* The name without its address and the number behind it. */
static size_t kind_length(const char *node)
{
	size_t len = strcspn(node, "@"), all = len;

	while (len && node[len - 1] >= '0' && node[len - 1] <= '9')
		len--;
	/* Of a model, the number is all there is. */
	return len > 2 ? len : all;
}

/*
 * Does a device of that name do no DMA of its own, whoever made it? Its name, or the end of
 * it behind a "-", is one that none does by. In doubt: false.
 */
bool dtdev_kind_is_quiet(const char *node)
{
	size_t len = kind_length(node), want;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(quiet); i++) {
		want = strlen(quiet[i]);
		if (len < want || memcmp(node + len - want, quiet[i], want))
			continue;
		if (len == want || node[len - want - 1] == '-')
			return true;
	}
	return false;
}
