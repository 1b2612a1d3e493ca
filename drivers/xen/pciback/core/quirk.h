/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quirk - registers of one function that its owner opens for writing
 *
 * The line is the classic one, in hexadecimal: [DDDD:]BB:SS.F-REG:SIZE:MASK. A
 * mask of 0 means the whole field, as the classic quirk files have it.
 */
#ifndef PCIBACK_CORE_QUIRK_H
#define PCIBACK_CORE_QUIRK_H

#include <linux/types.h>

#include "bdf.h"
#include "cfg_map.h"

/* Room for "dddd:bb:dd.f-rrr:s:mmmmmmmm" and the terminating zero. */
#define PCIBACK_QUIRK_STRLEN	28

struct pciback_quirk {
	u16 reg;
	u8 size;
	u32 mask;		/* never 0: bits that may be written */
};

/* A device known to need some, and where that is said. */
struct pciback_quirk_known {
	u16 vendor;
	const u16 *devices;	/* up to a 0; NULL: any */
	u32 class, class_mask;
	struct pciback_quirk quirk;
	const char *source;
};

int pciback_quirk_parse(const char *s, size_t len, struct pciback_bdf *bdf,
			struct pciback_quirk *quirk);
void pciback_quirk_format(struct pciback_bdf bdf,
			  const struct pciback_quirk *quirk,
			  char out[PCIBACK_QUIRK_STRLEN]);

int pciback_quirk_check(struct pciback_cfg *cfg,
			const struct pciback_quirk *quirk);
void pciback_quirk_open(struct pciback_cfg *cfg,
			const struct pciback_quirk *quirk);
void pciback_quirk_close_all(struct pciback_cfg *cfg);

const struct pciback_quirk_known *
pciback_quirk_known_next(const struct pciback_quirk_known *last, u16 vendor,
			 u16 device, u32 class);

#endif
