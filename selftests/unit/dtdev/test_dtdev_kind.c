// SPDX-License-Identifier: GPL-2.0
/* Which nodes are called as what never does DMA of its own. */
#include <linux/types.h>
#include <string.h>

#include "kind.h"
#include "ktap.h"

static void knows_what_does_no_dma(void)
{
	static const struct {
		const char *node;
		bool quiet;
	} rows[] = {
		{ "serial@fe650000", true },
		{ "uart@0", true },
		{ "serial0@1000", true },
		{ "rtc", true },
		{ "timer@1,2", true },
		{ "gpio1@2000", true },
		{ "pwm12@3000", true },
		{ "watchdog@4000", true },
		{ "usb2-phy@5000", true },
		{ "phy", true },
		{ "adc@6000", true },
		{ "can0@6100", true },
		{ "can9@6180", true },
		{ "efuse@6200", true },
		{ "keypad@6300", true },
		{ "mailbox@6400", true },
		{ "pinctrl@6500", true },
		{ "pmu", true },
		{ "syscon@6600", true },
		{ "thermal-sensor@6700", true },
		{ "clock-controller@6800", true },
		{ "interrupt-controller@6900", true },
		{ "reset-controller@6a00", true },
		{ "main-reset-controller", true },
		{ "pl011@9000000", true },
		{ "pl031@9010000", true },
		{ "pl061@9030000", true },
		{ "sp804@1", true },
		{ "sp805@2", true },
		{ "ethernet@7000", false },
		{ "mmc@8000", false },
		{ "gpu", false },
		{ "dma-controller@9000", false },
		{ "i2c@a000", false },
		{ "spi@b000", false },
		{ "pl330@c000", false },
		{ "controller@c100", false },
		{ "power-controller@c200", false },
		{ "sensor@c300", false },
		{ "serial-dma@d000", false },
		{ "usbphy@e000", false },
		{ "xrtc@f000", false },
		{ "rtc-@f010", false },
		{ "rtc/@f020", false },
		{ "rtc:@f030", false },
		{ "p@rtc", false },
		{ "-phy@0", true },
		{ "31", false },
		{ "", false },
		{ "@", false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].node);
		EXPECT_EQ(dtdev_kind_is_quiet(rows[i].node), rows[i].quiet);
	}
}

KTAP_ROOM(KTAP_CASE(knows_what_does_no_dma));
