// SPDX-License-Identifier: GPL-2.0
/*
 * bdf - reading and writing PCI addresses
 *
 * Pure: no state, no allocation, any context.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "bdf.h"

static int bdf_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Takes white space, and "0x" if a digit follows it: what scanf's %x takes, too. */
void pciback_skip_prefix(struct xpt_text *text)
{
	xpt_text_skip_space(text);
	if (text->end - text->at > 2 && text->at[0] == '0' &&
	    (text->at[1] == 'x' || text->at[1] == 'X') &&
	    bdf_hex_digit(text->at[2]) >= 0)
		text->at += 2;
}

/*
 * Takes a hexadecimal number, no prefix, any number of leading zeros.
 * Returns -EINVAL where there is no digit or the number passes @max; the
 * cursor then stands at the offending digit.
 */
int pciback_take_digits(struct xpt_text *text, u32 max, u32 *value)
{
	const char *start = text->at;
	u64 sum = 0;

	for (; text->at != text->end; text->at++) {
		int digit = bdf_hex_digit(*text->at);

		if (digit < 0)
			break;
		if (sum << 4 > max || (sum << 4 | digit) > max)
			return -EINVAL;
		sum = sum << 4 | digit;
	}
	if (text->at == start)
		return -EINVAL;
	*value = sum;
	return 0;
}

/* The same, behind its prefix. */
int pciback_take_hex(struct xpt_text *text, u32 max, u32 *value)
{
	pciback_skip_prefix(text);
	return pciback_take_digits(text, max, value);
}

/*
 * Takes "[DDDD:]BB:SS.F", with @colon for the colons. Returns 0, or -EINVAL with
 * the cursor at the spot. Which of its parts a number is may be known only after
 * the next colon; one that is then out of range is pointed at where it starts.
 */
int pciback_bdf_parse_as(struct xpt_text *text, char colon,
			 struct pciback_bdf *bdf)
{
	const char *first, *second;
	u32 domain = 0, bus, slot, func;

	xpt_text_skip_space(text);
	first = text->at;
	if (pciback_take_hex(text, 0xffff, &bus) ||
	    !xpt_text_take(text, colon))
		return -EINVAL;
	xpt_text_skip_space(text);
	second = text->at;
	if (pciback_take_hex(text, 0xff, &slot))
		return -EINVAL;
	if (xpt_text_take(text, colon)) {
		domain = bus;
		bus = slot;
		if (pciback_take_hex(text, 0x1f, &slot))
			return -EINVAL;
	} else if (bus > 0xff || slot > 0x1f) {
		text->at = bus > 0xff ? first : second;
		return -EINVAL;
	}
	if (!xpt_text_take(text, '.') ||
	    pciback_take_hex(text, 7, &func))
		return -EINVAL;

	*bdf = (struct pciback_bdf){ domain, bus, slot << 3 | func };
	return 0;
}

int pciback_bdf_parse(struct xpt_text *text, struct pciback_bdf *bdf)
{
	return pciback_bdf_parse_as(text, ':', bdf);
}

/*
 * Takes one address that is the whole of @s, white space around it aside:
 * what is written to a sysfs file, or stands in a xenstore node.
 */
int pciback_bdf_parse_line(const char *s, size_t len, struct pciback_bdf *bdf)
{
	struct xpt_text text = { s, s + len };
	int err;

	xpt_text_trim(&text);
	err = pciback_bdf_parse(&text, bdf);
	if (!err && text.at != text.end)
		err = -EINVAL;
	return err;
}

/* Writes "dddd:bb:dd.f", as lspci -D and Xen's tools do. */
void pciback_bdf_format(struct pciback_bdf bdf, char out[PCIBACK_BDF_STRLEN])
{
	static const char hex[] = "0123456789abcdef";
	u8 slot = pciback_bdf_slot(bdf);

	out[0] = hex[bdf.domain >> 12];
	out[1] = hex[bdf.domain >> 8 & 15];
	out[2] = hex[bdf.domain >> 4 & 15];
	out[3] = hex[bdf.domain & 15];
	out[4] = ':';
	out[5] = hex[bdf.bus >> 4];
	out[6] = hex[bdf.bus & 15];
	out[7] = ':';
	out[8] = hex[slot >> 4];
	out[9] = hex[slot & 15];
	out[10] = '.';
	out[11] = hex[pciback_bdf_func(bdf)];
	out[12] = '\0';
}
