/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quirk_oracle - reads quirk lines by other means
 */
#ifndef FUZZ_QUIRK_ORACLE_H
#define FUZZ_QUIRK_ORACLE_H

#include <linux/types.h>

#include "bdf.h"
#include "quirk.h"

/* What pciback_quirk_parse() should do. */
bool quirk_oracle_parse(const char *s, size_t len, struct pciback_bdf *bdf,
			struct pciback_quirk *quirk);

#endif
