/* SPDX-License-Identifier: GPL-2.0 */
/*
 * spi - interrupts in the terms of the GIC
 *
 * The device tree says kind, number within the kind, and trigger; Xen and xl
 * want one number, in which shared peripheral interrupts begin at 32.
 */
#ifndef DTDEV_CORE_SPI_H
#define DTDEV_CORE_SPI_H

#include <linux/types.h>

enum dtdev_spi_trigger {
	DTDEV_SPI_EDGE_RISING = 1,
	DTDEV_SPI_EDGE_FALLING = 2,
	DTDEV_SPI_LEVEL_HIGH = 4,
	DTDEV_SPI_LEVEL_LOW = 8,
};

struct dtdev_spi {
	u32 number;	/* as irqs= has it */
	u32 trigger;	/* enum dtdev_spi_trigger, or something odd */
};

/* Whose an interrupt is, as far as Xen tells. */
enum dtdev_spi_state {
	DTDEV_SPI_UNKNOWN = 0,	/* not asked, or no answer that we know */
	DTDEV_SPI_FREE,		/* nobody's: irqs= works */
	DTDEV_SPI_DOM0,		/* routed to dom0, and stays there */
	DTDEV_SPI_RELEASED,	/* was dom0's until we asked */
	DTDEV_SPI_OTHER,	/* of a controller that Xen does not know, so dom0's */
};

#define DTDEV_SPI_LAST		1019		/* that a guest can have */
#define DTDEV_SPI_OTHER_FIRST	0x10000		/* above all that a GIC has */
#define DTDEV_SPI_OTHER_LAST	0x7fffffff

int dtdev_spi_decode(const u32 *cells, unsigned int count,
		     struct dtdev_spi *spi);
const char *dtdev_spi_trigger_name(const struct dtdev_spi *spi);
u32 dtdev_spi_other(const char *path, u32 index);
enum dtdev_spi_state dtdev_spi_answer(int err, bool taken);
const char *dtdev_spi_state_name(enum dtdev_spi_state state);

#endif
