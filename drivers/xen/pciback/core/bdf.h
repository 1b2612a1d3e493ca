/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bdf - the address of a PCI function: domain (segment), bus, device, function
 *
 * "BDF" is used as in Xen's tools: with or without the domain. Xen's own
 * interfaces carry 16 bits of segment, so that is all an address can hold here.
 */
#ifndef PCIBACK_CORE_BDF_H
#define PCIBACK_CORE_BDF_H

#include <linux/types.h>
#include <xen/xpt_text.h>

struct pciback_bdf {
	u16 domain;
	u8 bus;
	u8 devfn;		/* device << 3 | function */
};

/* Room for "dddd:bb:dd.f" and the terminating zero. */
#define PCIBACK_BDF_STRLEN	13

static inline u8 pciback_bdf_slot(struct pciback_bdf bdf)
{
	return bdf.devfn >> 3;
}

static inline u8 pciback_bdf_func(struct pciback_bdf bdf)
{
	return bdf.devfn & 7;
}

/* One number per address, for use as a key; orders as domain, bus, devfn. */
static inline u32 pciback_bdf_key(struct pciback_bdf bdf)
{
	return (u32)bdf.domain << 16 | (u32)bdf.bus << 8 | bdf.devfn;
}

static inline struct pciback_bdf pciback_bdf_from_key(u32 key)
{
	return (struct pciback_bdf){ key >> 16, key >> 8 & 0xff, key & 0xff };
}

void pciback_skip_prefix(struct xpt_text *text);
int pciback_take_digits(struct xpt_text *text, u32 max, u32 *value);
int pciback_take_hex(struct xpt_text *text, u32 max, u32 *value);

int pciback_bdf_parse_as(struct xpt_text *text, char colon,
			 struct pciback_bdf *bdf);
int pciback_bdf_parse(struct xpt_text *text, struct pciback_bdf *bdf);
int pciback_bdf_parse_line(const char *s, size_t len, struct pciback_bdf *bdf);
void pciback_bdf_format(struct pciback_bdf bdf, char out[PCIBACK_BDF_STRLEN]);

#endif
