// SPDX-License-Identifier: GPL-2.0
/*
 * quirk_oracle - the grammar as a regular expression, and what numbers may be
 */
#include <linux/array_size.h>
#include <linux/string.h>
#include <linux/types.h>
#include <regex.h>
#include <stdlib.h>

#include "quirk_oracle.h"

#define SPACE	"[ \t\r\n]*"
#define HEX	"(" SPACE "(0[xX])?[0-9A-Fa-f]+)"
#define LINE	"^" SPACE "(" HEX ":)?" HEX ":" HEX "\\." HEX "-" HEX ":" HEX ":" HEX SPACE "$"

/* The parts of a line, in the order of the expression's parentheses. */
enum {
	ALL, WITH_COLON, DOMAIN, BUS = DOMAIN + 2, SLOT = BUS + 2, FUNC = SLOT + 2,
	REG = FUNC + 2, SIZE = REG + 2, MASK = SIZE + 2, PARTS = MASK + 2,
};

static u64 part_value(const char *s, const regmatch_t *match)
{
	return match->rm_so < 0 ? 0 : strtoull(s + match->rm_so, NULL, 16);
}

static bool parts_are_good(const u64 v[PARTS])
{
	if (v[DOMAIN] > 0xffff || v[BUS] > 0xff || v[SLOT] > 31 || v[FUNC] > 7)
		return false;
	if (v[SIZE] != 1 && v[SIZE] != 2 && v[SIZE] != 4)
		return false;
	return v[REG] < 4096 && v[REG] + v[SIZE] <= 4096 &&
	       v[MASK] >> (8 * v[SIZE]) == 0;
}

static bool oracle_match(const char *s, u64 values[PARTS])
{
	static regex_t line;
	static bool compiled;
	regmatch_t matches[PARTS];
	int i;

	if (!compiled && regcomp(&line, LINE, REG_EXTENDED))
		abort();
	compiled = true;
	if (regexec(&line, s, PARTS, matches, 0))
		return false;
	for (i = DOMAIN; i < PARTS; i += 2)
		values[i] = part_value(s, &matches[i]);
	return parts_are_good(values);
}

bool quirk_oracle_parse(const char *s, size_t len, struct pciback_bdf *bdf,
			struct pciback_quirk *quirk)
{
	char *copy = strndup(s, len);
	u64 v[PARTS];
	bool ok;

	if (!copy)
		abort();
	/* A zero is no white space. */
	ok = !memchr(s, '\0', len) && oracle_match(copy, v);
	free(copy);
	if (!ok)
		return false;
	*bdf = (struct pciback_bdf){ v[DOMAIN], v[BUS], v[SLOT] * 8 + v[FUNC] };
	*quirk = (struct pciback_quirk){ v[REG], v[SIZE], v[MASK] };
	if (!quirk->mask)
		quirk->mask = 0xffffffff >> (32 - 8 * v[SIZE]);
	return true;
}
