// SPDX-License-Identifier: GPL-2.0
/*
 * vpd - how much vital product data a function has
 *
 * Pure: reads only through the reader it is given.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "vpd.h"

#define VPD_LARGE	0x80	/* two bytes of length follow */
#define VPD_END		0x0f	/* the name of the small tag that ends it */

/* Returns the byte at @pos, or -errno. */
static int vpd_byte(struct pciback_vpd_reader *reader, u32 pos)
{
	u32 value;
	int err;

	if (pos >= PCIBACK_VPD_MAX)
		return -EINVAL;
	err = reader->read(reader, pos & ~3u, &value);
	return err ?: (int)(value >> 8 * (pos & 3) & 0xff);
}

/*
 * Walks the tags. Returns the number of bytes up to the end tag, that included, or 0:
 * there is none, it cannot be read, or it has no end.
 */
u16 pciback_vpd_size(struct pciback_vpd_reader *reader)
{
	unsigned int tags;
	u32 pos = 0;

	for (tags = 0; tags < PCIBACK_VPD_TAGS_MAX; tags++) {
		int tag = vpd_byte(reader, pos), low, high;

		if (tag < 0 || tag == 0 || tag == 0xff)
			return 0;
		if (!(tag & VPD_LARGE)) {
			pos += 1 + (tag & 7);
			if (tag >> 3 != VPD_END)
				continue;
			return pos < PCIBACK_VPD_MAX ? pos : 0;
		}
		low = vpd_byte(reader, pos + 1);
		high = vpd_byte(reader, pos + 2);
		if (low < 0 || high < 0)
			return 0;
		pos += 3 + low + (high << 8);
	}
	return 0;
}
