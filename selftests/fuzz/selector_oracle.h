/* SPDX-License-Identifier: GPL-2.0 */
/*
 * selector_oracle - reads good tokens a second time, by other means
 *
 * The C library's scanf takes more than the grammar does, so it can say nothing
 * about what is refused; but where a token was taken, it must find the same.
 */
#ifndef FUZZ_SELECTOR_ORACLE_H
#define FUZZ_SELECTOR_ORACLE_H

#include <linux/types.h>

#include "selector.h"

/* Does all of @text spell @bdf? */
bool selector_oracle_is_bdf(const char *text, size_t len,
			    struct pciback_bdf bdf);

/* Does all of the token's text spell its selector? */
bool selector_oracle_is_token(const struct pciback_token *token);

#endif
