/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_read - how the pure rooms read a function's real configuration space
 */
#ifndef PCIBACK_CORE_CFG_READ_H
#define PCIBACK_CORE_CFG_READ_H

#include <linux/types.h>

/* Reads one byte; never fails (~0 if it must), and is asked within the space. */
struct pciback_cfg_reader {
	u8 (*read)(const struct pciback_cfg_reader *reader, u16 pos);
	u16 size;	/* bytes there are */
};

static inline u8 pciback_cfg_read8(const struct pciback_cfg_reader *reader,
				   u16 pos)
{
	return pos < reader->size ? reader->read(reader, pos) : 0xff;
}

static inline u16 pciback_cfg_read16(const struct pciback_cfg_reader *reader,
				     u16 pos)
{
	return pciback_cfg_read8(reader, pos) |
	       pciback_cfg_read8(reader, pos + 1) << 8;
}

static inline u32 pciback_cfg_read32(const struct pciback_cfg_reader *reader,
				     u16 pos)
{
	return pciback_cfg_read16(reader, pos) |
	       (u32)pciback_cfg_read16(reader, pos + 2) << 16;
}

#endif
