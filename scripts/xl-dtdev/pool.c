// SPDX-License-Identifier: GPL-2.0
/*
 * pool - a list of allocations
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

struct pool_chunk {
	struct pool_chunk *next;
	max_align_t data[];
};

void *pool_take(struct pool *pool, size_t size)
{
	struct pool_chunk *chunk = NULL;

	if (size < (size_t)-1 - sizeof(*chunk))
		chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk) {
		fprintf(stderr, "xl-dtdev: no memory for %zu bytes\n", size);
		exit(1);
	}
	chunk->next = pool->chunks;
	pool->chunks = chunk;
	return chunk->data;
}

/*
 * Makes room for one more in @array, which has @count of @size bytes. Rooms have
 * sizes of powers of two.
 */
void *pool_grow(struct pool *pool, void *array, u32 count, size_t size)
{
	void *grown;

	if (count && (count & (count - 1)))
		return array;
	grown = pool_take(pool, (count ? (size_t)count * 2 : 1) * size);
	if (count)
		memcpy(grown, array, count * size);
	return grown;
}

char *pool_text(struct pool *pool, const char *format, ...)
{
	va_list args;
	char *text, none;
	int len;

	va_start(args, format);
	len = vsnprintf(&none, sizeof(none), format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	text = pool_take(pool, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

void pool_free(struct pool *pool)
{
	struct pool_chunk *chunk;

	while (pool->chunks) {
		chunk = pool->chunks;
		pool->chunks = chunk->next;
		free(chunk);
	}
}
