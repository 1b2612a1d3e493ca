// SPDX-License-Identifier: GPL-2.0
/*
 * spi - reads interrupt specifiers, and Xen's answers
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "spi.h"

#define SPI_KIND	0	/* first cell; others are not for guests */
#define SPI_FIRST	32

/* FNV-1a's. */
#define SPI_HASH_FIRST	0x811c9dc5u
#define SPI_HASH_PRIME	0x01000193u

#define SPI_IN_OTHER	"routed to dom0: its controller is none that Xen knows"
#define SPI_IN_DOM0	"routed to dom0: this Xen cannot move it; dom0 can pass it on "	\
			"(xl-dtdev config --guest), or mark the node at boot"

/*
 * Reads a specifier of a GIC. Returns 0, -EINVAL if it is none, or -ENXIO if it is of a kind
 * that no guest can have: a CPU's own, or an extended one, which dom0 itself does not get from
 * Xen before 4.21, nor later but by an option.
 */
int dtdev_spi_decode(const u32 *cells, unsigned int count,
		     struct dtdev_spi *spi)
{
	if (count < 3)
		return -EINVAL;
	if (cells[0] != SPI_KIND)
		return -ENXIO;
	if (cells[1] > DTDEV_SPI_LAST - SPI_FIRST)
		return -EINVAL;
	spi->number = cells[1] + SPI_FIRST;
	spi->trigger = cells[2] & 0xf;
	return 0;
}

const char *dtdev_spi_trigger_name(const struct dtdev_spi *spi)
{
	switch (spi->trigger) {
	case DTDEV_SPI_EDGE_RISING:
		return "edge-rising";
	case DTDEV_SPI_EDGE_FALLING:
		return "edge-falling";
	case DTDEV_SPI_LEVEL_HIGH:
		return "level-high";
	case DTDEV_SPI_LEVEL_LOW:
		return "level-low";
	}
	return "no-trigger";
}

/*
 * A number for interrupt @index of the node at @path, if it is another controller's.
 * It is the same as long as the tree says so, on both sides, and after each start of
 * the machine; no interrupt of a GIC has it.
 */
u32 dtdev_spi_other(const char *path, u32 index)
{
	u32 hash = SPI_HASH_FIRST;

	for (; *path; path++)
		hash = (hash ^ (u8)*path) * SPI_HASH_PRIME;
	hash = (hash ^ index) * SPI_HASH_PRIME;
	return DTDEV_SPI_OTHER_FIRST +
	       hash % (DTDEV_SPI_OTHER_LAST - DTDEV_SPI_OTHER_FIRST + 1);
}

/*
 * What the result of asking Xen to take it from dom0 means. If it was @taken before, and not
 * given back since, then that it is not dom0's is no news, and dom0 is to have it again one day.
 */
enum dtdev_spi_state dtdev_spi_answer(int err, bool taken)
{
	switch (err) {
	case 0:
		return DTDEV_SPI_RELEASED;
	case -EBUSY:
		return DTDEV_SPI_DOM0;
	}
	if (taken)
		return DTDEV_SPI_RELEASED;
	return err == -EINVAL ? DTDEV_SPI_FREE : DTDEV_SPI_UNKNOWN;
}

const char *dtdev_spi_state_name(enum dtdev_spi_state state)
{
	static const char * const names[] = {
		[DTDEV_SPI_UNKNOWN] = "unknown",
		[DTDEV_SPI_FREE] = "free",
		[DTDEV_SPI_DOM0] = SPI_IN_DOM0,
		[DTDEV_SPI_RELEASED] = "released",
		[DTDEV_SPI_OTHER] = SPI_IN_OTHER,
	};

	return names[state];
}
