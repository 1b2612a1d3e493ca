/* SPDX-License-Identifier: GPL-2.0 */
/*
 * text - strings for the parsers, in memory that ends where they end
 *
 * Without a terminating zero, so that the sanitizer sees any look beyond.
 */
#ifndef UNIT_TEXT_H
#define UNIT_TEXT_H

#include <linux/string.h>

#include "bdf.h"
#include "ktap.h"

static inline struct xpt_text text_new(const char *s)
{
	size_t len = strlen(s);
	char *copy = ktap_alloc(len);

	memcpy(copy, s, len);
	return (struct xpt_text){ copy, copy + len };
}

#endif
