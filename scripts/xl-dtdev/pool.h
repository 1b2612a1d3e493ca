/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pool - memory that is given back all at once
 *
 * What is taken is zero. A machine without memory for this is beyond help: the
 * program ends then, with a word.
 */
#ifndef XL_DTDEV_POOL_H
#define XL_DTDEV_POOL_H

#include <linux/compiler_attributes.h>
#include <linux/types.h>

struct pool_chunk;

struct pool {
	struct pool_chunk *chunks;
};

void *pool_take(struct pool *pool, size_t size);
void *pool_grow(struct pool *pool, void *array, u32 count, size_t size);
char *pool_text(struct pool *pool, const char *format, ...)
	__printf(2, 3);
void pool_free(struct pool *pool);

#endif
